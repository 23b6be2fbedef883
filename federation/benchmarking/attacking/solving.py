"""Whoever compares two published cohorts that differ by one or two: linear programmes bound one of these for certain.

Those in both cohorts are told apart by nothing, so they stand in their order without a name. For each place that the
others can have among them every percentile is a linear term, and the programme is exact.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from federation.benchmarking import disclosure
from federation.benchmarking.attacking.knowledge import Known

FEW = 2
Cells = Mapping[frozenset[str], list[Known]]
Span = tuple[float, float]
Row = NDArray[np.float64]


def bounds(known: Iterable[Known], victim: str, own: Mapping[str, float], most: float) -> Span:
    """Least and greatest value that the victim can have, by any two cells of which one alone has it. `own`: known."""
    low, high = 0.0, most
    for cells in _pairs(known, victim):
        both = frozenset.intersection(*cells)
        others = sorted(frozenset.union(*cells) - both)
        mine = {who: value for who, value in own.items() if who in others}
        told = [one for known_of_a_cell in cells.values() for one in known_of_a_cell]
        found = (span(order, told, victim, mine, most) for order in _orders(sorted(both), others))
        spans = [each for each in found if each]
        low, high = max(low, min(spans)[0]), min(high, max(each[1] for each in spans))
    return low, high


def possible(
    known: Sequence[Known], truth: Mapping[str, float], victim: str, own: Mapping[str, float], most: float
) -> Iterator[Span]:
    """Values of the victim by all that is published, while the others stand as they truly do: not all, but certain."""
    others = sorted(truth.keys() - {victim}, key=truth.__getitem__)
    for place in range(len(truth)):
        order = [*others[:place], victim, *others[place:]]
        if found := span(order, known, victim, own, most, edge=0.001):
            yield found


def _pairs(known: Iterable[Known], victim: str) -> Iterator[Cells]:
    cells: dict[frozenset[str], list[Known]] = defaultdict(list)
    for number in known:
        cells[frozenset(number.members)].append(number)
    for one, other in combinations(cells, 2):
        if victim in one ^ other and len(one ^ other) <= FEW:
            yield {one: cells[one], other: cells[other]}


def _orders(alike: Sequence[str], others: Sequence[str]) -> Iterator[list[str]]:
    """Every way in which the others can stand among those who are alike, the lowest first."""
    if not others:
        yield list(alike)
        return
    for order in _orders(alike, others[1:]):
        for place in range(len(order) + 1):
            yield [*order[:place], others[0], *order[place:]]


def span(
    order: Sequence[str], told: Iterable[Known], victim: str, own: Mapping[str, float], most: float, *, edge: float = 0
) -> Span | None:
    """The victim's least and greatest value while all stand in this order; None when nothing published allows it."""
    place = {who: n for n, who in enumerate(order)}
    rows, limits = _ascending(len(order)), [0.0] * (len(order) - 1)
    for one in told:
        row = _mean(one, order, place)
        rows += [row, -row]
        limits += [one.number + one.slack - edge, -one.number + one.slack - edge]
    within = [(own.get(who, 0.0), own.get(who, most)) for who in order]
    goal = np.zeros(len(order))
    goal[place[victim]] = 1
    least, greatest = (linprog(sign * goal, A_ub=rows, b_ub=limits, bounds=within, method="highs") for sign in (1, -1))
    return (float(least.fun), -float(greatest.fun)) if least.success and greatest.success else None


def _ascending(n: int) -> list[Row]:
    """Each is at most the next."""
    return list(np.eye(n)[:-1] - np.eye(n)[1:])


def _mean(one: Known, order: Sequence[str], place: Mapping[str, int]) -> Row:
    """The published percentile before it was rounded, of those who stand in its window."""
    members = frozenset(one.members)
    standing = [who for who in order if who in members]
    window = [standing[n] for n in disclosure.nearest(len(standing), one.q)]
    row = np.zeros(len(order))
    row[[place[who] for who in window]] = 1 / len(window)
    return row
