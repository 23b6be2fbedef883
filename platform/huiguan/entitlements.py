"""The one question "may this chamber do this?": asked here by everyone, answered by whoever keeps the plans."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.functional import Promise

from huiguan import trail

Text = str | Promise
ChamberId = uuid.UUID | str
STANDING_IS_KEPT_SECONDS = 10


class Level(StrEnum):
    """How far a chamber's account has come: from paid up to closed until it pays."""

    OPEN = "open"
    GRACE = "grace"
    RESTRICTED = "restricted"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Standing:
    """`text` is what the chamber's pages say about it; empty when there is nothing to say."""

    level: Level = Level.OPEN
    text: Text = ""

    @property
    def is_read_only(self) -> bool:
        return self.level in (Level.RESTRICTED, Level.SUSPENDED)


@dataclass(frozen=True)
class Answer:
    """`limit=None` is without limit, `used=None` not measured; `reason` is for the person who asked."""

    allowed: bool
    reason: Text = ""
    limit: int | None = None
    used: int | None = None


class NotEntitled(PermissionDenied):
    """The chamber's plan does not allow it; the message says what to do."""


class Answerer(Protocol):
    """`used` is what the chamber has of it now, counted in its own schema."""

    def answer(self, chamber_id: ChamberId, what: str, amount: int, used: int | None) -> Answer: ...
    def standing(self, chamber_id: ChamberId) -> Standing: ...


Gauge = Callable[[], int]
_answerers: list[Answerer] = []
_gauges: dict[str, Gauge] = {}


def register_answerer(answerer: Answerer) -> None:
    """Said once, by billing. Without one everything is allowed."""
    _answerers[:] = [answerer]


def register_gauge(what: str, gauge: Gauge) -> None:
    """`register_gauge("members.add", count)`: said by the capability that keeps them; counts in the bound chamber."""
    _gauges[what] = gauge


def gauges() -> dict[str, Gauge]:
    return dict(_gauges)


def may(chamber_id: ChamberId, what: str, amount: int = 1) -> Answer:
    """Ask in the transaction that will do it: two who ask at once are answered in turn; neither is over the limit."""
    if not _answerers:
        return Answer(True)
    gauge = _gauges.get(what)
    if gauge and connection.in_atomic_block:
        trail.take_turn()
    return _answerers[0].answer(chamber_id, what, amount, gauge() if gauge else None)


def require(chamber_id: ChamberId, what: str, amount: int = 1) -> None:
    """Raises NotEntitled with the reason."""
    answer = may(chamber_id, what, amount)
    if not answer.allowed:
        raise NotEntitled(str(answer.reason))


def standing(chamber_id: ChamberId) -> Standing:
    """Asked on every page: kept for seconds."""
    if not _answerers:
        return Standing()
    found = caches["shared"].get(_key(chamber_id))
    if found is None:
        found = _answerers[0].standing(chamber_id)
        caches["shared"].set(_key(chamber_id), found, STANDING_IS_KEPT_SECONDS)
    return found  # type: ignore[no-any-return]


def forget_standing(chamber_id: ChamberId) -> None:
    """Said when it changed."""
    caches["shared"].delete(_key(chamber_id))


def _key(chamber_id: ChamberId) -> str:
    return f"standing:{chamber_id}"
