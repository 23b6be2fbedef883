"""A payment fails: what happens to the chamber, step by step, and what it is told. [product B3]"""

import datetime
from typing import Any

import pytest
from django.test import Client

from billing.entitlements import standing
from billing.standings import level_after
from huiguan.entitlements import Level

DUE = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)
BAD, GOOD = "4000 0000 0000 0341", "4242 4242 4242 4242"


@pytest.mark.parametrize(
    "days, level",
    [(0, "grace"), (6.99, "grace"), (7, "restricted"), (36.99, "restricted"), (37, "suspended"), (400, "suspended")],
)
def test_a_week_of_grace_then_a_month_of_reading(days: float, level: str) -> None:
    assert level_after(DUE, DUE + datetime.timedelta(days=days)) == level


def test_nothing_owed_is_in_order() -> None:
    assert level_after(None, DUE) == Level.OPEN
    assert level_after(DUE, DUE - datetime.timedelta(seconds=1)) == Level.OPEN


@pytest.fixture
def failing(buy: Any, portal: Any, pass_days: Any, carry: Any) -> None:
    """A paid plan whose card stops paying when it is renewed."""
    buy()
    portal("card", number=BAD)
    pass_days(31)
    carry()


def test_a_failed_payment_gives_a_week(failing: None, account: Any, signed_in: Any) -> None:
    account.refresh_from_db()
    assert account.subscriptions.all().current().status == "past_due"
    assert account.status == "grace"
    shown = signed_in("qin").get("/billing/").content.decode()
    assert "最近一次扣款失败" in shown and "接下来会怎样" in shown
    assert signed_in("gu").post("/billing/portal/").status_code == 302


def test_every_member_of_staff_sees_the_banner_on_every_page(failing: None, signed_in: Any) -> None:
    assert "最近一次扣款失败" in signed_in("tan").get("/").content.decode()


def test_paying_the_open_invoice_puts_it_in_order(
    failing: None, account: Any, sandbox: Any, portal: Any, carry: Any
) -> None:
    portal("card", number=GOOD)
    for invoice in sandbox.store.all("invoice", customer=account.stripe_customer_id, status="open"):
        portal("pay", invoice=invoice["id"])
    carry()
    account.refresh_from_db()
    assert (account.status, account.behind_since, standing(account.chamber_id).text) == ("open", None, "")


def test_then_it_is_read_only_then_closed_and_back_when_a_plan_is_bought(
    failing: None, account: Any, buy: Any, pass_days: Any, carry: Any
) -> None:
    told = []
    for days in (8, 31):
        pass_days(days)
        carry()
        account.refresh_from_db()
        told.append((account.status, str(standing(account.chamber_id).text)[:14]))
    assert told == [("restricted", "套餐费用未付，目前只能查看，"), ("suspended", "本商会已停用，付清套餐费用后")]
    buy()
    assert (account.status, account.behind_since, standing(account.chamber_id).text) == ("open", None, "")


def test_each_step_is_in_the_trail(failing: None, account: Any, pass_days: Any, carry: Any) -> None:
    from huiguan.journal.models import Entry

    pass_days(8)
    carry()
    verbs = Entry.objects.filter(record_id=account.pk).order_by("number").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb != "changed"] == ["trial begun", "fall_behind", "restrict"]


def test_a_trial_that_nobody_pays_for_ends_gently(account: Any, pass_days: Any, carry: Any) -> None:
    pass_days(24)
    carry()
    assert str(standing(account.chamber_id).text).startswith("试用将于")
    pass_days(7)
    carry()
    account.refresh_from_db()
    assert account.status == "grace"
    assert str(standing(account.chamber_id).text).startswith("目前没有付费套餐")


@pytest.fixture
def restricted(failing: None, pass_days: Any, carry: Any) -> None:
    pass_days(8)
    carry()


def test_a_read_only_chamber_can_be_read_and_can_pay(restricted: None, signed_in: Any) -> None:
    client: Client = signed_in("qin")
    assert client.get("/").status_code == 200
    assert client.get("/billing/").status_code == 200
    assert client.post("/billing/portal/").status_code == 302


def test_a_read_only_chamber_changes_nothing(restricted: None, signed_in: Any) -> None:
    answer = signed_in("qin").post("/people/invite/", {"email": "x@example.com"})
    assert answer.status_code == 403
    assert "暂时不能操作" in answer.content.decode()


def test_signing_out_works_always(restricted: None, signed_in: Any) -> None:
    assert signed_in("qin").post("/accounts/logout/").status_code == 302


def test_a_closed_chamber_shows_only_the_way_to_pay(failing: None, pass_days: Any, carry: Any, signed_in: Any) -> None:
    pass_days(40)
    carry()
    client: Client = signed_in("qin")
    assert client.get("/").status_code == 403
    assert client.get("/billing/").status_code == 200
