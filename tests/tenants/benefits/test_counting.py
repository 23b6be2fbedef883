"""A use counts once, within its limits, for a card that is good."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from huiguan.actors import NotAllowed

pytestmark = pytest.mark.django_db


def count(card: Any, offer: Any, **more: Any) -> Any:
    from tenants.benefits.counting import count_use

    return count_use(card=card, offer=offer, **{"key": uuid.uuid4(), "again": True, **more})


def test_who_only_reads_counts_nothing(working: Any, as_person: Any, card: Any, offer: Any) -> None:
    with as_person("qin"):
        made, given = card(), offer()
    with as_person("ruan"), pytest.raises(NotAllowed):
        count(made, given)


def test_the_same_page_sent_twice_counts_once(working: Any, card: Any, offer: Any) -> None:
    from tenants.benefits.models import Use

    working("qin")
    made, given, key = card(), offer(), uuid.uuid4()
    assert count(made, given, key=key) == count(made, given, key=key)
    assert Use.objects.count() == 1
    with pytest.raises(ValidationError):
        count(card(), given, key=key)


def test_a_second_time_within_minutes_must_be_meant(working: Any, card: Any, offer: Any) -> None:
    from tenants.benefits.counting import CountedJustNow
    from tenants.benefits.models import Use

    working("qin")
    made, given = card(), offer()
    count(made, given, again=False)
    with pytest.raises(CountedJustNow):
        count(made, given, again=False)
    count(made, given, again=True)
    Use.objects.update(at=now() - datetime.timedelta(hours=1))
    count(made, given, again=False)
    assert Use.objects.counted().count() == 3


def test_the_limit_of_a_card_holds_and_a_use_taken_back_gives_it_back(working: Any, card: Any, offer: Any) -> None:
    working("qin")
    made, given = card(), offer(limit_per_card=1)
    use = count(made, given)
    with pytest.raises(ValidationError):
        count(made, given)
    count(card(), given)
    use.take_back(reason="点错了")
    count(made, given)


def test_a_limit_a_month_begins_anew_with_the_month(working: Any, card: Any, offer: Any) -> None:
    from tenants.benefits.counting import left_for
    from tenants.benefits.models import Use

    working("qin")
    made, given = card(), offer(limit_per_card=1, limit_per="month")
    count(made, given)
    assert left_for(made, [given]) == {given.pk: 0}
    Use.objects.update(at=now() - datetime.timedelta(days=40))
    assert left_for(made, [given]) == {given.pk: 1}


def test_the_limit_of_all_cards_holds(working: Any, card: Any, offer: Any) -> None:
    working("qin")
    given = offer(limit_total=2)
    for _number in range(2):
        count(card(), given)
    with pytest.raises(ValidationError):
        count(card(), given)


@pytest.mark.parametrize(
    ("fields", "bill", "saved"),
    [
        ({"percent": 12}, 10_005, 1_201),
        ({"amount_fen": 3_000}, 20_000, 3_000),
        ({"amount_fen": 3_000}, 2_000, 2_000),
        ({"amount_fen": 3_000}, None, 3_000),
        ({"saving": "gift", "amount_fen": 18_000}, None, 18_000),
        ({}, None, None),
    ],
)
def test_what_is_saved_is_reckoned_from_the_offer_and_the_bill(
    working: Any, card: Any, offer: Any, fields: Any, bill: int | None, saved: int | None
) -> None:
    working("qin")
    assert count(card(), offer(**fields), bill_fen=bill).saved_fen == saved


def test_an_offer_that_needs_the_bill_asks_for_it_and_for_enough(working: Any, card: Any, offer: Any) -> None:
    working("qin")
    made, given = card(), offer(percent=10, least_fen=20_000)
    for bill in (None, 19_999):
        with pytest.raises(ValidationError):
            count(made, given, bill_fen=bill)
    assert count(made, given, bill_fen=20_000).saved_fen == 2_000


def test_nothing_is_counted_for_what_does_not_run(working: Any, card: Any, offer: Any) -> None:
    working("qin")
    yesterday = localdate() - datetime.timedelta(days=1)
    paused, ended, over = offer(), offer(), offer(starts_on=yesterday, ends_on=yesterday)
    paused.pause()
    ended.merchant.end()
    for given in (paused, ended, over):
        with pytest.raises(ValidationError):
            count(card(), given)


def test_a_card_gives_nothing_once_its_member_is_not_in_good_standing(working: Any, card: Any, offer: Any) -> None:
    from tenants.benefits.models import Card

    working("qin")
    given, left, expired, suspended = offer(), card(), card(), card()
    left.member.leave(reason="迁出")
    Card.objects.filter(pk=expired.pk).update(valid_until=localdate() - datetime.timedelta(days=1))
    suspended.suspend(reason="核实中")
    for made in (left, expired, suspended):
        made.refresh_from_db()
        assert made.why_not()
        with pytest.raises(ValidationError):
            count(made, given)


def test_late_dues_suspend_the_card_and_paid_ones_open_it_again(working: Any, card: Any) -> None:
    from tenants.dues import ledger, payments
    from tenants.dues.models import Charge

    working("qin")
    made = card()
    due = localdate() - datetime.timedelta(days=200)
    charge = Charge(member=made.member, year=due.year, amount_fen=200_000, due_on=due)
    ledger.assess([charge])
    charge.refresh_from_db()
    assert not made.why_not()
    charge.suspend()
    assert made.why_not()
    payments.record(member_id=made.member_id, method="cash", fen=200_000, received_on=localdate())
    assert not made.why_not()


def test_no_use_is_older_than_its_card_or_its_offer(working: Any, card: Any, offer: Any) -> None:
    from tenants.benefits.models import Card

    working("qin")
    made, before = card(), now() - datetime.timedelta(days=5)
    old = offer(starts_on=localdate() - datetime.timedelta(days=30))
    with pytest.raises(ValidationError):
        count(made, old, at=before)
    Card.objects.update(issued_on=localdate() - datetime.timedelta(days=30))
    made.refresh_from_db()
    count(made, old, at=before)
    with pytest.raises(ValidationError):
        count(made, offer(), at=before)
