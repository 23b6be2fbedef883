"""Writing down what was found on a visit, on a phone in the car park: one page, three parts, pictures."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.files.models import KeptFile
from huiguan.states import WrongState
from tenants.visits.actions import PHOTO, record_visit
from tenants.visits.forms.recording import Recording
from tenants.visits.models import Visit


@page("visits.record")
def record(request: Any, pk: uuid.UUID) -> HttpResponse:
    """A planned visit, or more about one that was recorded."""
    visit = get_object_or_404(Visit.objects.select_related("member"), pk=pk)
    if visit.status == Visit.Status.CANCELLED:
        messages.error(request, _("This visit was cancelled. Plan it again first."))
        return redirect("visits-visit-detail", pk=pk)
    return _answer(request, visit)


@page("visits.record")
def record_unplanned(request: Any) -> HttpResponse:
    """`?member=`: one that nobody had planned."""
    return _answer(request, Visit())


@page("visits.record", methods=("POST",))
def remove_photo(request: Any, pk: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """A picture that does not belong there."""
    visit = get_object_or_404(Visit, pk=pk)
    get_object_or_404(KeptFile.objects.about(visit, PHOTO), pk=photo).delete()
    messages.success(request, _("The picture was removed."))
    return redirect("visits-visit-detail", pk=pk)


def _answer(request: Any, visit: Visit) -> HttpResponse:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    recording = Recording(visit, data, files, request.GET.dict())
    if data is not None and recording.is_valid() and _recorded(recording):
        messages.success(request, _("The visit was recorded."))
        return redirect("visits-visit-detail", pk=visit.pk)
    more = visit.status == Visit.Status.MADE
    return render(request, "visits/record.html", {"recording": recording, "visit": visit, "is_more": more})


def _recorded(recording: Recording) -> bool:
    """All of it or nothing; what is refused stands beside the form."""
    form, visit = recording.form, recording.visit
    is_new = visit._state.adding
    if is_new:
        visit.member = form.cleaned_data["member"]
    try:
        with transaction.atomic():
            record_visit(
                visit,
                said=form.said(),
                visitor_ids=form.cleaned_data["visitors"],
                difficulties=recording.heard(),
                needs=recording.wanted(),
                photos=form.pictures(),
            )
    except (ValidationError, WrongState) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        visit._state.adding = is_new
        return False
    return True
