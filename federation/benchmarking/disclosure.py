"""The disclosure rules D1 to D9: from contributions to what may be published. Pure. [federation.md B.3]

A published percentile is the mean of the three order statistics nearest to it, rounded: a textbook percentile is some
chamber's own value at many sizes. Sums, means, extremes and exact counts are never published.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

RULES = {
    "version": 1,
    "active_days": 90,  # D1
    "members": 10,  # D1
    "others_for_median": 5,  # D2
    "n_for_quartiles": 10,  # D2
    "difference": 5,  # D7
    "money_lag_months": 3,  # D5
}
BANDS = ((0, 9), (10, 19), (20, 49), (50, 99))
ROUNDING: Mapping[str, float] = {"%": 1.0, "d": 0.5, "h": 0.5, "pt": 0.1}


@dataclass(frozen=True)
class Contribution:
    """One chamber's figure for one KPI. `organisation`: who stands behind it; `facets` are declared before."""

    chamber: str
    organisation: str
    value: float
    active_days: int
    members: int
    facets: Mapping[str, str]


class Cohort(NamedTuple):
    """All contributors, or those alike in one facet; never two facets at once (D6)."""

    facet: str
    value: str


ALL = Cohort("all", "")


@dataclass(frozen=True)
class Cell:
    """What is published of a cohort: a suppressed one looks the same whatever the reason."""

    cohort: Cohort
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    band: str = ""

    @property
    def is_suppressed(self) -> bool:
        return self.median is None


@dataclass(frozen=True)
class Outcome:
    """The cells, each contributor's quartile band (D9), and what the audit report keeps."""

    cells: tuple[Cell, ...]
    quartiles: Mapping[str, int]
    audit: Mapping[str, Any]


def release(contributions: Iterable[Contribution], *, unit: str) -> Outcome:
    """Everything that may be said about one KPI in one release."""
    eligible = eligible_of(contributions)
    cohorts = _cohorts(eligible)
    kept, why = _publishable(cohorts)
    cells = tuple(
        _cell(cohort, cohorts[cohort], unit) if cohort in kept else Cell(cohort) for cohort in sorted(cohorts)
    )
    audit = {"rules": RULES, "suppressed": {f"{c.facet}:{c.value}": rule for c, rule in sorted(why.items())}}
    return Outcome(cells, _quartiles(eligible, cells), audit)


def eligible_of(contributions: Iterable[Contribution]) -> list[Contribution]:
    """D1: long enough a member, large enough, one voice for each organisation: the longest here.

    Chambers of which nobody knows who stands behind them have one voice together: they could all be one operator's.
    """
    known: dict[str, Contribution] = {}
    for one in sorted(contributions, key=lambda c: (-c.active_days, c.chamber)):
        if one.active_days >= RULES["active_days"] and one.members >= RULES["members"]:
            known.setdefault(one.organisation, one)
    return list(known.values())


def percentile(values: Sequence[float], q: float, *, unit: str) -> float:
    """D3: the mean of the three order statistics nearest to q(n-1), rounded for its unit."""
    ordered, at = sorted(values), q * (len(values) - 1)
    nearest = sorted(range(len(ordered)), key=lambda i: (abs(i - at), i))[:3]
    return rounded(sum(ordered[i] for i in nearest) / len(nearest), unit)


def rounded(value: float, unit: str) -> float:
    """Rates to one percentage point, days to a half, plain ratios to two significant digits."""
    if unit in ROUNDING:
        step = ROUNDING[unit]
        return round(round(value / step) * step, 6)
    return float(f"{value:.2g}")


def band_of(n: int) -> str:
    """D2: never how many, only roughly."""
    return next((f"{low}-{high}" for low, high in BANDS if low <= n <= high), "100+")


def _cohorts(eligible: Iterable[Contribution]) -> dict[Cohort, list[Contribution]]:
    found: dict[Cohort, list[Contribution]] = defaultdict(list)
    for one in eligible:
        found[ALL].append(one)
        for facet, value in one.facets.items():
            found[Cohort(facet, value)].append(one)
    return found


def _publishable(cohorts: Mapping[Cohort, list[Contribution]]) -> tuple[set[Cohort], dict[Cohort, str]]:
    """D2, then D7 until no two published cohorts differ by one to four chambers: the smaller goes."""
    names = {cohort: {c.chamber for c in members} for cohort, members in cohorts.items()}
    why = {c: "D2" for c, who in names.items() if len(who) <= RULES["others_for_median"]}
    kept = set(names) - set(why)
    while pair := _too_alike(kept, names):
        smaller = min(pair, key=lambda c: (len(names[c]), c != ALL, c))
        kept.discard(smaller)
        why[smaller] = "D7"
    return kept, why


def _too_alike(kept: set[Cohort], names: Mapping[Cohort, set[str]]) -> tuple[Cohort, Cohort] | None:
    def differ(one: Cohort, other: Cohort) -> bool:
        sizes = len(names[one] - names[other]), len(names[other] - names[one])
        return any(0 < size < RULES["difference"] for size in sizes)

    return next((pair for pair in combinations(sorted(kept), 2) if differ(*pair)), None)


def _cell(cohort: Cohort, members: Sequence[Contribution], unit: str) -> Cell:
    values, n = [c.value for c in members], len(members)
    median = percentile(values, 0.5, unit=unit)
    if n < RULES["n_for_quartiles"]:
        return Cell(cohort, median, band=band_of(n))
    at: Callable[[float], float] = lambda q: percentile(values, q, unit=unit)  # noqa: E731
    return Cell(cohort, median, at(0.25), at(0.75), band_of(n))


def _quartiles(eligible: Sequence[Contribution], cells: Sequence[Cell]) -> dict[str, int]:
    """D9: 1 to 4 against the published bounds of all contributors, from ten of them on."""
    whole = next((c for c in cells if c.cohort == ALL), None)
    if whole is None or whole.lower is None or whole.upper is None or whole.median is None:
        return {}
    bounds = (whole.lower, whole.median, whole.upper)
    return {c.chamber: 1 + sum(c.value > bound for bound in bounds) for c in eligible}
