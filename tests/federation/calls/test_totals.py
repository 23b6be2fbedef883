"""Totals that other chambers read tell of no single one: the rules D2 and D4, and that they are told once."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from federation.calls.totals import Total, total_of
from tests.federation.calls.conftest import seen_by

FIGURE = {"label": "引进项目数", "kind": "number", "unit": "个"}
AMOUNTS = st.integers(0, 10**9).map(Decimal)


def _values(*numbers: float) -> list[Decimal]:
    return [Decimal(str(n)) for n in numbers]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (_values(*[10] * 10), Total(exact=Decimal(100))),
        (_values(*[10] * 9), Total(over=Decimal(10))),
        (_values(*[10] * 5), Total()),
        (_values(30, *[10] * 9), Total(exact=Decimal(120))),
        (_values(31, *[10] * 9), Total(over=Decimal(100))),
        (_values(*[0] * 12), Total()),
        (_values(*[1] * 10), Total(exact=Decimal(10))),
        (_values(*[1000] * 6), Total(over=Decimal(1000))),
        (_values(2500, 2500, 2500, 2499, *[0] * 8), Total(over=Decimal(1000))),
    ],
)
def test_d4_by_hand(values: list[Decimal], told: Total) -> None:
    assert total_of(values) == told


@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_nobody_works_another_out_to_fifteen_per_cent(values: list[Decimal]) -> None:
    """The attacker is any one chamber, which knows its own answer and that no answer is below nought."""
    told, victim = total_of(values), max(values)
    others = sorted(values, reverse=True)[1:]
    if told.exact is not None:
        assert len(values) >= 10 and victim * 4 <= told.exact
        assert told.exact - max(others) - victim >= Decimal("0.15") * victim
    if told.over is not None:
        assert len(values) > 5 and told.over < sum(values) <= 10 * told.over


@given(st.lists(AMOUNTS, min_size=6, max_size=9), st.integers(0, 8))
def test_even_all_others_together_learn_a_side_or_a_wide_range_from_a_band(values: list[Decimal], at: int) -> None:
    told, victim = total_of(values), values[at % len(values)]
    if told.over is None:
        return
    known = sum(values) - victim
    low, high = max(Decimal(), told.over - known), 10 * told.over - known
    assert low <= victim <= high
    assert low == 0 or high - low >= Decimal("0.15") * victim


@pytest.mark.django_db
def test_totals_are_told_after_the_close_once_and_to_those_who_were_accepted(
    sent: Any, answered: Any, coordinating: Any, changde: Any, shaoyang: Any
) -> None:
    from huiguan.states import WrongState

    call = sent(FIGURE)
    for chamber in (changde, shaoyang):
        answered(call, chamber, "3")
    with coordinating():
        call.receipts.get(chamber_id=changde.pk).accept()
        with pytest.raises(WrongState):
            call.share_totals()
        call.close()
        call.share_totals()
        assert call.shared_totals == [{"label": "引进项目数", "unit": "个", "exact": "", "over": ""}]
        with pytest.raises(ValidationError):
            call.share_totals()
    assert [t.label for t in seen_by(changde, call).totals] == ["引进项目数"]
    assert seen_by(shaoyang, call).totals == ()


@pytest.mark.django_db
def test_of_two_editions_one_alone_is_told(sent: Any, coordinating: Any) -> None:
    first = sent(FIGURE)
    with coordinating():
        first.revise()
        second = first.next_edition
        second.send()
        second.close()
        second.share_totals()
        first.refresh_from_db()
        with pytest.raises(ValidationError):
            first.share_totals()
