"""A benchmark year: its roster is fixed, and what is published later cannot be held against what was. [D8, T06, T07]"""

from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from federation.benchmarking.disclosure import RULES, Contribution, Year, release
from federation.benchmarking.models import Place, RosterEntry
from huiguan.tenancy.binding import in_federation

NUMBERS = ("code", "facet", "value", "median", "lower", "upper", "band")


def released(house: Any, quarter: int, values: dict[UUID, float], year: int = 2026) -> Any:
    opened = house.opened(quarter, year)
    for chamber_id, value in values.items():
        house.send(chamber_id, value, quarter=quarter, year=year)
    return house.frozen(opened)


def numbers(rows: list[Any]) -> list[Any]:
    return sorted([row[name] for name in NUMBERS] for row in rows)


def counted(release: Any) -> set[Any]:
    with in_federation():
        return set(Place.objects.filter(release=release, is_counted=True).values_list("chamber_id", flat=True))


def test_t07_one_joiner_changes_no_number_before_the_next_year(house: Any, published: Any) -> None:
    """The figures of the others are as before; it reads what they read, for it has contributed. [D12]"""
    chambers = {house.joined(): 60.0 + n for n in range(7)}
    joiner = house.joined()
    first = released(house, 1, chambers)
    second = released(house, 2, {**chambers, joiner: 5})
    third = released(house, 3, {**chambers, joiner: 95})
    assert numbers(published(first)) == numbers(published(second)) == numbers(published(third)) != []
    assert counted(third) == set(chambers)
    with in_federation():
        assert Place.objects.get(release=second, chamber_id=joiner).quartile is None
    rebased = released(house, 1, {**dict.fromkeys(chambers, 60.0), joiner: 95}, year=2025)
    assert counted(rebased) == {*chambers, joiner}


def test_t07_four_joiners_wait_and_five_enter_together(house: Any) -> None:
    chambers = {house.joined(): 60.0 + n for n in range(7)}
    joiners = {house.joined(): 90.0 for _n in range(5)}
    released(house, 1, chambers)
    four = dict(list(joiners.items())[:4])
    assert counted(released(house, 2, {**chambers, **four})) == set(chambers)
    assert counted(released(house, 3, {**chambers, **joiners})) == {*chambers, *joiners}
    with in_federation():
        assert RosterEntry.objects.filter(code="K02", year=2026).count() == 12


def test_a_chamber_that_grows_stays_in_the_cohort_it_entered_with(house: Any, published: Any) -> None:
    """Otherwise two cohorts would differ by one from a release to the next."""
    chambers = {house.joined(): 60.0 + n for n in range(12)}
    first = released(house, 1, chambers)
    opened = house.opened(2)
    for number, (chamber_id, value) in enumerate(chambers.items()):
        house.send(chamber_id, value, quarter=2, members=60 if number else 300)
    assert numbers(published(house.frozen(opened))) == numbers(published(first))


def test_t06_after_one_has_gone_nothing_is_published_that_could_be_held_against_before(
    house: Any, published: Any
) -> None:
    """Thirteen and twelve differ by one: the second says nothing, until it is the same thirteen again."""
    chambers = {house.joined(): 60.0 + n for n in range(13)}
    assert published(released(house, 1, chambers)) != []
    without_one = dict(list(chambers.items())[1:])
    second = released(house, 2, without_one)
    assert published(second) == []
    assert set(second.audit["K02"]["suppressed"].values()) == {"D8"}
    assert published(released(house, 3, chambers)) != []


def test_a_release_keeps_by_which_rules_and_for_which_roster_it_was_made(house: Any) -> None:
    """The roster's hash is the same for the same chambers and another for others; it is made of no figure."""
    chambers = {house.joined(): 60.0 + n for n in range(8)}
    first = released(house, 1, chambers)
    second = released(house, 2, dict.fromkeys(chambers, 99.0))
    third = released(house, 3, {**dict(list(chambers.items())[1:]), house.joined(): 50.0})
    assert first.audit["K02"]["rules"] == RULES
    assert first.roster_hash == second.roster_hash != third.roster_hash
    assert first.audit["K02"]["roster"] != third.audit["K02"]["roster"]


FACETS = st.fixed_dictionaries({"size": st.sampled_from("abc"), "province": st.sampled_from("xy")})


@settings(max_examples=100)
@given(st.lists(FACETS, min_size=6, max_size=30), st.lists(st.sets(st.integers(0, 29)), min_size=3, max_size=3))
def test_of_four_releases_no_two_cells_differ_by_one_to_four(facets: list[Any], absent: list[set[int]]) -> None:
    """Whoever stays away from which release, and whichever cohort one looks at."""
    everyone = [Contribution(f"c{n}", f"o{n}", 50.0 + n, 400, 60, each) for n, each in enumerate(facets)]
    year, behind = Year(), set()
    for away in (set(range(0, 30, 7)), *absent):
        outcome = release((c for n, c in enumerate(everyone) if n not in away), unit="%", year=year)
        behind |= {outcome.behind(cell.cohort) for cell in outcome.cells if not cell.is_suppressed}
        year = year.after(outcome)
    for one in behind:
        assert [other for other in behind if 0 < len(one - other) < 5] == []
