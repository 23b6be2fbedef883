"""Money goes back the way it came: asked of the payment service, booked when it is done, undone when it failed."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing import provider
from billing.sandbox import refunds
from billing.sandbox.cycle import advance
from tests.billing.connecting import pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(begin: Any, owed: Any, carry: Any) -> Any:
    """A charge that was paid online."""

    def make(method: str = "alipay", yuan: int = 2_000) -> Any:
        charge = owed(yuan)
        pay(begin(charge), method)
        carry()
        return charge

    return make


@pytest.fixture
def give_back(as_person: Any) -> Any:
    def back(fen: int, key: str = "1", who: str = "gu") -> None:
        from tenants.dues.models import Payment
        from tenants.dues.repaying import repay

        with as_person(who):
            repay(Payment.objects.get(), fen=fen, reason="多缴", key=key)

    return back


def back_of(as_person: Any) -> list[tuple[int, str, bool]]:
    from tenants.dues.models import Repayment

    with as_person("gu"):
        return [(row.amount_fen, row.status, bool(row.batches)) for row in Repayment.objects.all()]


def test_a_part_goes_back_and_the_charge_is_open_again(
    paid: Any,
    give_back: Any,
    books: Any,
    as_person: Any,
    carry: Any,
) -> None:
    charge = paid()
    give_back(50_000)
    carry()
    assert books(charge)[:2] == (50_000, 0)
    assert back_of(as_person) == [(50_000, "done", True)]


def test_the_same_press_of_the_button_twice_is_one_repayment(
    paid: Any,
    give_back: Any,
    books: Any,
    as_person: Any,
) -> None:
    charge = paid()
    give_back(50_000, key="nonce")
    give_back(50_000, key="nonce")
    give_back(50_000, key="other")
    assert books(charge)[0] == 100_000
    assert len(back_of(as_person)) == 2


def test_no_more_goes_back_than_came_and_only_by_who_may_book(paid: Any, give_back: Any) -> None:
    paid()
    give_back(150_000)
    with pytest.raises(ValidationError):
        give_back(50_001, key="2")
    with pytest.raises(Exception, match=r"dues\.book"):
        give_back(1_000, key="3", who="ruan")


def test_a_whole_repayment_voids_the_receipt(paid: Any, give_back: Any, as_person: Any) -> None:
    paid()
    give_back(200_000)
    with as_person("gu"):
        from tenants.dues.models import Receipt

        assert [receipt.status for receipt in Receipt.objects.all()] == ["void"]


def test_a_wallet_confirms_later_and_until_then_nothing_is_booked(
    paid: Any,
    give_back: Any,
    books: Any,
    sandbox: Any,
    carry: Any,
    as_person: Any,
) -> None:
    charge = paid("wechat_pay")
    give_back(200_000)
    assert books(charge)[0] == 0
    assert back_of(as_person) == [(200_000, "pending", False)]
    with pytest.raises(ValidationError):
        give_back(1, key="2")
    advance(sandbox.store, 120)
    carry()
    assert books(charge)[:2] == (200_000, 0)


def test_a_repayment_that_fails_books_nothing_and_can_be_made_again(
    paid: Any,
    give_back: Any,
    books: Any,
    sandbox: Any,
    carry: Any,
    as_person: Any,
) -> None:
    charge = paid("wechat_pay")
    sandbox.store.set("failing_refunds", 1)
    give_back(200_000)
    advance(sandbox.store, 120)
    carry()
    assert (books(charge)[0], back_of(as_person)) == (0, [(200_000, "failed", False)])
    give_back(200_000, key="again")
    advance(sandbox.store, 120)
    carry()
    assert books(charge)[0] == 200_000


def test_a_repayment_that_was_done_and_came_back_is_undone(
    paid: Any,
    give_back: Any,
    books: Any,
    sandbox: Any,
    carry: Any,
    receiving: Any,
) -> None:
    charge = paid()
    give_back(200_000)
    with sandbox.store.of_account(receiving.stripe_id), sandbox.store.transaction():
        refunds.fail(sandbox.store, sandbox.store.all("refund")[0])
    carry()
    assert books(charge)[:2] == (0, 0)


def test_what_was_given_back_at_the_provider_appears_as_well(
    paid: Any,
    books: Any,
    sandbox: Any,
    carry: Any,
    receiving: Any,
    as_person: Any,
) -> None:
    charge = paid()
    with sandbox.store.of_account(receiving.stripe_id), sandbox.store.transaction():
        refunds.create(sandbox.store, {"charge": sandbox.store.all("charge")[0]["id"], "amount": 30_000})
    carry()
    carry()
    assert books(charge)[:2] == (30_000, 0)


def test_and_without_its_news_the_night_finds_it(
    paid: Any,
    books: Any,
    sandbox: Any,
    receiving: Any,
) -> None:
    from billing.drift import find_drift

    charge = paid()
    with sandbox.store.of_account(receiving.stripe_id), sandbox.store.transaction():
        refunds.create(sandbox.store, {"charge": sandbox.store.all("charge")[0]["id"], "amount": 30_000})
    find_drift(receiving)
    assert books(charge)[:2] == (30_000, 0)


@pytest.mark.parametrize("outcome, open_fen", [("won", 0), ("lost", 200_000)])
def test_a_dispute_takes_the_money_back_when_it_is_lost(
    outcome: str,
    open_fen: int,
    paid: Any,
    books: Any,
    sandbox: Any,
    carry: Any,
    receiving: Any,
    as_person: Any,
) -> None:
    from tenants.dues.models import OnlinePayment

    charge = paid("card")
    with sandbox.store.of_account(receiving.stripe_id):
        made = refunds.dispute(sandbox.store, sandbox.store.all("charge")[0])
    carry()
    with as_person("gu"):
        assert OnlinePayment.objects.disputed().count() == 1
    with sandbox.store.of_account(receiving.stripe_id):
        refunds.close(sandbox.store, made, outcome)
    carry()
    assert books(charge)[0] == open_fen
    with as_person("gu"):
        assert OnlinePayment.objects.disputed().count() == 0


def test_credit_goes_back_before_a_charge_is_opened(
    begin: Any,
    owed: Any,
    carry: Any,
    books: Any,
    give_back: Any,
    as_person: Any,
) -> None:
    from tenants.dues import ledger
    from tenants.dues.models import Charge

    charge = owed(2_000)
    page = begin(charge)
    with as_person("gu"):
        ledger.waive(Charge.objects.get(pk=charge.pk), fen=50_000, reason="困难减免")
    pay(page)
    carry()
    give_back(50_000)
    assert books(charge)[:2] == (0, 0)


def test_an_online_payment_is_not_reversed_by_hand(paid: Any, as_person: Any) -> None:
    from tenants.dues.models import Payment

    paid()
    with as_person("gu"), pytest.raises(ValidationError):
        Payment.objects.get().reverse(reason="记错")


def test_the_treasurers_page_gives_back_and_says_what_became_of_it(paid: Any, signed_in: Any, as_person: Any) -> None:
    from tenants.dues.models import Payment

    paid()
    with as_person("gu"):
        key = Payment.objects.get().pk
    client = signed_in("gu")
    shown = client.get(f"/dues/payment/{key}/").content.decode()
    assert "在线退款" in shown
    page = f"/dues/payment/{key}/repayment/"
    nonce = client.get(page).context["form"].initial["key"]
    wrong = client.post(page, {"yuan": "", "fen": "9999", "reason": "多缴", "key": nonce})
    assert "最多" in wrong.content.decode() and "多缴" in wrong.content.decode()
    done = client.post(page, {"fen": "500", "reason": "多缴", "key": nonce}, follow=True).content.decode()
    assert "退款" in done and "500.00" in done
    assert signed_in("tan").get(page).status_code == 403


def test_a_service_that_does_not_answer_is_told_and_nothing_is_booked(
    paid: Any,
    give_back: Any,
    books: Any,
    settings: Any,
) -> None:
    charge = paid()
    settings.STRIPE_API_BASE = "http://localhost:9"
    with pytest.raises(provider.ProviderDown):
        give_back(1_000)
    assert books(charge)[0] == 0
