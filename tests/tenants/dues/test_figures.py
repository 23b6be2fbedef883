"""Rates, ageing and the forecast add up to what the ledger says, at the same cost for few and many."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

pytestmark = pytest.mark.django_db


def pay(charge: Any, yuan: int, on: datetime.date | None = None) -> None:
    from tenants.dues import payments

    day = on or localdate()
    payments.record(
        member_id=charge.member_id, method="cash", fen=100 * yuan, received_on=day, reference=str(charge.pk)
    )


def test_a_waiver_is_not_due_and_a_taken_back_one_is(working: Any, charge: Any) -> None:
    from tenants.dues import figures, ledger
    from tenants.dues.models import Entry

    working("qin")
    paid, waived = charge(3_000), charge(1_000)
    pay(paid, 3_000)
    ledger.waive(waived, fen=40_000, reason="困难")
    standing = figures.standing_of(2026)
    assert (standing.members, standing.due_fen, standing.settled_fen, standing.open_fen) == (
        2,
        360_000,
        300_000,
        60_000,
    )
    assert standing.rate == pytest.approx(83.33, abs=0.01)
    ledger.reverse([Entry.objects.get(kind="waived")], reason="记错")
    assert figures.standing_of(2026).rate == 75


def test_the_parts_add_up_to_the_whole(working: Any, charge: Any, member: Any) -> None:
    from tenants.dues import figures

    working("qin")
    for region in ("雁塔区", "雁塔区", "碑林区"):
        charge(1_000, whose=member(region=region))
    whole, parts = figures.standing_of(2026), figures.YearOfDues(2026).by_region()
    assert [(part.name, part.members) for part in parts] == [("碑林区", 1), ("雁塔区", 2)]
    assert sum(part.charged_fen for part in parts) == whole.charged_fen


def test_ageing_counts_each_open_charge_once(working: Any, charge: Any) -> None:
    from tenants.dues import figures

    working("qin")
    for days in (-1, 0, 1, 30, 31, 90, 91, 400):
        charge(100, due=(localdate() - datetime.timedelta(days=days)).isoformat())
    assert [number for _words, number, _fen in figures.ageing()] == [2, 2, 2, 1, 0, 1]


def test_the_forecast_is_what_came_in_after_this_day_a_year_ago(working: Any, charge: Any) -> None:
    from tenants.dues import figures

    working("qin")
    year = localdate().year
    assert figures.forecast(year, figures.standing_of(year)) is None
    last = [charge(1_000, year=year - 1, due=f"{year - 1}-03-31") for _number in range(2)]
    pay(last[0], 1_000, datetime.date(year - 1, 12, 31))
    charge(500, year=year, due=f"{year}-03-31")
    found = figures.forecast(year, figures.standing_of(year))
    assert found is not None
    assert found.expected_fen == 25_000


def test_the_overview_and_the_ladder_cost_the_same_for_few_and_many(
    as_person: Any, charge: Any, member: Any, signed_in: Any
) -> None:
    browser, counts = signed_in("gu"), []
    for more in (2, 12):
        with as_person("gu"):
            for number in range(more):
                charge(1_000, whose=member(region=f"第{number}区"))
        browser.get("/dues/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/dues/").status_code == 200
            assert browser.get("/dues/ladder/").status_code == 200
        counts.append(sum("tenancy_domain" not in q["sql"] for q in queries))  # the host is remembered for seconds only
    assert counts[0] == counts[1]
