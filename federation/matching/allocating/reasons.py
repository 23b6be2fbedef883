"""Why each need that asks for a scarce offer gets it or does not."""

from collections.abc import Iterator

from federation.matching.allocating.contest import Contest, Settled
from federation.matching.models.allocations import Outcome


class Reasons:
    """Of one contest, once it is settled."""

    def __init__(self, contest: Contest, settled: Settled) -> None:
        self.contest, self.given, self.by_score = contest, set(settled.given), set(settled.by_score)
        self.got = {contest.needs[pair] for pair in settled.given}
        self.would_have_got = {contest.needs[pair] for pair in settled.by_score}
        self.least: dict[int, int] = {}  # points of the least of those that an offer is given to
        for pair in settled.given:
            offer, points = contest.offers[pair], contest.points[pair]
            self.least[offer] = min(points, self.least.get(offer, points))

    def __iter__(self) -> Iterator[Outcome]:
        """One for each pair, in their order."""
        return map(self._of, range(len(self.contest.needs)))

    def _of(self, pair: int) -> Outcome:
        need = self.contest.needs[pair]
        if pair in self.given:
            return Outcome.FITS if pair in self.by_score else Outcome.BALANCED
        return Outcome.ELSEWHERE if need in self.got else self._of_empty_handed(pair, need)

    def _of_empty_handed(self, pair: int, need: int) -> Outcome:
        offer = self.contest.offers[pair]
        if not self.contest.times[offer]:
            return Outcome.URGENT_FIRST
        fits_less = self.contest.points[pair] <= self.least.get(offer, -1)
        return Outcome.BETTER if fits_less and need not in self.would_have_got else Outcome.BALANCE
