"""The disclosure rules against the attacks of federation.md B.4, on the pure functions."""

import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from federation.benchmarking.disclosure import ALL, Contribution, band_of, eligible_of, percentile, release


def chamber(number: int, value: float, *, size: str = "50-199", province: str = "61", **given: object) -> Contribution:
    told = {"organisation": f"o{number}", "active_days": 400, "members": 60, **given}
    return Contribution(chamber=f"c{number}", value=value, facets={"size": size, "province": province}, **told)  # type: ignore[arg-type]


def many(n: int, seed: int = 1) -> list[Contribution]:
    chance = random.Random(seed)
    return [chamber(i, round(100 * chance.betavariate(8, 3), 2)) for i in range(n)]


def whole(contributions: list[Contribution]) -> object:
    return next(c for c in release(contributions, unit="%").cells if c.cohort == ALL)


def test_five_chambers_are_too_few_and_the_cell_says_nothing_about_why_or_how_many() -> None:
    for n in (1, 3, 5):
        cell = whole(many(n))
        assert (cell.median, cell.lower, cell.upper, cell.band) == (None, None, None, "")  # type: ignore[attr-defined]


def test_a_median_needs_five_others_and_quartiles_need_ten() -> None:
    six, nine, ten = whole(many(6)), whole(many(9)), whole(many(10))
    assert six.median is not None and six.lower is None  # type: ignore[attr-defined]
    assert nine.lower is None  # type: ignore[attr-defined]
    assert ten.lower is not None and ten.upper is not None  # type: ignore[attr-defined]


def test_the_number_of_chambers_is_never_told_exactly() -> None:
    assert [band_of(n) for n in (6, 9, 10, 19, 20, 100)] == ["0-9", "0-9", "10-19", "10-19", "20-49", "100+"]


def test_a_percentile_is_the_mean_of_the_three_nearest_order_statistics_then_rounded() -> None:
    values = [11.13, 22.27, 33.31, 44.83, 55.91, 66.11, 77.77, 88.07, 93.41, 95.17, 96.71, 97.3, 99.99]
    assert percentile(values, 0.5, unit="%") == round((66.11 + 77.77 + 88.07) / 3)
    assert percentile(values, 0.25, unit="%") == round((33.31 + 44.83 + 55.91) / 3)
    assert percentile([3.2, 4.9, 7.1], 0.5, unit="d") == 5.0


def test_no_published_number_is_a_chambers_value_except_by_rounding() -> None:
    hits = 0
    for seed in range(200):
        found = many(13, seed)
        cell, values = whole(found), {c.value for c in found}
        hits += sum(n in values for n in (cell.median, cell.lower, cell.upper))  # type: ignore[attr-defined]
    assert hits <= 12  # 2 % of 600, as measured in the specification


def test_a_cohort_that_differs_from_all_by_one_to_four_is_suppressed() -> None:
    for outside in (1, 2, 3, 4):
        found = many(12) + [chamber(100 + i, 50, province="43") for i in range(outside)]
        cells = {c.cohort: c for c in release(found, unit="%").cells}
        assert cells[ALL].median is not None
        assert all(c.is_suppressed for cohort, c in cells.items() if cohort.facet == "province")


def test_two_cohorts_far_enough_apart_are_both_published() -> None:
    found = many(12) + [chamber(100 + i, 40 + i, province="43") for i in range(6)]
    cells = {(c.cohort.facet, c.cohort.value): c for c in release(found, unit="%").cells}
    assert cells["province", "61"].median is not None
    assert cells["province", "43"].median is not None


def test_many_trial_chambers_of_one_operator_count_once() -> None:
    sybils = [chamber(i, 50, organisation="one") for i in range(9)]
    victim = [chamber(99, 87.3)]
    assert len(eligible_of(sybils + victim)) == 2
    assert whole(sybils + victim).median is None  # type: ignore[attr-defined]


def test_newcomers_and_tiny_chambers_do_not_contribute() -> None:
    late, tiny = chamber(1, 50, active_days=89), chamber(2, 50, members=9)
    assert eligible_of([late, tiny]) == []


def test_ones_own_position_is_a_quartile_band_from_ten_chambers_on() -> None:
    assert release(many(9), unit="%").quartiles == {}
    placed = release(many(16), unit="%").quartiles
    assert set(placed.values()) <= {1, 2, 3, 4}
    assert len(placed) == 16


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["10-49", "50-199", "200+"]), st.sampled_from(["61", "43", "33"])), max_size=40)
)
def test_no_two_published_cohorts_ever_differ_by_one_to_four(facets: list[tuple[str, str]]) -> None:
    found = [chamber(i, 10 + i, size=size, province=province) for i, (size, province) in enumerate(facets)]
    who = {}
    for cell in release(found, unit="%").cells:
        if not cell.is_suppressed:
            facet, value = cell.cohort
            who[cell.cohort] = {c.chamber for c in found if facet == "all" or c.facets[facet] == value}
    assert all(len(names) >= 6 for names in who.values())
    for one, other in combinations(who.values(), 2):
        assert not 0 < len(one - other) < 5
        assert not 0 < len(other - one) < 5


def test_nobody_is_told_to_be_in_the_lowest_quarter_of_those_who_all_have_the_same() -> None:
    alike = [chamber(i, 100.0) for i in range(12)]
    assert release(alike, unit="%").quartiles == {}
