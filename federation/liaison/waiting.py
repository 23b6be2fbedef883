"""What waits for the coordinator: the next meeting, chambers that have not answered, minutes, action items."""

import uuid
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federation.liaison import polls
from federation.liaison.models import ActionItem, Session
from federation.liaison.models.status import BEFORE_MEETING, Status
from huiguan.actors import Actor, current_actor
from huiguan.capability import Item

SOON_DAYS = 14


def items(actor: Actor) -> Iterator[Item]:
    """From every session that is not closed, and every action item that is late or reported done."""
    if actor.federation_id is None:
        return
    unfinished = Session.objects.of(actor.federation_id).exclude(status__in=(Status.CLOSED, Status.CANCELLED))
    for session in unfinished.select_related("series", "minutes").order_by("number"):
        yield from _of_session(session)
        yield from _without_host(session)
    yield from _of_actions(actor.federation_id)


def open_actions() -> tuple[float | None, float | None]:
    open_ones = ActionItem.objects.unsettled()
    return open_ones.filter(federation_id=current_actor().federation_id).count(), None


def last_attendance() -> tuple[float | None, float | None]:
    """Per cent of the member chambers that were there."""
    held = Session.objects.of(current_actor().federation_id).filter(active_count__gt=0).order_by("-held_at").first()
    return (round(100 * held.present_count / held.active_count), None) if held else (None, None)


def _of_session(session: Session) -> Iterator[Item]:
    url = reverse("liaison-session-detail", args=[session.pk])
    if session.status in (Status.PLANNED, Status.POSTPONED):
        yield _planning(session, url)
    elif session.status == Status.POLLING:
        yield _polling(session, url)
    elif session.status in BEFORE_MEETING:
        yield _coming(session, url)
    elif session.status == Status.MINUTES_OUT:
        yield _approving(session, url)
    elif session.status in (Status.HELD, Status.MINUTES_DRAFT):
        yield Item(str(session), url, _("Write the minutes and send them."), action_label=_("Minutes"))


def _without_host(session: Session) -> Iterator[Item]:
    if session.status in BEFORE_MEETING and session.hosts_away():
        url = reverse("liaison-session-detail", args=[session.pk])
        why = _("The host is suspended on the platform: look for another.")
        yield Item(str(session), url, why, session.day, "due", _("Look"))


def _planning(session: Session, url: str) -> Item:
    if swap := session.swaps.unanswered().first():
        why = _("{asker} asks {taker} to take its turn.").format(asker=swap.asker_name, taker=swap.taker_name)
        return Item(str(session), url, why, level="info", action_label=_("Look"))
    if session.open_proposal:
        why = _("{chamber} has been asked to host and has not answered.").format(
            chamber=session.open_proposal.chamber_name
        )
        return Item(str(session), url, why, level="info", action_label=_("Look"))
    if session.host_id is None:
        return Item(str(session), url, _("Ask a chamber to host."), action_label=_("Ask"))
    return Item(str(session), url, _("The host has agreed: set the date."), action_label=_("Set the date"))


def _polling(session: Session, url: str) -> Item:
    silent = len(polls.silent(session))
    why = ngettext("{n} chamber has not answered.", "{n} chambers have not answered.", silent).format(n=silent)
    if silent and session.poll_until and session.poll_until >= localdate():
        return Item(str(session), url, why, session.poll_until, "waiting", _("Look"))
    return Item(str(session), url, _("The poll is over: set the date."), session.poll_until, "due", _("Set the date"))


def _coming(session: Session, url: str) -> Item:
    if session.status == Status.SCHEDULED:
        return Item(str(session), url, _("Complete the agenda and send the notice."), session.day, "due", _("Prepare"))
    if session.day and session.day <= localdate():
        return Item(
            str(session), url, _("The meeting is on: check in, keep the record."), session.day, "due", _("Look")
        )
    silent = session.roll.unanswered().count()
    why = ngettext("{n} chamber has not answered.", "{n} chambers have not answered.", silent).format(n=silent)
    if not silent:
        return Item(str(session), url, _("Every chamber has answered."), session.day, "info", _("Look"))
    is_soon = session.day is not None and (session.day - localdate()).days < SOON_DAYS
    return Item(str(session), url, why, session.day, "due" if is_soon else "waiting", _("Look"))


def _approving(session: Session, url: str) -> Item:
    answers, due = session.current_approvals(), session.minutes.respond_by
    if answers.amendments().exists():
        return Item(str(session), url, _("A chamber asks for an amendment of the minutes."), due, "due", _("Answer"))
    if session.can_adopt():
        return Item(str(session), url, _("The minutes can be adopted."), None, "due", _("Adopt"))
    n = answers.waiting().count()
    why = ngettext("{n} chamber has not approved the minutes.", "{n} chambers have not approved the minutes.", n)
    return Item(str(session), url, why.format(n=n), due, "waiting", _("Look"))


def _of_actions(federation_id: uuid.UUID) -> Iterator[Item]:
    mine = ActionItem.objects.filter(federation_id=federation_id)
    for action in mine.overdue(on=localdate()):
        why = _("{chamber} is late.") if not action.is_escalated else _("{chamber} is more than a week late: call.")
        yield Item(
            action.title, _url(action), why.format(chamber=action.chamber_name), action.due_on, "late", _("Look")
        )
    for action in mine.filter(status=ActionItem.Status.DONE):
        why = _("{chamber} reports it done: look at the evidence.").format(chamber=action.chamber_name)
        yield Item(action.title, _url(action), why, None, "waiting", _("Verify"))


def _url(action: ActionItem) -> str:
    return reverse("liaison-actionitem-detail", args=[action.pk])
