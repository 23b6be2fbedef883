"""A member pays online: booked once, whatever the payment service tells, however often and in whatever order."""

import itertools
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing import events, provider, reconciliation
from billing.models import Collection, Event
from billing.sandbox.cycle import advance
from tests.billing.connecting import connect, pay

BACK = "http://changde.localhost/dues/"
pytestmark = pytest.mark.django_db


def test_paid_at_the_hosted_page_and_booked_with_fee_and_receipt(
    begin: Any,
    owed: Any,
    books: Any,
    carry: Any,
    as_person: Any,
) -> None:
    charge = owed(2_000)
    assert pay(begin(charge)).headers["location"] == f"{BACK}?paid=1"
    carry()
    assert books(charge) == (0, 0, 1, 1)
    with as_person("gu"):
        from tenants.dues.models import Payment, Receipt

        payment = Payment.objects.get()
        assert (payment.method, payment.amount_fen, payment.fee_fen) == ("alipay", 200_000, 4_400)
        assert Receipt.objects.get().amount_fen == 200_000


def test_money_that_came_by_a_way_without_a_name_here_is_booked(
    begin: Any, owed: Any, books: Any, carry: Any, monkeypatch: Any
) -> None:
    from tenants.dues import online

    monkeypatch.delitem(online.METHODS, "alipay")
    charge = owed(2_000)
    pay(begin(charge))
    carry()
    assert books(charge) == (0, 0, 1, 1)


def test_several_charges_are_one_payment(begin: Any, owed: Any, books: Any, carry: Any) -> None:
    old = owed(1_500, year=2025, due="2025-03-31")
    new = owed(2_000, whose=old.member)
    pay(begin(old, new), "card")
    carry()
    assert books(old) == (0, 0, 1, 2)
    assert books(new)[0] == 0


def test_every_order_of_the_news_and_each_twice_books_once(
    begin: Any,
    owed: Any,
    books: Any,
    sandbox: Any,
    signed: Any,
) -> None:
    charge = owed(2_000)
    pay(begin(charge))
    told = [one["id"] for one in sandbox.store.everywhere("event") if one["type"] != "account.updated"]
    assert len(told) == 3
    for order in itertools.permutations(told):
        Event.objects.filter(pk__in=told).delete()
        for each in [*order, *order]:
            events.receive(provider.verified(*signed(each)))
            events.process(each)
        assert books(charge) == (0, 0, 1, 1), order


def test_the_way_back_does_not_wait_for_the_news_which_then_changes_nothing(
    begin: Any,
    owed: Any,
    books: Any,
    carry: Any,
    as_person: Any,
) -> None:
    from tenants.dues import online

    charge = owed(2_000)
    pay(begin(charge))
    with as_person("gu"):
        online.look(charge.member)
    assert books(charge) == (0, 0, 1, 1)
    carry()
    assert books(charge) == (0, 0, 1, 1)


def test_news_that_never_came_are_found_by_the_sweep(begin: Any, owed: Any, books: Any, settings: Any) -> None:
    import datetime

    charge = owed(2_000)
    pay(begin(charge))
    Collection.objects.update(created_at=Collection.objects.get().created_at - datetime.timedelta(minutes=10))
    reconciliation.look_at_unsettled()
    assert books(charge) == (0, 0, 1, 1)


@pytest.mark.parametrize("outcome, after", [("later", (0, 0, 1, 1)), ("later-fails", (200_000, 0, 0, 0))])
def test_a_wallet_that_confirms_later(
    outcome: str,
    after: Any,
    begin: Any,
    owed: Any,
    books: Any,
    carry: Any,
    sandbox: Any,
) -> None:
    charge = owed(2_000)
    pay(begin(charge), "wechat_pay", outcome)
    carry()
    assert books(charge) == (200_000, 0, 0, 0)
    with pytest.raises(ValidationError, match="正在确认"):
        begin(charge)
    advance(sandbox.store, 120)
    carry()
    assert books(charge) == after


def test_two_tabs_have_one_page_and_another_choice_closes_it(begin: Any, owed: Any, services: Any) -> None:
    old = owed(1_500, year=2025, due="2025-03-31")
    new = owed(2_000, whose=old.member)
    first = begin(new)
    assert begin(new) == first
    assert begin(old, new) != first
    assert pay(first).status_code == 410


def test_a_charge_that_was_paid_otherwise_meanwhile_leaves_credit(
    begin: Any,
    owed: Any,
    books: Any,
    carry: Any,
    as_person: Any,
) -> None:
    import datetime

    from tenants.dues import payments

    charge = owed(2_000)
    page = begin(charge)
    with as_person("gu"):
        payments.record(
            member_id=charge.member_id, method="transfer", fen=200_000, received_on=datetime.date(2026, 2, 1)
        )
    pay(page)
    carry()
    assert books(charge) == (0, 200_000, 1, 2)


def test_a_charge_that_was_waived_in_part_meanwhile_leaves_the_rest_as_credit(
    begin: Any,
    owed: Any,
    books: Any,
    carry: Any,
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
    assert books(charge) == (0, 50_000, 1, 2)


def test_an_amount_that_changed_gets_a_page_of_its_own(begin: Any, owed: Any, as_person: Any) -> None:
    from tenants.dues import ledger
    from tenants.dues.models import Charge

    charge = owed(2_000)
    page = begin(charge)
    with as_person("gu"):
        ledger.waive(Charge.objects.get(pk=charge.pk), fen=50_000, reason="困难减免")
    assert begin(charge) != page
    assert pay(page).status_code == 410
    with as_person("gu"):
        ledger.waive(Charge.objects.get(pk=charge.pk), fen=150_000, reason="困难减免")
    with pytest.raises(ValidationError):
        begin(charge)


def test_a_declined_card_can_be_tried_again_on_the_same_page(begin: Any, owed: Any, books: Any, carry: Any) -> None:
    charge = owed(2_000)
    page = begin(charge)
    assert pay(page, "card", number="4000 0000 0000 0002").status_code == 402
    carry()
    assert books(charge) == (200_000, 0, 0, 0)
    assert pay(page, "card").status_code == 303
    carry()
    assert books(charge) == (0, 0, 1, 1)


def test_a_page_that_ran_out_can_be_opened_anew(begin: Any, owed: Any, books: Any, carry: Any, pass_days: Any) -> None:
    charge = owed(2_000)
    first = begin(charge)
    pass_days(1)
    carry()
    second = begin(charge)
    assert second != first and pay(first).status_code == 410
    pay(second)
    carry()
    assert books(charge) == (0, 0, 1, 1)


def test_another_chambers_news_of_our_payment_change_nothing(
    begin: Any,
    owed: Any,
    books: Any,
    sandbox: Any,
    signed: Any,
    shaoyang: Any,
) -> None:
    other = connect(shaoyang)
    charge = owed(2_000)
    pay(begin(charge))
    for told in Event.objects.all():
        told.delete()
    for event in sandbox.store.everywhere("event"):
        if event.get("account") and event["type"] != "account.updated":
            with sandbox.store.of_account(event["account"]):
                sandbox.store.keep(event | {"account": other.stripe_id})
            events.receive(provider.verified(*signed(event["id"])))
    events.process_waiting()
    assert books(charge) == (200_000, 0, 0, 0)


def test_a_forged_event_books_nothing(begin: Any, owed: Any, sandbox: Any, signed: Any) -> None:
    charge = owed(2_000)
    pay(begin(charge))
    told = sandbox.store.everywhere("event")[0]["id"]
    with pytest.raises(provider.Forgery):
        provider.verified(*signed(told, secret="whsec_other"))


def test_where_no_account_is_connected_nothing_is_offered(owed: Any, as_person: Any, sandbox: Any) -> None:
    from tenants.dues import online

    charge = owed(2_000)
    with as_person("gu"):
        assert online.ways() == []
        with pytest.raises(provider.ProviderRefused):
            online.begin(member=charge.member, charge_ids=[charge.pk], back=BACK, language="zh-hans")


def test_who_pays_is_told_to_the_chambers_account_and_not_kept_by_the_platform(
    begin: Any, owed: Any, carry: Any
) -> None:
    charge = owed(2_000)
    pay(begin(charge))
    carry()
    kept = Collection.objects.get()
    assert charge.member.name not in f"{kept.title} {kept.key} {kept.url}"
