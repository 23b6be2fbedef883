"""A chamber's own account: made once, completed at the hosted page, mirrored, disconnected."""

from typing import Any

import pytest

from billing import receiving
from billing.models import ReceivingAccount
from tests.billing.connecting import FACTS, connect
from tests.support.web import WEB


def test_an_account_is_made_once_and_is_the_chambers_own(changde: Any, sandbox: Any, services: Any) -> None:
    first, second = connect(changde), connect(changde)
    assert first.pk == second.pk
    told = services.accounts.retrieve(first.stripe_id)
    assert (told.controller.losses.payments, told.controller.fees.payer) == ("stripe", "account")
    assert told.metadata["chamber"] == str(changde.pk)


def test_what_is_missing_is_said_and_payments_wait_for_it(changde: Any, sandbox: Any) -> None:
    account = connect(changde, phone="", bank_account="")
    assert (account.charges_enabled, account.methods) == (False, [])
    assert account.missing == ["representative.phone", "external_account"]


def test_payments_are_taken_while_only_the_bank_account_is_missing(changde: Any, sandbox: Any) -> None:
    account = connect(changde, bank_account="")
    assert (account.charges_enabled, account.payouts_enabled) == (True, False)
    assert account.methods == ["card", "alipay", "wechat_pay"]


def test_the_service_may_ask_for_more_later(changde: Any, sandbox: Any, carry: Any) -> None:
    from billing.sandbox.accounts import restrict

    account = connect(changde)
    restrict(sandbox.store, account.stripe_id)
    carry()
    account.refresh_from_db()
    assert (account.charges_enabled, account.methods) == (False, [])
    assert account.missing == ["company.verification.document"]


def test_a_disconnected_account_takes_nothing_and_can_be_connected_again(changde: Any, sandbox: Any) -> None:
    account = connect(changde)
    receiving.disconnect(account)
    assert ReceivingAccount.objects.of(changde.pk) is None
    assert connect(changde).pk == account.pk


def test_two_chambers_have_two_accounts(changde: Any, shaoyang: Any, sandbox: Any) -> None:
    assert connect(changde).stripe_id != connect(shaoyang).stripe_id


def test_an_old_link_leads_back_for_a_new_one(changde: Any, sandbox: Any, pass_days: Any) -> None:
    account = connect(changde)
    link = receiving.onboarding(account, return_url="http://changde.test/", refresh_url="http://changde.test/again/")
    pass_days(1)
    assert WEB.get(link).headers["location"] == "http://changde.test/again/"


def test_the_page_leads_to_the_hosted_page_and_shows_what_came_of_it(signed_in: Any, sandbox: Any) -> None:
    client = signed_in("qin")
    assert "让会员在线缴费" in client.get("/billing/receiving/").content.decode()
    leaving = client.post("/billing/receiving/connection/", {"country": "HK", "email": "qin@example.com"})
    assert leaving["Location"].startswith(sandbox.address + "/onboarding/")
    back = WEB.post(leaving["Location"], data={**FACTS, "bank_account": ""}).headers["location"]
    shown = client.get("/billing/receiving/" + back.partition("/receiving/")[2]).content.decode()
    for words in ("可以收款", "还不能提现到银行", "收款银行账户", "支付宝", "微信支付"):
        assert words in shown, words


def test_of_an_erased_chamber_nothing_is_kept_but_the_sums(changde: Any, sandbox: Any) -> None:
    from billing.models import Collection
    from billing.reconciliation import forget_erased
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.models import Chamber

    account = connect(changde)
    kept = Collection.objects.create(
        chamber_id=changde.pk, account=account, purpose="dues", key="1", title="2026 年会费", amount_fen=1
    )
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.ERASED)
    with acting_as(SYSTEM):
        forget_erased()
    kept.refresh_from_db()
    account.refresh_from_db()
    assert (kept.title, account.name, kept.amount_fen) == ("", "", 1)


@pytest.mark.parametrize("who, status", [("gu", 403), ("tan", 403)])
def test_only_the_secretary_general_connects(who: str, status: int, signed_in: Any, sandbox: Any) -> None:
    answer = signed_in(who).post("/billing/receiving/connection/", {"country": "HK", "email": "a@example.com"})
    assert answer.status_code == status


def test_a_wrong_address_is_told_and_kept(signed_in: Any, sandbox: Any) -> None:
    shown = signed_in("qin").post("/billing/receiving/connection/", {"country": "SG", "email": "秦"})
    assert shown.status_code == 422 and 'value="秦"' in shown.content.decode()
