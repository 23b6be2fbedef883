"""What a chamber sees of the federation's meetings: plain values, and nothing that is not listed here."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.timezone import localdate

from federation.liaison.models import ActionItem, Attendance, HostSwap, PollAnswer, Session
from federation.liaison.models.status import BEFORE_MEETING, BEFORE_NOTICE, Status
from federation.liaison.words import ordinal


@dataclass(frozen=True)
class SeenSeries:
    """A series the chamber takes part in."""

    id: uuid.UUID
    name: str
    federation_id: uuid.UUID
    federation: str


@dataclass(frozen=True)
class SeenDate:
    """A date of the poll: what this chamber said of it, and how many chambers can come."""

    id: uuid.UUID
    starts_at: datetime.datetime
    ours: str
    able: int
    unable: int

    status_levels: ClassVar[dict[str, str]] = PollAnswer.status_levels

    @property
    def status(self) -> str:
        return self.ours

    def get_status_display(self) -> str:
        return str(PollAnswer.Word(self.ours).label)


@dataclass(frozen=True)
class SeenSwap:
    """A question about a turn, from this chamber or to it."""

    id: uuid.UUID
    asker: str
    taker: str
    state: str
    why: str
    is_ours: bool
    is_co_host: bool

    @property
    def is_unanswered(self) -> bool:
        return self.state == HostSwap.Answer.ASKED


@dataclass(frozen=True)
class SeenTaker:
    """A chamber that can be asked to take the turn, with its place in the queue in words."""

    id: uuid.UUID
    name: str
    why: str


@dataclass(frozen=True)
class SeenSession:
    """A session, and where this chamber stands with it."""

    id: uuid.UUID
    series: SeenSeries
    number: int
    theme: str
    question: str
    status: str
    step: int
    starts_at: datetime.datetime | None
    place: str
    link: str
    reason: str
    host: str
    co_host: str
    is_host: bool
    hosting: str = ""
    answer: str = ""
    head: str = ""
    people: int = 0
    is_online: bool = False
    note: str = ""
    was_there: bool = False
    approval: str = ""
    amendment: str = ""
    version: int = 0
    respond_by: datetime.date | None = None
    sequence: int = 0
    minutes: int = 0
    poll_until: datetime.date | None = None
    dates: tuple[SeenDate, ...] = ()
    swaps: tuple[SeenSwap, ...] = ()

    status_levels: ClassVar[dict[str, str]] = Session.status_levels

    def __str__(self) -> str:
        return f"{self.name} {self.theme}"

    @property
    def name(self) -> str:
        return ordinal(self.number)

    @property
    def day(self) -> datetime.date | None:
        return localdate(self.starts_at) if self.starts_at else None

    @property
    def is_asked_to_host(self) -> bool:
        return self.hosting == "asked" and self.status in BEFORE_NOTICE

    @property
    def asked_swap(self) -> SeenSwap | None:
        """The chamber waits for another's answer."""
        open_ones = (swap for swap in self.swaps if swap.is_ours and swap.is_unanswered)
        return next(open_ones, None) if self.status in BEFORE_NOTICE else None

    @property
    def swaps_to_answer(self) -> list[SeenSwap]:
        return [s for s in self.swaps if not s.is_ours and s.is_unanswered] if self.status in BEFORE_NOTICE else []

    @property
    def may_pass_on(self) -> bool:
        """It is the chamber's turn, the notice is not out, and no other has been asked."""
        has_turn = self.is_host or self.is_asked_to_host
        return has_turn and self.status in BEFORE_NOTICE and self.asked_swap is None

    @property
    def is_ahead(self) -> bool:
        return self.status in BEFORE_MEETING

    @property
    def is_polling(self) -> bool:
        return self.status == Status.POLLING

    @property
    def is_waiting_for_dates(self) -> bool:
        """The chamber has not said of every date whether it can come."""
        return self.is_polling and not all(date.ours for date in self.dates)

    @property
    def can_answer(self) -> bool:
        """The notice is out and this chamber is on the roll."""
        return self.status == Status.NOTICE_SENT and self.answer != ""

    @property
    def may_read_papers(self) -> bool:
        """It has said that it comes, or was there."""
        return self.answer == Attendance.Answer.COMING or self.was_there

    @property
    def is_waiting_for_answer(self) -> bool:
        return self.can_answer and self.answer == "none"

    @property
    def is_waiting_for_approval(self) -> bool:
        return self.status == Status.MINUTES_OUT and self.approval == "waiting"

    @property
    def may_approve(self) -> bool:
        """It was there; until the adoption it may still change its answer."""
        return self.status == Status.MINUTES_OUT and self.approval != ""

    def get_status_display(self) -> str:
        return str(Status(self.status).label)


@dataclass(frozen=True)
class SeenAgendaItem:
    at: datetime.datetime | None
    title: str
    minutes: int
    speaker: str
    is_follow_up: bool


@dataclass(frozen=True)
class SeenChamber:
    """A line of the roll: every member may know who comes."""

    name: str
    status: str
    label: str
    people: int

    status_levels: ClassVar[dict[str, str]] = {
        "present": "success",
        "coming": "info",
        "away": "neutral",
        "none": "warning",
    }

    def get_status_display(self) -> str:
        return self.label


@dataclass(frozen=True)
class SeenAction:
    """An action item, of this chamber or, in the agenda of a session, of another."""

    id: uuid.UUID
    title: str
    chamber: str
    person: str
    due_on: datetime.date
    status: str
    is_overdue: bool
    is_escalated: bool
    done_on: datetime.date | None
    answer: str
    session: str
    session_id: uuid.UUID
    item: str
    federation_id: uuid.UUID
    federation: str

    status_levels: ClassVar[dict[str, str]] = ActionItem.status_levels

    @property
    def is_to_do(self) -> bool:
        return self.status in ("open", "in_progress")

    @property
    def is_dropped(self) -> bool:
        return self.status == ActionItem.Status.DROPPED

    @property
    def is_in_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on

    def get_status_display(self) -> str:
        return str(ActionItem.Status(self.status).label)


@dataclass(frozen=True)
class SeenTopic:
    """A waiting topic, with how many chambers stand behind it."""

    id: uuid.UUID
    series: SeenSeries
    title: str
    detail: str
    proposed_by: str
    is_ours: bool
    is_backed: bool
    backing: int
    seconded_by: tuple[str, ...]


@dataclass(frozen=True)
class SeenPaper:
    title: str
    text: str
    link: str


@dataclass(frozen=True)
class SeenMeeting:
    """Everything of one session that a member chamber may read."""

    session: SeenSession
    agenda: list[SeenAgendaItem] = field(default_factory=list)
    papers: list[SeenPaper] = field(default_factory=list)
    unread: int = 0  # papers it could read if it came
    takers: list[SeenTaker] = field(default_factory=list)
    follow_up: list[SeenAction] = field(default_factory=list)
    roll: list[SeenChamber] = field(default_factory=list)
    actions: list[SeenAction] = field(default_factory=list)
    minutes: str = ""
    digest: str = ""
    adopted_at: datetime.datetime | None = None
    is_as_adopted: bool = False
