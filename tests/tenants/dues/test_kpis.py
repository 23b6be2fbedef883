"""The key figures of dues, as they leave for the benchmarks."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.kpis import Period

pytestmark = pytest.mark.django_db
LAST_DAY = datetime.date(2026, 12, 31)
YEAR = Period.year_to(LAST_DAY)


def test_without_dues_nothing_is_said(working: Any) -> None:
    from tenants.dues.kpis import collection_rate, dues_retention

    working("qin")
    assert (collection_rate(YEAR).value, dues_retention(YEAR).value) == (None, None)


def test_what_was_waived_is_not_due_and_a_waiver_taken_back_is(working: Any, charge: Any) -> None:
    from tenants.dues import ledger, payments
    from tenants.dues.kpis import collection_rate
    from tenants.dues.models import Entry

    working("qin")
    paid, waived = charge(3_000), charge(1_000)
    payments.record(
        member_id=paid.member_id, method="cash", fen=300_000, received_on=localdate(), reference=str(paid.pk)
    )
    ledger.waive(waived, fen=40_000, reason="困难")
    found = collection_rate(YEAR)
    assert (found.value, found.numerator, found.denominator) == (pytest.approx(100 * 3000 / 3600), 1, 2)
    ledger.reverse([Entry.objects.get(kind="waived")], reason="记错")
    assert collection_rate(YEAR).value == 75


def test_dues_retained_are_at_most_those_of_the_year_before(working: Any, charge: Any, member: Any) -> None:
    """One pays more than before, one less, one has left, one is new."""
    from tenants.dues.kpis import dues_retention

    working("qin")
    for before, after in ((2_000, 5_000), (5_000, 2_000), (1_000, None), (None, 9_000)):
        whose = member()
        for year, yuan in ((2025, before), (2026, after)):
            if yuan:
                charge(yuan, year=year, whose=whose, due=f"{year}-03-31")
    found = dues_retention(YEAR)
    assert (found.value, found.numerator, found.denominator) == (50, 2, 3)
