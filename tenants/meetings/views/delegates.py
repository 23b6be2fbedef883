"""Who goes to a session for the chamber."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from huiguan.access import page
from tenants.meetings import calendars
from tenants.meetings.forms import DelegateForm
from tenants.meetings.models import Delegate
from tenants.meetings.views import found
from tenants.meetings.views.sessions import session_page


@page("meetings.answer", methods=("POST",))
def name_delegate(request: Any, pk: Any) -> HttpResponse:
    meeting, form = found.meeting(request, pk), DelegateForm(request.POST)
    if form.is_valid():
        try:
            delegate = calendars.name_delegate(meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("{name} is on the delegation.").format(name=delegate.name))
            return redirect("meetings-session", pk)
    return session_page(request, meeting, delegate=form)


@page("meetings.answer", methods=("POST",))
def leave_out(request: Any, pk: Any, delegate_pk: Any) -> HttpResponse:
    meeting = found.meeting(request, pk)
    delegate = get_object_or_404(Delegate.objects.going_to(meeting.session.id), pk=delegate_pk)
    calendars.leave_out(meeting=meeting, delegate=delegate)
    messages.success(request, _("{name} is no longer on the delegation.").format(name=delegate.name))
    return redirect("meetings-session", pk)
