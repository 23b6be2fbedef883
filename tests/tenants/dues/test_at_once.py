"""Two people at once: what counts is booked once."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from tenants.dues import payments
from tenants.dues.models import Entry, Payment
from tenants.members.models import Member
from tests.conftest import chamber
from tests.support.threads import together

FACTS: dict[str, Any] = {"method": "transfer", "fen": 200_000, "received_on": datetime.date(2026, 2, 1)}


def test_two_treasurers_who_book_the_same_money_at_once_book_it_once(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        paying = Member.objects.create(name="西安同时商贸有限公司").pk

    def book(_number: int) -> None:
        with acting_as(SYSTEM), in_chamber(here):
            payments.record(member_id=paying, **FACTS)

    outcomes = together(book, range(2))
    with in_chamber(here):
        assert (Payment.objects.count(), Entry.objects.total()) == (1, -200_000)
    assert sum(isinstance(each, ValidationError) for each in outcomes) == 1
