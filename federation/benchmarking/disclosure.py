"""The disclosure rules D1 to D10: from contributions to what may be published. Pure. [federation.md B.3]

A published percentile is the mean of the three order statistics nearest to it, rounded: a textbook percentile is some
chamber's own value at many sizes. Sums, means, extremes and exact counts are never published, and no cohort crosses two
facets: there is no table of which a suppressed cell could be the difference (D10).
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

RULES = {
    "version": 3,
    "active_days": 90,  # D1
    "members": 10,  # D1
    "others_for_median": 5,  # D2
    "n_for_quartiles": 10,  # D2
    "difference": 5,  # D7
    "joiners": 5,  # D8
    "facets_of_a_cohort": 1,  # D6, D10
    "money_lag_months": 3,  # D5
    "n_outside": 100,  # D13
    "epsilon_outside": 1.0,  # D13: for a KPI in a year
}
BANDS = ((0, 9), (10, 19), (20, 49), (50, 99))
ROUNDING: Mapping[str, float] = {"%": 1.0, "d": 0.5, "h": 0.5, "pt": 0.1}


@dataclass(frozen=True)
class Contribution:
    """One chamber's figure for one KPI. `organisation`: who stands behind it; `facets` are declared before.

    `is_for_topics`: it may count when topics are suggested [federation.md B.5].
    """

    chamber: str
    organisation: str
    value: float
    active_days: int
    members: int
    facets: Mapping[str, str]
    is_for_topics: bool = False


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
class Year:
    """What the benchmark year has settled for one KPI: its roster with the facets of each chamber (D8), and who
    stood behind each cell that was published."""

    roster: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    behind: frozenset[frozenset[str]] = frozenset()

    def after(self, outcome: "Outcome") -> "Year":
        """What is settled once that is published."""
        if outcome.is_silent:
            return self
        shown = {outcome.behind(cell.cohort) for cell in outcome.cells if not cell.is_suppressed}
        return Year({**outcome.counted, **self.roster}, self.behind | shown)


@dataclass(frozen=True)
class Outcome:
    """The cells, who counted and in which facets, each one's quartile band (D9), and what the audit report keeps."""

    cells: tuple[Cell, ...]
    counted: Mapping[str, Mapping[str, str]]
    quartiles: Mapping[str, int]
    audit: Mapping[str, Any]

    @property
    def is_silent(self) -> bool:
        return all(cell.is_suppressed for cell in self.cells)

    def behind(self, cohort: Cohort) -> frozenset[str]:
        """The chambers of a cohort."""
        counted = self.counted.items()
        return frozenset(who for who, facets in counted if cohort == ALL or facets.get(cohort.facet) == cohort.value)


def release(contributions: Iterable[Contribution], *, unit: str, year: Year | None = None) -> Outcome:
    """Everything that may be said about one KPI in one release, after what the year has said already."""
    settled = year or Year()
    counted = counted_of(contributions, settled)
    cohorts = _cohorts(counted)
    kept, why = _publishable(cohorts, settled)
    cells = tuple(
        _cell(cohort, cohorts[cohort], unit) if cohort in kept else Cell(cohort) for cohort in sorted(cohorts)
    )
    roster = {c.chamber: dict(c.facets) for c in counted}
    return Outcome(cells, roster, _quartiles(counted, cells), _audit(roster, why))


def _audit(roster: Mapping[str, Mapping[str, str]], why: Mapping[Cohort, str]) -> dict[str, Any]:
    suppressed = {f"{cohort.facet}:{cohort.value}": rule for cohort, rule in sorted(why.items())}
    return {"rules": RULES, "roster": roster_hash(roster), "suppressed": suppressed}


def roster_hash(roster: Mapping[str, Mapping[str, str]]) -> str:
    """Tells whether two releases compared the same chambers in the same cohorts, and not which."""
    return hashlib.sha256(
        repr(sorted((who, sorted(facets.items())) for who, facets in roster.items())).encode()
    ).hexdigest()


def counted_of(contributions: Iterable[Contribution], year: Year) -> list[Contribution]:
    """D8: those on the roster, in the facets they entered with; others wait for a year, or to be five."""
    found = list(contributions)
    standing = [replace(c, facets=year.roster[c.chamber]) for c in found if c.chamber in year.roster]
    voices = {c.organisation for c in standing}
    joiners = [c for c in eligible_of(c for c in found if c.chamber not in year.roster) if c.organisation not in voices]
    is_awaited = bool(year.roster) and len(joiners) < RULES["joiners"]
    return standing if is_awaited else [*standing, *joiners]


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
    return rounded(blurred(values, q), unit)


def blurred(values: Sequence[float], q: float) -> float:
    """The mean before it is rounded. Never published."""
    ordered, places = sorted(values), nearest(len(values), q)
    return sum(ordered[place] for place in places) / len(places)


@lru_cache(maxsize=1000)
def nearest(n: int, q: float) -> tuple[int, ...]:
    """The three places of n, counted from 0; of two as far the lower one."""
    at = q * (n - 1)
    return tuple(sorted(sorted(range(n), key=lambda place: (abs(place - at), place))[:3]))


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


def _publishable(cohorts: Mapping[Cohort, list[Contribution]], year: Year) -> tuple[set[Cohort], dict[Cohort, str]]:
    """D2; D7 against what the year has published; then D7 until no two cohorts are too alike: the smaller goes."""
    names = {cohort: frozenset(c.chamber for c in members) for cohort, members in cohorts.items()}
    why = {c: "D2" for c, who in names.items() if len(who) <= RULES["others_for_median"]}
    why |= {c: "D8" for c, who in names.items() if c not in why and any(_isolates(who, then) for then in year.behind)}
    kept = set(names) - set(why)
    while pair := _too_alike(kept, names):
        smaller = min(pair, key=lambda c: (len(names[c]), c != ALL, c))
        kept.discard(smaller)
        why[smaller] = "D7"
    return kept, why


def _too_alike(kept: set[Cohort], names: Mapping[Cohort, frozenset[str]]) -> tuple[Cohort, Cohort] | None:
    pairs = combinations(sorted(kept), 2)
    return next((pair for pair in pairs if _isolates(names[pair[0]], names[pair[1]])), None)


def _isolates(one: frozenset[str], other: frozenset[str]) -> bool:
    """D7: what is in one and not in the other are one to four chambers."""
    return any(0 < size < RULES["difference"] for size in (len(one - other), len(other - one)))


def _cell(cohort: Cohort, members: Sequence[Contribution], unit: str) -> Cell:
    values, n = [c.value for c in members], len(members)
    median = percentile(values, 0.5, unit=unit)
    if n < RULES["n_for_quartiles"]:
        return Cell(cohort, median, band=band_of(n))
    at: Callable[[float], float] = lambda q: percentile(values, q, unit=unit)  # noqa: E731
    return Cell(cohort, median, at(0.25), at(0.75), band_of(n))


def _quartiles(eligible: Sequence[Contribution], cells: Sequence[Cell]) -> dict[str, int]:
    """D9: 1 to 4 against the published bounds of all contributors, from ten of them on.

    None where the middle half is one number: whoever has it too would stand in the lowest quarter.
    """
    whole = next((c for c in cells if c.cohort == ALL), None)
    if whole is None or whole.lower is None or whole.upper is None or whole.median is None:
        return {}
    if whole.lower == whole.upper:
        return {}
    bounds = (whole.lower, whole.median, whole.upper)
    return {c.chamber: 1 + sum(c.value > bound for bound in bounds) for c in eligible}
