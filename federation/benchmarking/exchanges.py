"""Practice exchanges as one of the two chambers reads them. Each function enters the federation's place itself."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q

from federation.benchmarking import mentoring
from federation.benchmarking.models import Pairing
from huiguan.tenancy.binding import in_federation

Status = Pairing.Status
LOOKING = (Status.WAITING, Status.PROPOSED)  # one and the same for the mentee: a refusal leaves no trace


@dataclass(frozen=True)
class Rating:
    stars: int
    words: str


@dataclass(frozen=True)
class SeenExchange:
    """`partner` is empty for a mentee until the mentor has agreed; `theirs` until both have rated."""

    id: uuid.UUID
    federation_id: uuid.UUID
    code: str
    is_mentee: bool
    partner: str
    status: str
    wish: str
    answer: str
    held_on: datetime.date | None
    way: str
    title: str
    text: str
    target: float | None
    target_by: datetime.date | None
    ours: Rating | None
    theirs: Rating | None

    status_levels: ClassVar[dict[str, str]] = {
        "proposed": "warning",
        "agreed": "info",
        "reported": "info",
        "targeted": "accent",
        "closed": "success",
    }

    def get_status_display(self) -> str:
        return str(Status(self.status).label)

    @property
    def is_unfinished(self) -> bool:
        return self.status in Pairing.UNFINISHED

    @property
    def is_looking(self) -> bool:
        """Nobody has agreed yet, as far as the mentee may know."""
        return self.status == Status.WAITING

    @property
    def may_answer(self) -> bool:
        return self.status == Status.PROPOSED and not self.is_mentee

    @property
    def may_report(self) -> bool:
        return self.status == Status.AGREED and not self.is_mentee

    @property
    def may_take_on(self) -> bool:
        return self.status == Status.REPORTED and self.is_mentee

    @property
    def may_rate(self) -> bool:
        return self.status == Status.TARGETED and self.ours is None

    @property
    def way_in_words(self) -> str:
        return str(Pairing.Way(self.way).label) if self.way else ""

    @property
    def steps(self) -> list[Pairing.Status]:
        """The whole way, as each of the two goes it."""
        first = Status.WAITING if self.is_mentee else Status.PROPOSED
        return [first, Status.AGREED, Status.REPORTED, Status.TARGETED, Status.CLOSED]

    @property
    def step(self) -> int:
        """Counted from 1."""
        return next((n for n, step in enumerate(self.steps, start=1) if step == self.status), 1)


def exchanges_of(*, chamber_id: uuid.UUID, federation_id: uuid.UUID) -> list[SeenExchange]:
    """Those it asked for, and those in which it was asked; the newest first."""
    with in_federation():
        own = Pairing.objects.filter(Q(mentee_id=chamber_id) | Q(mentor_id=chamber_id), federation_id=federation_id)
        return [_seen(one, chamber_id) for one in own]


def may_ask(*, chamber_id: uuid.UUID, federation_id: uuid.UUID, code: str) -> bool:
    """Whether the newest release has it in the half that is behind."""
    with in_federation():
        return mentoring.may_ask(chamber_id=chamber_id, federation_id=federation_id, code=code)


def _seen(one: Pairing, chamber_id: uuid.UUID) -> SeenExchange:
    is_mentee = one.mentee_id == chamber_id
    mentee, mentor = _rating(one.mentee_stars, one.mentee_words), _rating(one.mentor_stars, one.mentor_words)
    ours, theirs = (mentee, mentor) if is_mentee else (mentor, mentee)
    return SeenExchange(
        id=one.pk,
        is_mentee=is_mentee,
        partner=_partner(one, is_mentee),
        status=str(Status.WAITING if is_mentee and one.status in LOOKING else one.status),
        ours=ours,
        theirs=theirs if one.status == Status.CLOSED else None,
        **_plainly(one),
    )


def _plainly(one: Pairing) -> dict[str, Any]:
    shown = ("federation_id", "code", "wish", "answer", "held_on", "way", "title", "text", "target", "target_by")
    return {name: getattr(one, name) for name in shown}


def _partner(one: Pairing, is_mentee: bool) -> str:
    if not is_mentee:
        return one.mentee_name
    return one.mentor_name if one.is_agreed else ""


def _rating(stars: int | None, words: str) -> Rating | None:
    return None if stars is None else Rating(stars, words)
