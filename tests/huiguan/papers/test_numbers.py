"""Numbers of papers have no gap and no double, however many ask at once and whatever fails."""

from collections.abc import Callable
from typing import Any

import pytest

from huiguan.actors import SYSTEM, acting_as
from huiguan.papers.numbers import next_number
from huiguan.tenancy.binding import in_chamber
from tests.conftest import chamber
from tests.support.threads import together


def test_each_series_and_each_year_is_counted_from_one(working: Callable[[str], Any]) -> None:
    working("qin")
    assert [next_number("receipt", 2026) for _time in range(3)] == [1, 2, 3]
    assert (next_number("receipt", 2027), next_number("letter", 2026)) == (1, 1)


def test_each_chamber_counts_for_itself(as_person: Callable[[str], Any]) -> None:
    for key in ("qin", "dai"):
        with as_person(key):
            assert next_number("receipt", 2026) == 1


def test_those_who_ask_at_once_get_all_numbers_and_a_failure_gives_its_own_back(own_database: str) -> None:
    here = chamber("changde")

    def take(turn: int) -> int:
        with acting_as(SYSTEM), in_chamber(here):
            number = next_number("receipt", 2026)
            if turn % 3 == 0:
                raise ZeroDivisionError
            return number

    taken = together(take, range(9))
    assert sorted(n for n in taken if isinstance(n, int)) == [1, 2, 3, 4, 5, 6]
    assert sum(isinstance(n, ZeroDivisionError) for n in taken) == 3


def test_a_number_outside_a_transaction_is_not_given(own_database: str) -> None:
    from huiguan import counting
    from huiguan.papers.models import Counter

    with pytest.raises(AssertionError, match="transaction"):
        counting.next_of(Counter.objects.none())
