"""Liaison meetings as a member chamber asks for them. Each function enters the federation's place itself.

A chamber that left, or took the item `liaison` back, finds nothing.
"""

import datetime
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from django.db.models import Prefetch, Q
from django.utils.timezone import now

from federation.liaison import ledger, sights
from federation.liaison.members import members
from federation.liaison.models import ActionItem, Approval, Attendance, HostProposal, HostSwap, Series, Session, Topic
from federation.liaison.models.status import WITHOUT_DATE, Status
from federation.liaison.seen import SeenAction, SeenMeeting, SeenSeries, SeenSession, SeenTopic
from federation.registry.items import Item
from federation.registry.queries import federations_of
from huiguan.tenancy.binding import in_federation

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
TOLD_FOR = datetime.timedelta(days=7)  # long enough for a worker that was down over a weekend
Known = dict[uuid.UUID, str]  # the federations that the chamber takes part in, with their names


class Attended(NamedTuple):
    """Sessions the chamber was there at, of those held while it was on the roll."""

    present: int
    held: int


def _for_member(work: Callable[Concatenate[Known, uuid.UUID, Given], Answer]) -> Callable[..., Answer]:
    """Ask as one chamber: `chamber_id` decides which federations exist."""

    @wraps(work)
    def asked(*, chamber_id: uuid.UUID, **kwargs: Any) -> Answer:
        known = {f.id: f.name for f in federations_of(chamber_id) if Item.LIAISON in f.items}
        with in_federation():
            return work(known, chamber_id, **kwargs)  # type: ignore[call-arg]

    return asked


@_for_member
def series_of(known: Known, chamber_id: uuid.UUID) -> list[SeenSeries]:
    return [sights.series(s, known) for s in Series.objects.filter(federation_id__in=known)]


@_for_member
def sessions(known: Known, chamber_id: uuid.UUID) -> list[SeenSession]:
    """All of them, those ahead first, then the past from the newest."""
    return [sights.session(s, known, chamber_id) for s in _sessions(known, chamber_id)]


@_for_member
def meeting(known: Known, chamber_id: uuid.UUID, *, session_id: uuid.UUID) -> SeenMeeting:
    """One session with all that a member may read. Raises Session.DoesNotExist."""
    return sights.meeting(_sessions(known, chamber_id).get(pk=session_id), known, chamber_id)


@_for_member
def topics(known: Known, chamber_id: uuid.UUID) -> list[SeenTopic]:
    """Waiting topics, the most wanted first."""
    found = Topic.objects.waiting().filter(federation_id__in=known).select_related("series").prefetch_related("seconds")
    return [sights.topic(t, known, chamber_id) for t in found]


@_for_member
def action_items(known: Known, chamber_id: uuid.UUID) -> list[SeenAction]:
    """The chamber's own, the soonest due first."""
    found = ActionItem.objects.filter(federation_id__in=known, chamber_id=chamber_id)
    return [sights.action(a, known) for a in found.select_related("session", "item")]


@_for_member
def host_queue(
    known: Known, chamber_id: uuid.UUID, *, series_id: uuid.UUID
) -> tuple[list[ledger.Row], list[ledger.Past]]:
    """Whose turn it is, with the numbers. Raises Series.DoesNotExist."""
    series = Series.objects.get(pk=series_id, federation_id__in=known)
    return next_queue(series), ledger.past(series.pk)


@_for_member
def attended(known: Known, chamber_id: uuid.UUID, *, first: datetime.date, last: datetime.date) -> Attended:
    """Over the sessions held between two days, both included."""
    lines = Attendance.objects.filter(chamber_id=chamber_id, session__federation_id__in=known)
    lines = lines.filter(session__held_at__date__gte=first, session__held_at__date__lte=last)
    return Attended(lines.present().count(), lines.count())


def invited_chambers() -> list[uuid.UUID]:
    """Those whose delegates are to hear of a session: the notice is out, or what it said has lately changed."""
    with in_federation():
        lately = Session.objects.filter(changed_at__gte=now() - TOLD_FOR).exclude(status=Status.PLANNED)
        told = lately | Session.objects.filter(status=Status.NOTICE_SENT)
        return list(Attendance.objects.filter(session__in=told).values_list("chamber_id", flat=True).distinct())


def next_queue(series: Series) -> list[ledger.Row]:
    """The queue of the session that looks for a host now, or else of the one after the last."""
    looking = series.sessions.filter(host_id=None, status__in=WITHOUT_DATE)
    session = looking.order_by("number").first()
    if session:
        return ledger.rows(session)
    return ledger.next_rows(series, [m.chamber_id for m in members(series.federation_id)])


def _sessions(known: Known, chamber_id: uuid.UUID) -> Any:
    """With only this chamber's own lines beside each."""
    found = Session.objects.filter(federation_id__in=known).select_related("series", "minutes")
    own: dict[str, Any] = {"roll": Attendance, "approvals": Approval, "proposals": HostProposal}
    mine = [
        Prefetch(name, model.objects.filter(chamber_id=chamber_id), to_attr=f"own_{name}")
        for name, model in own.items()
    ]
    swaps = HostSwap.objects.filter(Q(asker_id=chamber_id) | Q(taker_id=chamber_id))
    mine.append(Prefetch("swaps", swaps, to_attr="own_swaps"))
    return found.prefetch_related(*mine, "agenda", "options__answers").order_by("-number")
