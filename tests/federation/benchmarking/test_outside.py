"""What is told outside the federation carries noise, within a budget. [federation.md D13]"""

import math
import random
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from federation.benchmarking.disclosure import Contribution, release
from federation.benchmarking.noise import GRIDS, QUARTILES, chances, grid_of, told_outside

EPSILON = 1.0
GRID = grid_of("%")


def contributions(n: int, seed: int = 1) -> list[Contribution]:
    chance = random.Random(seed)
    told = {"active_days": 400, "members": 60, "facets": {}}
    values = (round(100 * chance.betavariate(8, 3), 2) for _ in range(n))
    return [Contribution(chamber=f"c{i}", organisation=f"o{i}", value=v, **told) for i, v in enumerate(values)]  # type: ignore[arg-type]


@settings(max_examples=12)
@given(
    st.lists(st.floats(0, 100), min_size=100, max_size=140), st.floats(-50, 150), st.data(), st.sampled_from(QUARTILES)
)
def test_no_figure_of_one_chamber_makes_any_answer_much_likelier(
    values: list[float], other: float, data: Any, q: float
) -> None:
    """The definition itself, for every number that could be told: the chances differ by at most e^epsilon."""
    whose = data.draw(st.integers(0, len(values) - 1))
    share = EPSILON / len(QUARTILES)
    without = [*values[:whose], other, *values[whose + 1 :]]
    pairs = zip(
        chances(values, q, grid=GRID, epsilon=share), chances(without, q, grid=GRID, epsilon=share), strict=True
    )
    assert all(abs(math.log(here / there)) <= share + 1e-9 for here, there in pairs)


def test_the_quartiles_of_one_kpi_share_one_budget() -> None:
    told = told_outside([c.value for c in contributions(100)], unit="%", chance=random.Random(1))
    assert told is not None and told.epsilon == EPSILON


def test_fewer_than_a_hundred_or_an_unknown_range_tell_nothing() -> None:
    values = [c.value for c in contributions(100)]
    assert told_outside(values[:99], unit="%", chance=random.Random(1)) is None
    assert told_outside(values, unit="", chance=random.Random(1)) is None


@pytest.mark.parametrize("unit", GRIDS)
def test_only_numbers_of_the_grid_are_told_and_in_order(unit: str) -> None:
    far = [10.0**6] * 50 + [-(10.0**6)] * 60
    for seed in range(20):
        told = told_outside(far, unit=unit, chance=random.Random(seed))
        assert told is not None and told.lower <= told.median <= told.upper
        assert {told.lower, told.median, told.upper} <= set(grid_of(unit))


def test_the_noise_leaves_the_median_of_three_hundred_within_a_few_points() -> None:
    values = [c.value for c in contributions(300)]
    true = sorted(values)[150]
    told = [told_outside(values, unit="%", chance=random.Random(seed)) for seed in range(60)]
    away = sorted(abs(one.median - true) for one in told if one)
    assert 0 < away[30] <= 3


@pytest.fixture
def opened(hunan: Any) -> Any:
    from federation.benchmarking.models import Release

    def make(quarter: int, **said: Any) -> Any:
        return Release.objects.create(federation_id=hunan.pk, year=2026, quarter=quarter, **said)

    return make


def tell(found: Any, n: int) -> list[Any]:
    from federation.benchmarking.outside import tell_outside

    sent = contributions(n)
    tell_outside(found, {"K02": release(sent, unit="%")}, {"K02": sent}, chance=random.Random(3))
    return list(found.outside.all())


def test_it_is_off_by_default(opened: Any) -> None:
    assert tell(opened(1), 120) == []


def test_a_kpi_is_told_outside_once_a_year(opened: Any) -> None:
    from federation.benchmarking.models import OutsideCell

    first, second = opened(1, is_for_outside=True), opened(2, is_for_outside=True)
    assert tell(first, 99) == []
    (cell,) = tell(first, 120)
    assert (cell.code, cell.epsilon) == ("K02", EPSILON)
    assert tell(second, 120) == []
    again = {"federation_id": first.federation_id, "release": second, "year": 2026, "code": "K02"}
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideCell.objects.create(**again, lower=1, median=2, upper=3, epsilon=0.1)


def test_a_coordinator_reads_what_may_be_passed_on(opened: Any, signed_in: Any) -> None:
    found = opened(1, is_for_outside=True)
    tell(found, 120)
    type(found).objects.filter(pk=found.pk).update(status="frozen")
    shown = signed_in("lian").get(f"/benchmarking/release/{UUID(str(found.pk))}/").content.decode()
    assert "可对外提供的数字" in shown and "会员留存率" in shown
