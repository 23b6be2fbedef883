"""Attackers who only compute: from published numbers and from what they know themselves. [federation.md B.4]"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from federation.benchmarking import disclosure
from federation.benchmarking.disclosure import ALL, Cell, Cohort, Contribution, Outcome, percentile, release
from federation.benchmarking.models import Place, ReleaseCell

RATES = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 4))
SIZES, PROVINCES, KINDS = ["10-49", "50-199", "200+"], ["61", "43", "33"], ["trade", "local"]
FACETS = st.fixed_dictionaries(
    {"size": st.sampled_from(SIZES), "province": st.sampled_from(PROVINCES), "kind": st.sampled_from(KINDS)}
)


def contribution(number: int, value: float, facets: Mapping[str, str] | None = None, **given: Any) -> Contribution:
    told = {"organisation": f"o{number}", "active_days": 400, "members": 60, **given}
    return Contribution(chamber=f"c{number}", value=value, facets=facets or {}, **told)


def outcome(values: Sequence[float]) -> Outcome:
    return release([contribution(n, value) for n, value in enumerate(values)], unit="%")


def whole(found: Outcome) -> Cell:
    return next((cell for cell in found.cells if cell.cohort == ALL), Cell(ALL))


@given(st.lists(RATES, max_size=5))
def test_t01_five_chambers_say_nothing_whatever_their_values_are(values: list[float]) -> None:
    """Not one, not five: the same cell, and no position for anyone."""
    found = outcome(values)
    assert whole(found) == Cell(ALL)
    assert found.quartiles == {}


@given(st.lists(RATES, min_size=6, max_size=60), st.sampled_from([0.25, 0.5, 0.75]))
def test_t02_a_percentile_is_what_the_rule_says_computed_another_way(values: list[float], q: float) -> None:
    """D3: drop the farthest place until three are left; of two as far, the later one goes."""
    places, at = list(range(len(values))), q * (len(values) - 1)
    while len(places) > 3:
        places.pop(0 if at - places[0] > places[-1] - at else -1)
    mean = sum(sorted(values)[place] for place in places) / 3
    assert abs(percentile(values, q, unit="%") - mean) <= 0.5
    assert percentile(values, q, unit="%") == int(percentile(values, q, unit="%"))


@given(st.lists(RATES, min_size=13, max_size=13, unique=True))
def test_t02_at_thirteen_no_quartile_is_taken_from_one_chamber(values: list[float]) -> None:
    """A textbook quartile of thirteen is the fourth value; here every published number moves with three of them."""
    cell, ordered = whole(outcome(values)), sorted(values)
    for number, place in ((cell.lower, 3), (cell.median, 6), (cell.upper, 9)):
        three = ordered[place - 1 : place + 2]
        assert number == disclosure.rounded(sum(three) / 3, "%")


@settings(max_examples=150)
@given(st.lists(FACETS, max_size=45))
def test_t03_whatever_is_published_no_difference_isolates_one_to_four(facets: list[dict[str, str]]) -> None:
    found = [contribution(n, 10 + n, each) for n, each in enumerate(facets)]
    cells = [cell for cell in release(found, unit="%").cells if not cell.is_suppressed]
    who = {cell.cohort: frozenset(c.chamber for c in found if _is_in(c, cell.cohort)) for cell in cells}
    assert all(len(names) > disclosure.RULES["others_for_median"] for names in who.values())
    for one in who.values():
        assert [other for other in who.values() if 0 < len(one - other) < 5] == []


@given(st.lists(FACETS, min_size=6, max_size=45))
def test_t04_no_cohort_crosses_two_facets(facets: list[dict[str, str]]) -> None:
    declared = {Cohort("size", v) for v in SIZES} | {Cohort("province", v) for v in PROVINCES}
    declared |= {Cohort("kind", v) for v in KINDS} | {ALL}
    found = release([contribution(n, 10 + n, each) for n, each in enumerate(facets)], unit="%")
    assert {cell.cohort for cell in found.cells} <= declared


@settings(max_examples=200)
@given(st.lists(RATES, min_size=9, max_size=9), st.permutations(range(9)))
def test_t08_four_who_pool_their_values_bound_a_fifth_on_one_side_at_most(
    values: list[float], order: list[int]
) -> None:
    """The exact attacker: every value of the victim for which the five others' could give the published median."""
    colluding = [values[n] for n in order[:4]]
    median = whole(outcome(values)).median
    assert median is not None
    low, high = feasible(colluding, unknown=4, median=median)
    victim = values[order[4]]
    assert low - 1 <= victim <= high + 1
    assert low == 0 or high == 100, "bounded on both sides"
    assert not 20 <= victim <= 80 or high - low >= 15


def feasible(known: Sequence[float], *, unknown: int, median: float) -> tuple[float, float]:
    """The victim's least and greatest value, in steps of one: the median grows with each value, the others are free."""

    def could_be(victim: float) -> bool:
        least = percentile([*known, victim, *[0.0] * unknown], 0.5, unit="%")
        most = percentile([*known, victim, *[100.0] * unknown], 0.5, unit="%")
        return least <= median <= most

    possible = [float(victim) for victim in range(101) if could_be(victim)]
    return possible[0], possible[-1]


@given(st.lists(RATES, min_size=1, max_size=30), RATES, st.booleans())
def test_t09_the_chambers_of_one_operator_have_one_voice(sybils: list[float], victim: float, has_code: bool) -> None:
    """With its code, or without any: nobody knows who stands behind those."""
    mine = [contribution(n, value, organisation="one" if has_code else "") for n, value in enumerate(sybils)]
    found = release([*mine, contribution(99, victim)], unit="%")
    assert [cell for cell in found.cells if not cell.is_suppressed] == []
    assert len(disclosure.eligible_of([*mine, contribution(99, victim)])) == 2


def test_t10_t11_no_total_mean_extreme_or_count_has_a_place_to_stand() -> None:
    """No sum can be dominated and no table with totals subtracted when neither exists."""
    of_a_cell = {field.name for field in ReleaseCell._meta.concrete_fields}
    numbers = of_a_cell - {"id", "created_at", "changed_at", "release", "code", "version", "unit", "direction"}
    assert numbers == {"facet", "value", "median", "lower", "upper", "band"}
    of_a_place = {field.name for field in Place._meta.concrete_fields}
    assert of_a_place == {"id", "created_at", "changed_at", "release", "chamber_id", "code", "quartile", "is_counted"}


@given(st.lists(RATES, min_size=10, max_size=60), st.integers(0, 9))
def test_d9_a_position_says_no_more_than_a_quarter(values: list[float], place: int) -> None:
    """Whoever moves within the same published bounds keeps the same band; bounds that are one number tell none."""
    found = outcome(values)
    cell = whole(found)
    assert cell.lower is not None and cell.median is not None and cell.upper is not None
    bounds = (cell.lower, cell.median, cell.upper)
    expected = 1 + sum(values[place] > bound for bound in bounds)
    assert found.quartiles.get(f"c{place}") == (None if cell.lower == cell.upper else expected)


@given(st.lists(RATES, min_size=10, max_size=40))
def test_d9_nobody_has_a_position_where_no_quartiles_are_published(values: list[float]) -> None:
    few = outcome(values[:9])
    assert (whole(few).lower, few.quartiles) == (None, {})
    assert whole(few).median is not None


@pytest.mark.parametrize(
    ("change", "is_counted"),
    [
        ({}, True),
        ({"active_days": 90, "members": 10}, True),
        ({"active_days": 89}, False),
        ({"members": 9}, False),
        ({"organisation": "o1"}, False),
    ],
)
def test_d1_who_counts(change: dict[str, Any], is_counted: bool) -> None:
    five = [contribution(n, 50 + n) for n in range(5)]
    sixth = contribution(5, 60, **change)
    assert (whole(release([*five, sixth], unit="%")).median is not None) is is_counted


def test_d4_no_kpi_of_the_house_is_an_amount_of_money() -> None:
    from huiguan.capability import kpis

    assert {kpi.unit for kpi in kpis().values()} <= {"%", "d", "h", "pt", ""}


@given(st.integers(1, 500))
def test_d2_a_band_holds_many_counts(n: int) -> None:
    """Ten counts at least answer to each band, but for those that publish nothing."""
    same = [other for other in range(1, 1000) if disclosure.band_of(other) == disclosure.band_of(n)]
    assert len(same) >= 9


def _is_in(one: Contribution, cohort: Cohort) -> bool:
    return cohort == ALL or one.facets.get(cohort.facet) == cohort.value
