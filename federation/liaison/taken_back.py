"""What ends with the item `liaison`: hosting, the seat at meetings ahead, topics, tasks. Adopted minutes stay. [F2]

The chamber's turn in the rotation ends by itself: the queue is made of those that take part now.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from federation.liaison.members import names
from federation.liaison.models import (
    ActionItem,
    AgendaItem,
    Approval,
    Attendance,
    HostProposal,
    HostSwap,
    PollAnswer,
    Second,
    Session,
    Topic,
)
from federation.liaison.models.status import BEFORE_MEETING, Status
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place

UNHOSTED = ngettext_lazy("{n} session loses its host", "{n} sessions lose their host")
UNATTENDED = ngettext_lazy("{n} meeting ahead is not attended", "{n} meetings ahead are not attended")
UNAPPROVED = ngettext_lazy(
    "the minutes of {n} session no longer wait for the chamber's approval",
    "the minutes of {n} sessions no longer wait for the chamber's approval",
)
PASSED_ON = ngettext_lazy(
    "{n} proposed topic goes on in the name of those who second it",
    "{n} proposed topics go on in the name of those who second them",
)
UNPROPOSED = ngettext_lazy("{n} proposed topic is withdrawn", "{n} proposed topics are withdrawn")
UNSECONDED = ngettext_lazy("{n} topic is no longer seconded", "{n} topics are no longer seconded")
DROPPED = ngettext_lazy("{n} action item is dropped", "{n} action items are dropped")


@on_item_taken_back(Item.LIAISON, Place.FEDERATION)
def end_hosting(whose: Whose) -> Iterator[Ending]:
    """Of sessions that have not begun: a co-host goes on alone, otherwise the date is open again."""
    mine = Q(asker_id=whose.chamber_id) | Q(taker_id=whose.chamber_id)
    swaps = HostSwap.objects.unanswered().filter(mine, session__federation_id=whose.federation_id)
    yield Ending(swaps, lambda swap: swap.answer(HostSwap.Answer.WITHDRAWN, _gone(whose)))
    asked = HostProposal.objects.filter(session__federation_id=whose.federation_id, chamber_id=whose.chamber_id)
    asked = asked.filter(state=HostProposal.Answer.ASKED)
    yield Ending(asked, lambda proposal: proposal.answer(HostProposal.Answer.WITHDRAWN, _gone(whose)))
    ahead = Session.objects.of(whose.federation_id).filter(status__in=BEFORE_MEETING)
    hosted = ahead.filter(Q(host_id=whose.chamber_id) | Q(co_host_id=whose.chamber_id))
    still_ahead = [session for session in hosted if not session.has_begun]
    yield Ending(still_ahead, lambda session: _resign(session, whose), UNHOSTED)


@on_item_taken_back(Item.LIAISON, Place.FEDERATION)
def end_seat(whose: Whose) -> Iterator[Ending]:
    """Who is not there is not counted for the quorum; who was there and has not approved is not waited for."""
    mine = {"chamber_id": whose.chamber_id, "session__federation_id": whose.federation_id}
    seats = Attendance.objects.filter(**mine, checked_in_at=None, session__status__in=BEFORE_MEETING)
    yield Ending(seats, Attendance.delete, UNATTENDED)
    unanswered = Approval.objects.waiting().filter(**mine, session__status=Status.MINUTES_OUT)
    yield Ending(unanswered, Approval.delete, UNAPPROVED)
    said = PollAnswer.objects.filter(chamber_id=whose.chamber_id, option__session__federation_id=whose.federation_id)
    yield Ending(said.filter(option__session__status=Status.POLLING), PollAnswer.delete)
    speeches = AgendaItem.objects.filter(**mine, session__status__in=BEFORE_MEETING)
    yield Ending(speeches, _without_speaker)


@on_item_taken_back(Item.LIAISON, Place.FEDERATION)
def end_topics(whose: Whose) -> Iterator[Ending]:
    """A topic that others second goes on in their name."""
    waiting = Topic.objects.waiting().filter(federation_id=whose.federation_id)
    own = waiting.filter(chamber_id=whose.chamber_id)
    yield Ending(own.filter(backing__gt=1), Topic.pass_on, PASSED_ON)
    alone = own.filter(backing=1)
    yield Ending(alone, lambda topic: topic.dismiss(reason=_gone(whose)), UNPROPOSED)
    seconds = Second.objects.filter(topic__in=[topic.pk for topic in waiting], chamber_id=whose.chamber_id)
    yield Ending(seconds, Second.delete, UNSECONDED)


@on_item_taken_back(Item.LIAISON, Place.FEDERATION)
def end_tasks(whose: Whose) -> Iterator[Ending]:
    """What is reported done stays for the coordinator to verify."""
    mine = ActionItem.objects.filter(federation_id=whose.federation_id, chamber_id=whose.chamber_id)
    undone = mine.filter(status__in=[ActionItem.Status.OPEN, ActionItem.Status.IN_PROGRESS])
    yield Ending(undone, lambda action: action.drop(reason=_gone(whose)), DROPPED)


def _resign(session: Session, whose: Whose) -> None:
    why = _gone(whose)
    has_date = session.status in (Status.SCHEDULED, Status.NOTICE_SENT)
    if has_date and session.is_hosted_alone_by(whose.chamber_id):
        session.postpone(reason=why)
    session.lose_host(chamber_id=whose.chamber_id, why=why)


def _without_speaker(item: AgendaItem) -> None:
    item.chamber_id, item.chamber_name = None, ""
    item.save()


def _gone(whose: Whose) -> str:
    name = names(whose.federation_id).get(whose.chamber_id, "")
    return _("{chamber} takes no part in the liaison meetings any more.").format(chamber=name)
