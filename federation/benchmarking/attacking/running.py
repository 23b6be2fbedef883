"""Every chamber of every federation as the victim, another as the one who wants to know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from federation.benchmarking.attacking.knowledge import Known, known_of
from federation.benchmarking.attacking.solving import bounds, possible
from federation.benchmarking.attacking.worlds import Worlds
from federation.benchmarking.attacking.years import Played, play

REACH = 0.15  # of the value: whoever can name a number that is certainly no farther from it has found the victim


@dataclass(frozen=True)
class Found:
    """How near one attacker came to one victim: values that are possible, or proved bounds.

    `is_settled`: values far apart were shown to be possible, or the bounds are near. Else nobody knows.
    """

    roster: int
    victim: str
    knower: str
    value: float
    low: float
    high: float
    is_proved: bool

    @property
    def reach(self) -> float:
        """Half the interval, as a share of the value: the error of whoever names its middle."""
        return (self.high - self.low) / 2 / max(abs(self.value), 1)

    @property
    def is_bounded(self) -> bool:
        return self.is_proved and self.reach < REACH

    @property
    def is_settled(self) -> bool:
        return self.is_bounded or not self.is_proved


def attack(rosters: int, *, seed: int = 1, say: Callable[[int], None] = lambda done: None) -> Iterator[Found]:
    """Each victim of each federation that is made of the seed, so that whatever is found is found again."""
    for number in range(rosters):
        chance = Random(f"{seed}:{number}")  # noqa: S311 no secret
        played = play(chance)
        yield from attacked(played, chance, number)
        say(number + 1)


def attacked(played: Played, chance: Random, number: int = 0) -> Iterator[Found]:
    """Those of whom something was published; nobody can say anything about the others."""
    known = known_of(played)
    told = sorted({who for one in known for who in one.members})
    truth = {who: played.values[who] for who in told}
    for victim in told:
        knower = chance.choice([who for who in told if who != victim])
        yield _attacked(Stage(known, truth, _most(played), chance), victim, knower, number)


class Stage(NamedTuple):
    """What the attacker knows, and what is so."""

    known: list[Known]
    truth: dict[str, float]
    most: float
    chance: Random


def _attacked(stage: Stage, victim: str, knower: str, number: int) -> Found:
    """First values that are possible: once they are wide apart no attacker can do better. Only then proved bounds."""
    value, own = stage.truth[victim], {knower: stage.truth[knower]}
    low = high = value
    width = 2 * REACH * max(abs(value), 1)
    for least, greatest in _possible(stage, victim, knower, width):
        low, high = min(low, least), max(high, greatest)
        if high - low >= width:
            return Found(number, victim, knower, value, low, high, is_proved=False)
    return Found(number, victim, knower, value, *bounds(stage.known, victim, own, stage.most), is_proved=True)


def _possible(stage: Stage, victim: str, knower: str, width: float) -> Iterator[tuple[float, float]]:
    for world in Worlds(*stage).around(victim, knower, width=width):
        yield world[victim], world[victim]
    yield from possible(stage.known, stage.truth, victim, {knower: stage.truth[knower]}, stage.most)


def _most(played: Played) -> float:
    return 100.0 if played.unit == "%" else 3 * max(played.values.values())
