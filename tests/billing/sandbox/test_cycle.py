"""A subscription's life in the sandbox: trial, renewal, failed payments, retries, proration, cancellation."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import stripe

from billing.sandbox.periods import end_of_period
from billing.sandbox.server import Sandbox
from tests.support.web import WEB

Pass = Callable[[int], None]


@pytest.fixture
def customer(services: stripe.V1Services) -> str:
    made = services.customers.create({"name": "常德商会"}).id
    use(services, made, "pm_card_visa")
    return made


@pytest.fixture
def price(services: stripe.V1Services) -> str:
    return make_price(services, 30_000)


def test_a_trial_with_a_card_becomes_paid(
    services: stripe.V1Services, customer: str, price: str, pass_days: Pass
) -> None:
    made = subscribe(services, customer, price, trial_period_days=30)
    assert made.status == "trialing"
    pass_days(31)
    assert services.subscriptions.retrieve(made.id).status == "active"
    assert [one.total for one in services.invoices.list({"customer": customer}).data] == [30_000, 0]


def test_a_trial_without_a_card_ends_as_it_was_told_to(
    services: stripe.V1Services, price: str, pass_days: Pass
) -> None:
    stranger = services.customers.create({"name": "邵阳商会"}).id
    ending: Any = {"end_behavior": {"missing_payment_method": "cancel"}}
    made = subscribe(services, stranger, price, trial_period_days=30, trial_settings=ending)
    pass_days(31)
    assert services.subscriptions.retrieve(made.id).status == "canceled"


@pytest.mark.parametrize("outcome", ["canceled", "unpaid"])
def test_a_failing_card_is_tried_again_and_then_given_up(
    outcome: str, services: stripe.V1Services, customer: str, price: str, sandbox: Sandbox, pass_days: Pass
) -> None:
    sandbox.store.set("after_retries", outcome)
    made = subscribe(services, customer, price)
    use(services, customer, "pm_card_chargeCustomerFail")
    pass_days(32)
    assert services.subscriptions.retrieve(made.id).status == "past_due"
    pass_days(16)
    after = services.subscriptions.retrieve(made.id, {"expand": ["latest_invoice"]})
    assert (after.status, after.latest_invoice.attempt_count) == (outcome, 4)  # type: ignore[union-attr]


def test_paying_the_open_invoice_makes_it_active_again(
    services: stripe.V1Services, customer: str, price: str, sandbox: Sandbox, pass_days: Pass
) -> None:
    made = subscribe(services, customer, price)
    use(services, customer, "pm_card_chargeCustomerFail")
    pass_days(32)
    portal = services.billing_portal.sessions.create({"customer": customer}).url
    invoice = services.invoices.list({"customer": customer, "status": "open"}).data[0].id
    assert "拒绝" in WEB.post(f"{portal}/pay", data={"invoice": invoice}).text
    WEB.post(f"{portal}/card", data={"number": "4242 4242 4242 4242"})
    WEB.post(f"{portal}/pay", data={"invoice": invoice})
    assert services.subscriptions.retrieve(made.id).status == "active"


def test_a_failed_attempt_counts(services: stripe.V1Services, customer: str, price: str, pass_days: Pass) -> None:
    subscribe(services, customer, price)
    use(services, customer, "pm_card_chargeCustomerFail")
    pass_days(32)
    invoice = services.invoices.list({"customer": customer, "status": "open"}).data[0]
    with pytest.raises(stripe.CardError):
        services.invoices.pay(invoice.id)
    assert services.invoices.retrieve(invoice.id).attempt_count == invoice.attempt_count + 1


def test_half_a_period_is_credited_when_the_plan_changes(
    services: stripe.V1Services, customer: str, price: str, pass_days: Pass
) -> None:
    made, dearer = subscribe(services, customer, price), make_price(services, 60_000)
    item = made["items"].data[0]
    length = item.current_period_end - item.current_period_start
    pass_days(15)
    services.subscriptions.update(
        made.id, {"items": [{"id": item.id, "price": dearer}], "proration_behavior": "always_invoice"}
    )
    left = 1 - 15 * 86_400 / length
    latest = services.invoices.list({"customer": customer}).data[0]
    assert abs(latest.total - round(60_000 * left) + round(30_000 * left)) <= 2
    assert latest.total == sum(line.amount for line in latest.lines.data)


def test_a_cancelled_plan_works_to_the_end_of_its_period(
    services: stripe.V1Services, customer: str, price: str, pass_days: Pass
) -> None:
    made = subscribe(services, customer, price)
    services.subscriptions.update(made.id, {"cancel_at_period_end": True})
    pass_days(20)
    assert services.subscriptions.retrieve(made.id).status == "active"
    pass_days(12)
    ended = services.subscriptions.retrieve(made.id)
    assert (ended.status, ended.ended_at) == ("canceled", made["items"].data[0].current_period_end)


def test_the_next_payment_can_be_made_to_fail(
    services: stripe.V1Services, customer: str, price: str, sandbox: Sandbox, pass_days: Pass
) -> None:
    made = subscribe(services, customer, price)
    WEB.post(f"{sandbox.address}/_sandbox/fail", data={"count": "1"})
    pass_days(31)
    assert services.subscriptions.retrieve(made.id).status == "past_due"
    pass_days(4)
    assert services.subscriptions.retrieve(made.id).status == "active"


def test_a_month_from_the_end_of_january_is_the_end_of_february() -> None:
    def at(*day: int) -> int:
        return int(datetime(*day, tzinfo=UTC).timestamp())  # type: ignore[arg-type]

    anchor, monthly = at(2027, 1, 31), {"interval": "month", "interval_count": 1}
    assert end_of_period(anchor, anchor, monthly) == at(2027, 2, 28)
    assert end_of_period(anchor, at(2027, 2, 28), monthly) == at(2027, 3, 31)


def subscribe(services: stripe.V1Services, customer: str, price: str, **given: Any) -> stripe.Subscription:
    return services.subscriptions.create({"customer": customer, "items": [{"price": price}], **given})


def make_price(services: stripe.V1Services, fen: int) -> str:
    product = services.products.create({"name": "标准版"}).id
    recurring: Any = {"interval": "month"}
    return services.prices.create(
        {"product": product, "currency": "cny", "unit_amount": fen, "recurring": recurring}
    ).id


def use(services: stripe.V1Services, customer: str, card: str) -> None:
    method = services.payment_methods.attach(card, {"customer": customer}).id
    services.customers.update(customer, {"invoice_settings": {"default_payment_method": method}})
