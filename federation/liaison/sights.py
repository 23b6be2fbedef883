"""Turns the federation's records into what a chamber sees of them. Called while the federation is bound."""

import uuid
from typing import Any

from federation.liaison import ledger
from federation.liaison.models import ActionItem, HostProposal, HostSwap, PollOption, Series, Session, Topic
from federation.liaison.models.status import WITH_MINUTES
from federation.liaison.seen import (
    SeenAction,
    SeenAgendaItem,
    SeenChamber,
    SeenDate,
    SeenMeeting,
    SeenPaper,
    SeenSeries,
    SeenSession,
    SeenSwap,
    SeenTaker,
    SeenTopic,
)
from federation.liaison.words import ordinal

Known = dict[uuid.UUID, str]


def series(found: Series, known: Known) -> SeenSeries:
    return SeenSeries(found.pk, found.name, found.federation_id, known[found.federation_id])


def session(found: Session, known: Known, chamber_id: uuid.UUID) -> SeenSession:
    """`found` has its own lines prefetched as `own_roll`, `own_approvals`, `own_proposals` and `own_swaps`."""
    return SeenSession(
        id=found.pk,
        series=series(found.series, known),
        number=found.number,
        theme=found.theme,
        question=found.question,
        status=str(found.status),
        step=found.step,
        starts_at=found.starts_at,
        place=found.place,
        link=found.link,
        reason=found.reason,
        host=found.host_name,
        co_host=found.co_host_name,
        is_host=chamber_id in (found.host_id, found.co_host_id),
        sequence=found.sequence,
        minutes=sum(item.minutes for item in found.agenda.all()),
        poll_until=found.poll_until,
        dates=tuple(_date(option, chamber_id) for option in found.options.all()),
        **_own(found, chamber_id),
    )


def meeting(found: Session, known: Known, chamber_id: uuid.UUID) -> SeenMeeting:
    minutes = getattr(found, "minutes", None) if found.status in WITH_MINUTES else None
    seen, papers = session(found, known, chamber_id), list(found.papers.all())
    return SeenMeeting(
        session=seen,
        papers=[SeenPaper(p.title, p.text, p.link) for p in papers if seen.may_read_papers],
        unread=0 if seen.may_read_papers else len(papers),
        agenda=[
            SeenAgendaItem(at, item.title, item.minutes, item.chamber_name, item.kind == item.Kind.FOLLOW_UP)
            for at, item in found.timed_agenda()
        ],
        takers=_takers(found, chamber_id) if seen.may_pass_on else [],
        follow_up=[action(a, known) for a in ActionItem.objects.before(found).select_related("session", "item")],
        roll=[SeenChamber(a.chamber_name, a.status, a.get_status_display(), a.people) for a in found.roll.all()],
        actions=[action(a, known) for a in found.action_items.select_related("session", "item")],
        minutes=minutes.text if minutes else "",
        digest=minutes.digest if minutes else "",
        adopted_at=minutes.adopted_at if minutes else None,
        is_as_adopted=minutes is not None and minutes.are_as_adopted(),
    )


def topic(found: Topic, known: Known, chamber_id: uuid.UUID) -> SeenTopic:
    seconds = list(found.seconds.all())
    return SeenTopic(
        id=found.pk,
        series=series(found.series, known),
        title=found.title,
        detail=found.detail,
        proposed_by=found.chamber_name,
        is_ours=found.chamber_id == chamber_id,
        is_backed=found.chamber_id == chamber_id or chamber_id in {s.chamber_id for s in seconds},
        backing=found.backing,  # type: ignore[attr-defined]
        seconded_by=tuple(s.chamber_name for s in seconds),
    )


def action(found: ActionItem, known: Known) -> SeenAction:
    return SeenAction(
        id=found.pk,
        title=found.title,
        chamber=found.chamber_name,
        person=found.person,
        due_on=found.due_on,
        status=str(found.status),
        is_overdue=found.is_overdue,
        is_escalated=found.is_escalated,
        done_on=found.done_on,
        answer=found.answer,
        session=ordinal(found.session.number),
        session_id=found.session_id,
        item=found.item.title if found.item else "",
        federation_id=found.federation_id,
        federation=known[found.federation_id],
    )


def _date(found: PollOption, chamber_id: uuid.UUID) -> SeenDate:
    option = found.as_option()
    ours = str(option.answers.get(chamber_id, ""))
    return SeenDate(found.pk, found.starts_at, ours, len(option.able), len(option.unable))


def _swap(found: HostSwap, chamber_id: uuid.UUID) -> SeenSwap:
    is_ours = found.asker_id == chamber_id
    return SeenSwap(found.pk, found.asker_name, found.taker_name, found.state, found.why, is_ours, found.is_co_host)


def _takers(found: Session, chamber_id: uuid.UUID) -> list[SeenTaker]:
    """In the order of the queue; who rests may be asked too: it is not bound to say yes."""
    hosts = (found.host_id, found.co_host_id, chamber_id)
    queue = ((row.candidate.chamber, row.name, row.why) for row in ledger.rows(found))
    return [SeenTaker(*each) for each in queue if each[0] not in hosts]


def _own(found: Any, chamber_id: uuid.UUID) -> dict[str, Any]:
    """Where the chamber stands: asked to host, its answer, its approval of the newest minutes."""
    seen: dict[str, Any] = {"swaps": tuple(_swap(swap, chamber_id) for swap in found.own_swaps)}
    if asked := _last(found.own_proposals, lambda p: p.state != HostProposal.Answer.WITHDRAWN):
        seen["hosting"] = asked.state
    if line := _last(found.own_roll):
        seen |= {"answer": line.answer, "head": line.head, "people": line.people, "is_online": line.is_online}
        seen |= {"note": line.note, "was_there": line.checked_in_at is not None}
    minutes = getattr(found, "minutes", None)
    if minutes and found.status in WITH_MINUTES:
        seen |= {"version": minutes.version, "respond_by": minutes.respond_by}
        if answer := _last(found.own_approvals, lambda a: a.version == minutes.version):
            seen |= {"approval": answer.state, "amendment": answer.text}
    return seen


def _last(rows: list[Any], fits: Any = lambda row: True) -> Any:
    return next((row for row in reversed(rows) if fits(row)), None)
