"""What the chamber says about turns: asking another to host in its place, and answering one that asks."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.liaison.seen import SeenMeeting, SeenSession
from huiguan.actors import current_actor
from tenants.meetings.actions import reply_about
from tenants.meetings.models import Reply

Kind = Reply.Kind


@transaction.atomic
def ask_swap(*, meeting: SeenMeeting, taker_id: uuid.UUID, why: str = "") -> Reply:
    """The chamber stays the host until the other has agreed."""
    current_actor().require("meetings.commit")
    session = meeting.session
    if not session.may_pass_on or taker_id not in {taker.id for taker in meeting.takers}:
        raise ValidationError(_("This chamber cannot be asked now. Look again."))
    return _say(session, Kind.SWAP_ASKED, "meetings.swap_asked", why, taker_id=str(taker_id), why=why)


@transaction.atomic
def withdraw_swap(*, session: SeenSession) -> Reply:
    current_actor().require("meetings.commit")
    if session.asked_swap is None:
        raise ValidationError(_("No chamber is being asked."))
    return _say(session, Kind.SWAP_WITHDRAWN, "meetings.swap_withdrawn", session.asked_swap.taker)


@transaction.atomic
def answer_swap(*, session: SeenSession, swap_id: uuid.UUID, accepts: bool, note: str = "") -> Reply:
    """Take the other's turn, or leave it where it is: the chamber's own claim is untouched."""
    current_actor().require("meetings.commit")
    if swap_id not in {swap.id for swap in session.swaps_to_answer}:
        raise ValidationError(_("The chamber is not being asked to take a turn."))
    kind = Kind.TAKES_TURN if accepts else Kind.LEAVES_TURN
    said = {"swap_id": str(swap_id), "accepts": accepts, "note": note}
    return _say(session, kind, "meetings.swap_answered", note, **said)


def _say(session: SeenSession, kind: str, name: str, text: str, **content: Any) -> Reply:
    reply = reply_about(session, kind, text=text)
    reply.send(name, {"session_id": str(session.id), **content})
    return reply
