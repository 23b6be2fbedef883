"""Whose turn it is to host, and why, in numbers that every chamber can check. Nothing here touches the database.

A chamber is entitled to an equal share of every session held while it belonged; the one that has hosted least against
its share is asked first. A fixed ring was measured too: with refusals it drifts three times as far. [federation.md C]
"""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

REFUSALS_BEFORE_CO_HOST = 2


class Standing(StrEnum):
    """Where a chamber is in the queue for one session."""

    READY = "ready"  # may be asked
    CO_HOST = "co_host"  # may be asked, together with another: it declined twice in a row
    RESTING = "resting"  # hosted only lately
    DECLINED = "declined"  # said no to this session; its claim stays


@dataclass(frozen=True)
class Held:
    """An earlier session: the chambers that shared it, who hosted it, who was asked and declined."""

    active: frozenset[uuid.UUID]
    host: uuid.UUID | None = None
    co_host: uuid.UUID | None = None
    declined: frozenset[uuid.UUID] = frozenset()

    def hosted_by(self, chamber: uuid.UUID) -> float:
        """1 for the host; half for each of two that hosted together."""
        return (0.5 if self.co_host else 1.0) if chamber in (self.host, self.co_host) else 0.0

    def share(self, chamber: uuid.UUID) -> float:
        return 1 / len(self.active) if chamber in self.active else 0.0


@dataclass(frozen=True)
class Candidate:
    """A chamber in the queue. `since` counts the sessions since it last hosted; None if it never did."""

    chamber: uuid.UUID
    entitled: float
    hosted: float
    since: int | None
    rest: int
    refusals: int
    standing: Standing

    @property
    def balance(self) -> float:
        """Hosted minus entitled: the more below nought, the sooner its turn."""
        return self.hosted - self.entitled

    @property
    def can_be_asked(self) -> bool:
        return self.standing in (Standing.READY, Standing.CO_HOST)


def queue(
    active: Collection[uuid.UUID], history: Sequence[Held], *, declined: Collection[uuid.UUID] = ()
) -> list[Candidate]:
    """The chambers in the order in which they are to be asked for the next session.

    `history` is in time order; `declined` are those that already said no to the next one.
    """
    candidates = [_candidate(chamber, active, history, declined) for chamber in active]
    return sorted(candidates, key=_turn)


def cooldown(active: int) -> int:
    """How many sessions of others lie between two of the same host."""
    return max(2, active // 2)


def _candidate(
    chamber: uuid.UUID, active: Collection[uuid.UUID], history: Sequence[Held], declined: Collection[uuid.UUID]
) -> Candidate:
    since, refusals, rest = _since(chamber, history), _refusals(chamber, history, declined), cooldown(len(active))
    return Candidate(
        chamber=chamber,
        entitled=sum(held.share(chamber) for held in history) + 1 / len(active),
        hosted=sum(held.hosted_by(chamber) for held in history),
        since=since,
        rest=rest,
        refusals=refusals,
        standing=_standing(
            is_resting=since is not None and since < rest, has_declined=chamber in declined, refusals=refusals
        ),
    )


def _standing(*, is_resting: bool, has_declined: bool, refusals: int) -> Standing:
    if has_declined:
        return Standing.DECLINED
    if is_resting:
        return Standing.RESTING
    return Standing.CO_HOST if refusals >= REFUSALS_BEFORE_CO_HOST else Standing.READY


def _turn(candidate: Candidate) -> tuple[int, float, float, str]:
    """Who can be asked, then the largest due, then the longest since, then an order that nobody chose."""
    groups = {Standing.READY: 0, Standing.CO_HOST: 0, Standing.RESTING: 1, Standing.DECLINED: 2}
    since = float("inf") if candidate.since is None else candidate.since
    lot = hashlib.sha256(candidate.chamber.bytes).hexdigest()
    return groups[candidate.standing], round(candidate.balance, 9), -since, lot


def _since(chamber: uuid.UUID, history: Sequence[Held]) -> int | None:
    """Sessions held after the last one it hosted: 0 when it hosted the latest."""
    for passed, held in enumerate(reversed(history)):
        if held.hosted_by(chamber):
            return passed
    return None


def _refusals(chamber: uuid.UUID, history: Sequence[Held], declined: Collection[uuid.UUID]) -> int:
    """How often in a row it declined when it was asked; hosting ends the row."""
    row = 1 if chamber in declined else 0
    for held in reversed(history):
        if held.hosted_by(chamber):
            break
        row += chamber in held.declined
    return row
