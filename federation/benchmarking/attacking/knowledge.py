"""What the attacker knows: every number of the four releases, and of which chambers it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from federation.benchmarking import disclosure
from federation.benchmarking.attacking.years import Played

World = dict[str, float]


@dataclass(frozen=True)
class Known:
    """One published percentile. The roster is no secret to the attacker: the worst case."""

    members: tuple[str, ...]
    q: float
    number: float
    unit: str

    def holds(self, world: Mapping[str, float]) -> bool:
        """Whether our own rule would publish the same number in that world."""
        return disclosure.percentile([world[who] for who in self.members], self.q, unit=self.unit) == self.number

    def lacks(self, world: Mapping[str, float]) -> float:
        return self.number - disclosure.blurred([world[who] for who in self.members], self.q)

    def window(self, world: Mapping[str, float]) -> list[str]:
        """Those of whose values the number is made."""
        ordered = sorted(self.members, key=world.__getitem__)
        return [ordered[place] for place in disclosure.nearest(len(ordered), self.q)]

    @property
    def slack(self) -> float:
        return disclosure.ROUNDING[self.unit] / 2


def known_of(played: Played) -> list[Known]:
    """Once each: a cell that a later release repeats says nothing new while the values stay."""
    return list(dict.fromkeys(one for outcome in played.outcomes for one in _told(outcome, played.unit)))


def _told(outcome: disclosure.Outcome, unit: str) -> Iterator[Known]:
    for cell in outcome.cells:
        for q, number in ((0.25, cell.lower), (0.5, cell.median), (0.75, cell.upper)):
            if number is not None:
                yield Known(tuple(sorted(outcome.behind(cell.cohort))), q, number, unit)
