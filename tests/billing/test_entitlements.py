"""What a plan allows, at its edge."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from billing.models import Plan
from huiguan import entitlements
from huiguan.entitlements import Answer, NotEntitled, may, require


@pytest.fixture
def members(account: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many members the chamber has: `members[0] = 500`."""
    count = [0]
    monkeypatch.setitem(entitlements._gauges, "members.add", lambda: count[0])
    return count


def limit_of(code: str) -> int:
    return int(Plan.objects.get(code=code).members)


def test_the_last_place_is_given_and_not_one_more(account: Any, members: list[int]) -> None:
    limit = limit_of("standard-monthly")
    members[0] = limit - 1
    assert may(account.chamber_id, "members.add") == Answer(True, "", limit, limit - 1)
    members[0] = limit
    refused = may(account.chamber_id, "members.add")
    assert (refused.allowed, refused.limit, refused.used) == (False, limit, limit)
    assert str(refused.reason) == f"您的套餐包含 {limit} 名会员，现有 {limit} 名。如需增加，请选择更大的套餐。"


def test_many_at_once_fit_or_do_not(account: Any, members: list[int]) -> None:
    limit = limit_of("standard-monthly")
    members[0] = limit - 10
    assert may(account.chamber_id, "members.add", 10).allowed
    assert not may(account.chamber_id, "members.add", 11).allowed


def test_a_larger_plan_makes_room_and_a_smaller_one_takes_nothing_away(
    buy: Any, account: Any, members: list[int]
) -> None:
    from billing.actions import change_plan

    buy("large-monthly")
    members[0] = limit_of("standard-monthly") + 1
    assert may(account.chamber_id, "members.add").allowed
    change_plan(chamber_id=account.chamber_id, plan=Plan.objects.get(code="small-monthly"))
    assert not may(account.chamber_id, "members.add").allowed


def test_what_no_plan_speaks_of_is_allowed(account: Any) -> None:
    assert may(account.chamber_id, "meetings.hold") == Answer(True)


def test_a_chamber_without_an_account_is_not_held_back(shaoyang: Any, members: list[int]) -> None:
    members[0] = 100_000
    assert may(shaoyang.pk, "members.add").allowed
    assert entitlements.standing(shaoyang.pk).text == ""


def test_a_read_only_chamber_adds_nothing(account: Any, members: list[int]) -> None:
    account.restrict(since=account.created_at)
    refused = may(account.chamber_id, "members.add")
    assert not refused.allowed and "只能查看" in str(refused.reason)
    with pytest.raises(NotEntitled):
        require(account.chamber_id, "members.add")


def test_it_can_be_asked_from_within_the_chamber(working: Any, account: Any, members: list[int]) -> None:
    """The chamber's role cannot read billing's tables; it is answered all the same, and the binding is back."""
    from huiguan.tenancy.binding import current_chamber

    limit = limit_of("standard-monthly")
    chamber = working("qin")
    assert may(chamber.pk, "members.add").limit == limit
    assert may(chamber.pk, "seats.add").used == 6
    assert current_chamber() == chamber


def test_two_who_ask_for_the_last_place_at_once_get_one(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first's transaction, and counts what it has done."""
    asked, may_commit, answers = Event(), Event(), list[bool]()
    monkeypatch.setitem(entitlements._gauges, "members.add", count_plans)
    chamber_id = open_account_with_room_for_one()

    def add(wait: bool) -> None:
        with transaction.atomic():
            answers.append(may(chamber_id, "members.add").allowed)
            if wait:
                asked.set()
                may_commit.wait(10)
            if answers[-1]:
                Plan.objects.create(code=f"added-{wait}", price_fen=1)
        connection.close()

    first, second = Thread(target=add, args=(True,)), Thread(target=add, args=(False,))
    first.start()
    asked.wait(10)
    second.start()
    while second.is_alive() and not somebody_waits():
        pass
    may_commit.set()
    first.join(10)
    second.join(10)
    assert answers == [True, False]


def count_plans() -> int:
    return int(Plan.objects.count())


def open_account_with_room_for_one() -> Any:
    from billing.actions import start_trial
    from huiguan.tenancy.models import Chamber

    Plan.objects.filter(interval="month").update(members=count_plans() + 1)
    return start_trial(Chamber.objects.get(slug="changde")).chamber_id


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return bool(cursor.fetchone()[0])
