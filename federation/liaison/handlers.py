"""What a chamber's messages do to a liaison meeting. Each speaks for the chamber that sent it, and for no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.liaison import told
from federation.liaison.models import ActionItem, Series, Session, Topic
from federation.registry.items import Item
from federation.registry.models import Membership
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives
from huiguan.states import WrongState


@receives("meetings.host_answered")
def answer_host(message: Delivered) -> None:
    """The chamber that was asked accepts or declines."""
    with _listening(message):
        said = told.read(message, told.HostAnswer)
        session = _session(message, said.pop("session_id"))
        session.answer_host(chamber_id=message.chamber_id, **said)


@receives("meetings.swap_asked")
def ask_swap(message: Delivered) -> None:
    """A chamber whose turn it is asks another to take it."""
    with _listening(message):
        said = told.read(message, told.SwapAsked)
        session = _session(message, said.pop("session_id"))
        session.ask_swap(chamber_id=message.chamber_id, **said)


@receives("meetings.swap_withdrawn")
def withdraw_swap(message: Delivered) -> None:
    with _listening(message):
        session = _session(message, told.read(message, told.SwapWithdrawn)["session_id"])
        session.withdraw_swap(chamber_id=message.chamber_id)


@receives("meetings.swap_answered")
def answer_swap(message: Delivered) -> None:
    """The other chamber takes the turn, or does not."""
    with _listening(message):
        said = told.read(message, told.SwapAnswered)
        session = _session(message, said.pop("session_id"))
        session.answer_swap(chamber_id=message.chamber_id, **said)


@receives("meetings.topic_proposed")
def propose_topic(message: Delivered) -> None:
    """A topic for the series; the key of the message is the topic's, so that it is there once."""
    with _listening(message) as member:
        said = told.read(message, told.TopicProposed)
        series = Series.objects.get(pk=said.pop("series_id"), federation_id=message.federation_id)
        topic = Topic(id=message.id, series=series, federation_id=message.federation_id, **said)
        topic.chamber_id, topic.chamber_name = message.chamber_id, member.chamber_name
        topic.save(force_insert=True, verb="proposed")


@receives("meetings.topic_seconded")
def second_topic(message: Delivered) -> None:
    with _listening(message):
        said = told.read(message, told.TopicSeconded)
        topic = Topic.objects.get(pk=said["topic_id"], federation_id=message.federation_id)
        topic.second(chamber_id=message.chamber_id)


@receives("meetings.dates_answered")
def answer_dates(message: Delivered) -> None:
    """What the chamber says of every date of the poll."""
    with _listening(message):
        said = told.read(message, told.DatesAnswered)
        session = _session(message, said.pop("session_id"))
        session.answer_poll(chamber_id=message.chamber_id, **said)


@receives("meetings.date_proposed")
def propose_date(message: Delivered) -> None:
    """Another date than the one in the invitation would suit the chamber."""
    with _listening(message):
        said = told.read(message, told.DateProposed)
        session = _session(message, said.pop("session_id"))
        session.propose_date(chamber_id=message.chamber_id, **said)


@receives("meetings.attendance_answered")
def answer_attendance(message: Delivered) -> None:
    """Whether the chamber comes, with whom."""
    with _listening(message):
        said = told.read(message, told.AttendanceAnswer)
        session = _session(message, said.pop("session_id"))
        session.answer_attendance(chamber_id=message.chamber_id, **{**said, "people": said["people"] or 0})


@receives("meetings.minutes_approved")
def approve_minutes(message: Delivered) -> None:
    """The last approval adopts the minutes."""
    with _listening(message):
        said = told.read(message, told.MinutesApproved)
        session = _session(message, said.pop("session_id"))
        session.approve_minutes(chamber_id=message.chamber_id, **said)
        if session.can_adopt():
            session.adopt_minutes()


@receives("meetings.amendment_asked")
def ask_amendment(message: Delivered) -> None:
    with _listening(message):
        said = told.read(message, told.AmendmentAsked)
        session = _session(message, said.pop("session_id"))
        session.ask_amendment(chamber_id=message.chamber_id, **said)


@receives("meetings.action_reported")
def report_action(message: Delivered) -> None:
    """The owner of the action item has begun it, or finished it with evidence."""
    with _listening(message):
        said = told.read(message, told.ActionReported)
        mine = ActionItem.objects.filter(federation_id=message.federation_id, chamber_id=message.chamber_id)
        action = mine.get(pk=said["action_id"])
        if said["state"] == "done":
            action.finish(evidence=said["evidence"], on=localdate(message.sent_at))
        else:
            action.start()


@contextmanager
def _listening(message: Delivered) -> Iterator[Membership]:
    """Only a member that accepted the item is heard; what cannot be done is refused with the reason."""
    try:
        yield sender(message, Item.LIAISON)
    except (WrongState, ValidationError) as error:
        raise Refused(" ".join(getattr(error, "messages", [str(error)]))) from error
    except ObjectDoesNotExist as error:
        raise Refused(_("There is no such record in this federation.")) from error


def _session(message: Delivered, session_id: Any) -> Session:
    """Only this federation's."""
    found: Session = Session.objects.select_related("series").get(pk=session_id, federation_id=message.federation_id)
    return found
