"""What dues add to a member's page and to its engagement."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

pytestmark = pytest.mark.django_db


def test_who_pays_counts_fully_and_who_is_late_less(working: Any, charge: Any) -> None:
    from tenants.dues import payments
    from tenants.dues.of_members import paying

    working("gu")
    due = localdate() - datetime.timedelta(days=90)
    paid, late, other = charge(due=due.isoformat()), charge(due=due.isoformat()), charge(due="2020-03-31", year=2020)
    payments.record(member_id=paid.member_id, method="cash", fen=200_000, received_on=localdate())
    marks = paying(None, localdate() - datetime.timedelta(days=365), localdate())
    assert (marks[paid.member_id].value, marks[late.member_id].value) == (1, 0.5)
    assert other.member_id not in marks


def test_a_members_page_shows_its_account_to_who_may_see_dues(as_person: Any, charge: Any, signed_in: Any) -> None:
    with as_person("gu"):
        owed = charge(2_345)
    page = signed_in("gu").get(f"/members/member/{owed.member_id}/").content.decode()
    assert "¥2,345.00" in page
    assert f"/dues/accounts/{owed.member_id}/" in page
