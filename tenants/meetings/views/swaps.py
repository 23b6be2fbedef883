"""Whose turn it is to host, passed from one chamber to another."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from huiguan.access import page
from tenants.meetings import swaps
from tenants.meetings.forms import HostingForm, SwapForm
from tenants.meetings.views import found
from tenants.meetings.views.sessions import session_page


@page("meetings.commit", methods=("POST",))
def ask(request: Any, pk: Any) -> HttpResponse:
    meeting = found.meeting(request, pk)
    form = SwapForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return session_page(request, meeting, swap=form)
    found.say(request, swaps.ask_swap, meeting=meeting, **form.cleaned_data)
    return redirect("meetings-session", pk)


@page("meetings.commit", methods=("POST",))
def withdraw(request: Any, pk: Any) -> HttpResponse:
    found.say(request, swaps.withdraw_swap, session=found.meeting(request, pk).session)
    return redirect("meetings-session", pk)


@page("meetings.commit", methods=("POST",))
def answer(request: Any, pk: Any, swap_pk: Any) -> HttpResponse:
    meeting, form = found.meeting(request, pk), HostingForm(request.POST)
    if form.is_valid():
        found.say(request, swaps.answer_swap, session=meeting.session, swap_id=swap_pk, **form.cleaned_data)
    return redirect("meetings-session", pk)
