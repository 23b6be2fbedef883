"""Which chamber goes to which: those that ask are assigned to those that receive. Pure. [federation.md B.5]"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

WEIGHTS = {"size": 0.5, "kind": 0.3, "province": 0.2}
EACH = 10.0  # that one more chamber finds a mentor counts for more than how alike any two are
WAITED = 1e-6  # between two that are equally alike the one that has waited longer


@dataclass(frozen=True)
class Asking:
    """A chamber that asks, in the facets of the benchmark year; `never` are those that cannot be its mentor."""

    key: str
    facets: Mapping[str, str]
    never: Collection[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Receiving:
    """A chamber that receives so many more in this half-year."""

    key: str
    facets: Mapping[str, str]
    places: int


def likeness(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """0 to 1: half for the same size band, .3 for the same kind, .2 for the same province. Unknown is not alike."""
    return sum(weight for facet, weight in WEIGHTS.items() if one.get(facet) and one.get(facet) == other.get(facet))


def assign(asking: Sequence[Asking], receiving: Sequence[Receiving]) -> dict[str, str]:
    """Mentor by mentee: as many as can be, then the most alike. `asking` stands in the order of waiting."""
    places = [mentor for mentor in sorted(receiving, key=lambda each: each.key) for _n in range(mentor.places)]
    if not asking or not places:
        return {}
    from scipy.optimize import linear_sum_assignment  # imported late: a web process loads this and assigns nobody

    worth = [[_worth(one, mentor, n) for mentor in places] for n, one in enumerate(asking)]
    pairs = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {asking[row].key: places[column].key for row, column in pairs if worth[row][column]}


def _worth(one: Asking, mentor: Receiving, place: int) -> float:
    if mentor.key == one.key or mentor.key in one.never:
        return 0.0
    return EACH + likeness(one.facets, mentor.facets) - WAITED * place
