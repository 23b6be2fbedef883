"""Finds what the federation addresses to this chamber. What is not there for it does not exist: 404."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from federation.liaison import queries
from federation.liaison.seen import SeenAction, SeenMeeting, SeenTopic
from huiguan.states import WrongState


def meeting(request: Any, pk: Any) -> SeenMeeting:
    try:
        return queries.meeting(chamber_id=request.actor.chamber_id, session_id=pk)
    except ObjectDoesNotExist as error:
        raise Http404(pk) from error


def action(request: Any, pk: Any) -> SeenAction:
    found = queries.action_items(chamber_id=request.actor.chamber_id)
    return _first(found, pk)  # type: ignore[no-any-return]


def topic(request: Any, pk: Any) -> SeenTopic:
    found = queries.topics(chamber_id=request.actor.chamber_id)
    return _first(found, pk)  # type: ignore[no-any-return]


def say(request: Any, act: Any, **what: Any) -> bool:
    """Do it and tell the person; what cannot be done now is told as well. False when it was not done."""
    try:
        act(**what)
    except (ValidationError, WrongState) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return False
    messages.success(request, _("Sent. It stands word for word in the sharing ledger."))
    return True


def _first(found: Any, pk: Any) -> Any:
    for each in found:
        if each.id == pk:
            return each
    raise Http404(pk)
