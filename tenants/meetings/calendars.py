"""Keeps the delegates' calendars right: invites, tells of changes, calls off, and takes the answers. [RFC 5546]

The mail goes out from the chamber, because its delegates' addresses never leave it; the organiser that calendars show,
and answer to, is the federation.
"""

import datetime
import uuid
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.liaison import queries
from federation.liaison.models.status import Status
from federation.liaison.seen import SeenMeeting, SeenSession
from huiguan import itip
from huiguan.actors import SYSTEM, Actor, acting_as, current_actor
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.models import Channel
from huiguan.kit.formats import moment
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import bound_chamber, in_chamber
from huiguan.tenancy.models import Chamber
from tenants.meetings.models import Delegate
from tenants.meetings.models.replies import say_of_session
from tenants.meetings.purposes import CALENDAR

MINUTES = 120  # of a session whose agenda is empty
CALLED_OFF = (Status.CANCELLED, Status.POSTPONED)


@transaction.atomic
def name_delegate(*, meeting: SeenMeeting, name: str, role: str, email: str = "") -> Delegate:
    """Put a person on the delegation; whoever has an address is invited as soon as the notice is out."""
    current_actor().require("meetings.answer")
    if not meeting.session.is_ahead:
        raise ValidationError(_("This session cannot be answered now."))
    delegate = Delegate(session_id=meeting.session.id, name=name, role=role, email=email.strip().lower())
    delegate.clean()
    delegate.save(force_insert=True)
    keep_right(meeting)
    return delegate


@transaction.atomic
def leave_out(*, meeting: SeenMeeting, delegate: Delegate) -> None:
    """Take a person off the delegation; their calendar is told."""
    current_actor().require("meetings.answer")
    delegate.is_called_off = True
    delegate.save(verb="withdrawn")
    if delegate.told_sequence is not None:
        _write(delegate, meeting, [delegate], sequence=delegate.told_sequence + 1, is_off=True)


def keep_all_right(chamber_id: uuid.UUID) -> int:
    """Of every session that somebody of the bound chamber is to go to. Returns how many mails are on their way."""
    going = Delegate.objects.filter(is_called_off=False).values_list("session_id", flat=True)
    return sum(_kept_right(chamber_id, key) for key in set(going))


def _kept_right(chamber_id: uuid.UUID, session_id: uuid.UUID) -> int:
    try:
        return keep_right(queries.meeting(chamber_id=chamber_id, session_id=session_id))
    except ObjectDoesNotExist:
        return 0


@transaction.atomic
def keep_right(meeting: SeenMeeting) -> int:
    """Invite whoever has not been told of the newest time and place; call off what does not take place."""
    session = meeting.session
    people = list(Delegate.objects.going_to(session.id).select_for_update())
    with_address = [d for d in people if d.email]
    if session.status in CALLED_OFF:
        to_tell = [d for d in with_address if d.told_sequence is not None and d.told_sequence < session.sequence]
    elif session.status == Status.NOTICE_SENT and session.starts_at:
        to_tell = [d for d in with_address if d.told_sequence is None or d.told_sequence < session.sequence]
    else:
        to_tell = []
    for delegate in to_tell:
        _tell(delegate, meeting, with_address)
    return len(to_tell)


def take_answer(message: EmailMessage) -> bool:
    """One mail of the mailbox that calendars answer to. False when it is none of ours, or comes too late."""
    answer = itip.read(message)
    parts = answer.uid.partition("@")[0].split(".") if answer else []
    try:
        session_id, chamber_id = map(uuid.UUID, parts)
        chamber = Chamber.objects.get(pk=chamber_id, status=Chamber.Status.ACTIVE)
    except (ValueError, Chamber.DoesNotExist):
        return False
    system = Actor(SYSTEM.name, permissions=SYSTEM.permissions, chamber_id=chamber.pk)
    with acting_as(system), in_chamber(chamber):
        return _taken(session_id, answer)


def _taken(session_id: uuid.UUID, answer: Any) -> bool:
    delegate = Delegate.objects.going_to(session_id).filter(email=answer.address).first()
    if delegate is None or not delegate.take(answer):
        return False
    if delegate.proposes_at and delegate.role == Delegate.Role.HEAD:
        _propose(delegate, delegate.proposes_at)
    return True


def _propose(delegate: Delegate, wished: datetime.datetime) -> Message | None:
    """The head's wish for another time is the chamber's yes to it in the poll."""
    try:
        seen = queries.meeting(chamber_id=bound_chamber().pk, session_id=delegate.session_id).session
    except ObjectDoesNotExist:
        return None
    return say_of_session(delegate, seen, "meetings.date_proposed", {"starts_at": wished.isoformat()})


def _tell(delegate: Delegate, meeting: SeenMeeting, people: Sequence[Delegate]) -> None:
    session, is_off = meeting.session, meeting.session.status in CALLED_OFF
    if delegate.told_sequence != session.sequence:
        delegate.standing, delegate.proposes_at = Delegate.Standing.NEEDS_ACTION, None
    delegate.told_sequence = session.sequence
    delegate.save(verb="sent")
    _write(delegate, meeting, people, sequence=session.sequence, is_off=is_off)


def _write(
    delegate: Delegate, meeting: SeenMeeting, people: Sequence[Delegate], *, sequence: int, is_off: bool
) -> None:
    session = meeting.session
    event = _event(meeting, people, sequence)
    title = _("Called off: {session}") if is_off else _("Invitation: {session}")
    deliver(
        about=delegate,
        channel=Channel.EMAIL,
        to=Recipient(delegate.name, delegate.email),
        subject=title.format(session=session),
        body=_words(session, is_off=is_off),
        purpose=CALENDAR,
        dedupe=f"meetings.calendar:{delegate.pk}:{sequence}:{'off' if is_off else 'on'}",
        calendar=itip.cancel(event) if is_off else itip.request(event),
    )


def _words(session: SeenSession, *, is_off: bool) -> str:
    """For whoever reads the mail without a calendar."""
    if is_off:
        off = _("{session} does not take place as announced.").format(session=session)
        return "\n".join(filter(None, [off, session.reason]))
    when = _("Time: {time}").format(time=moment(session.starts_at))
    lines = [session.series.name, str(session), session.question, when, _("Place: {place}").format(place=session.place)]
    return "\n".join(filter(None, [*lines, session.link]))


def _event(meeting: SeenMeeting, people: Sequence[Delegate], sequence: int) -> itip.Event:
    session = meeting.session
    agenda = "\n".join(f"{n}. {item.title}" for n, item in enumerate(meeting.agenda, start=1))
    return itip.Event(
        uid=f"{session.id.hex}.{bound_chamber().pk.hex}@{settings.BASE_DOMAIN}",
        sequence=sequence,
        starts_at=session.starts_at,
        minutes=session.minutes or MINUTES,
        summary=f"{session.series.name} {session}",
        place=session.place,
        description="\n".join(filter(None, [session.question, agenda])),
        organizer=itip.Guest(session.series.federation, settings.CALENDAR_ADDRESS),
        guests=[itip.Guest(d.name, d.email, d.role == Delegate.Role.HEAD, d.standing) for d in people],
        url=session.link,
    )
