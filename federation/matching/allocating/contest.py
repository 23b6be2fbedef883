"""Who asks for what is scarce, and who gets it, in plain numbers: what goes to the solver and comes back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

POINTS = 10_000  # of a score of 1; the solver counts in whole numbers
STEPS = (6000, 3000, 1500, 500)  # what a chamber's first, second … served need adds, in points
EDGES = 40  # of each need, the best are looked at


@dataclass(frozen=True, slots=True)
class Contest:
    """Pair i: need `needs[i]` asks for offer `offers[i]`, which fits by `points[i]`. All are numbered from 0.

    `chambers[n]`: the chamber of need n. `times[o]`: how often offer o can still be given. `served[c]`: how many needs
    of chamber c hold one of these offers already.
    """

    needs: Sequence[int]
    offers: Sequence[int]
    points: Sequence[int]
    chambers: Sequence[int]
    times: Sequence[int]
    served: Sequence[int]

    def total(self, pairs: Iterable[int]) -> int:
        return sum(self.points[pair] for pair in pairs)

    def got(self, pairs: Iterable[int]) -> Counter[int]:
        """How many needs of each chamber these pairs serve."""
        return Counter(self.chambers[self.needs[pair]] for pair in pairs)

    def evenness(self, pairs: Iterable[int]) -> float:
        """Jain's index of the shares that chambers get of what they ask for: 1 when all get the same share."""
        asked, got = Counter(self.chambers), self.got(pairs)
        shares = [got[chamber] / asked[chamber] for chamber in sorted(asked)]
        squares = sum(share * share for share in shares)
        return sum(shares) ** 2 / (len(shares) * squares) if squares else 1.0


@dataclass(frozen=True, slots=True)
class Settled:
    """The pairs that are given, those that would be by score alone, and how it was done.

    `is_raised`: a chamber would have got nothing although it could, so its first need was made to count for more.
    """

    given: tuple[int, ...]
    by_score: tuple[int, ...]
    is_raised: bool
    solver: str
