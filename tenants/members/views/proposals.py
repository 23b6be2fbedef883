"""Corrections of a member decided on its page: one, or all that were read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import ngettext

from huiguan.access import page
from huiguan.kit.notices import tell
from huiguan.screens.converters import is_uuid
from huiguan.states import WrongState
from tenants.members.models import Member, Proposal
from tenants.members.own.proposing import accept_all, reject_all

REJECT = "reject"


@page("members.change", methods=("POST",))
def decide_of_member(request: Any, pk: Any) -> HttpResponse:
    """What came in since it was read is not among them. One that was taken over can be taken back."""
    member = get_object_or_404(Member, pk=pk)
    read = [key for key in request.POST.getlist("read") if is_uuid(key)]
    chosen = list(Proposal.objects.open().filter(member=member, pk__in=read))
    try:
        reject_all(chosen) if request.POST.get("decision") == REJECT else accept_all(chosen)
    except (ValidationError, WrongState) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        _tell(request, chosen)
    return redirect(f"{reverse('members-member-detail', args=[pk])}#proposals-title")


def _tell(request: Any, decided: list[Proposal]) -> None:
    number = len(decided)
    said = ngettext("{n} correction was decided.", "{n} corrections were decided.", number).format(n=number)
    is_one = number == 1 and decided[0].status == Proposal.Status.ACCEPTED
    undo = reverse("members-proposal-move", args=[decided[0].pk, "take_back"]) if is_one else ""
    tell(request, said, undo_url=undo)
