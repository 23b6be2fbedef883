"""The chamber's pages about its plan, and the operators' overview."""

from typing import Any

import pytest

from billing.console.figures import revenue_a_month


def test_the_plan_page_shows_plan_usage_and_offers(account: Any, signed_in: Any) -> None:
    shown = signed_in("qin").get("/billing/").content.decode()
    for words in ("当前套餐", "标准版", "试用将于", "用量", "大型版（年付）", "¥12,990.00", "选择并付款"):
        assert words in shown, words


@pytest.mark.parametrize("who, status", [("qin", 200), ("gu", 200), ("tan", 403), ("ruan", 403), ("tao", 403)])
def test_only_who_keeps_the_money_sees_it(who: str, status: int, account: Any, signed_in: Any) -> None:
    assert signed_in(who).get("/billing/").status_code == status


def test_an_officer_cannot_buy(account: Any, signed_in: Any) -> None:
    assert signed_in("tan").post("/billing/plans/large-yearly/").status_code == 403


def test_choosing_leads_to_the_payment_page_and_back(account: Any, signed_in: Any, sandbox: Any) -> None:
    from tests.support.web import WEB

    client = signed_in("qin")
    leaving = client.post("/billing/plans/standard-monthly/")
    assert leaving.status_code == 302 and leaving["Location"].startswith(sandbox.address + "/checkout/")
    back = WEB.post(leaving["Location"], data={"number": "4242 4242 4242 4242"}).headers["location"]
    path = "/billing/" + back.partition("/billing/")[2]
    shown = client.get(path, follow=True).content.decode()
    assert "付款成功" in shown and "下次扣款日" in shown


def test_invoices_are_listed(buy: Any, signed_in: Any) -> None:
    buy()
    shown = signed_in("gu").get("/billing/invoices/").content.decode()
    assert "SANDBOX-" in shown and "¥499.00" in shown and "已付款" in shown


def test_cancelling_and_keeping(buy: Any, account: Any, signed_in: Any) -> None:
    buy()
    client = signed_in("qin")
    assert "套餐已取消" in client.post("/billing/cancellation/", follow=True).content.decode()
    assert "已撤销取消" in client.post("/billing/continuation/", follow=True).content.decode()


def test_another_plan_replaces_the_first_at_once(buy: Any, account: Any, signed_in: Any) -> None:
    buy("small-monthly")
    shown = signed_in("qin").post("/billing/plans/large-monthly/", follow=True).content.decode()
    assert "套餐已更换为“大型版”" in shown
    assert account.subscriptions.all().current().plan.code == "large-monthly"


def test_operators_see_revenue_and_arrears(
    buy: Any, account: Any, portal: Any, pass_days: Any, carry: Any, signed_in: Any
) -> None:
    buy("standard-yearly")
    assert revenue_a_month() == round(499_000 / 12)
    portal("card", number="4000 0000 0000 0341")
    pass_days(366)
    carry()
    shown = signed_in("operator").get("/billing/").content.decode()
    assert "¥415.83" in shown and "欠费" in shown and account.name in shown


def test_operators_lists_answer(buy: Any, signed_in: Any) -> None:
    buy()
    client = signed_in("operator")
    for address in ("account/", "subscription/", "plan/", "account/export/"):
        assert client.get("/billing/" + address).status_code == 200, address


def test_a_chamber_does_not_reach_the_operators_pages(account: Any, signed_in: Any) -> None:
    client = signed_in("qin")
    assert client.get("/billing/account/").status_code == 404
    assert client.get("/billing/webhooks/stripe/").status_code == 404
