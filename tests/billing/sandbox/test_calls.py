"""The sandbox answers the SDK as Stripe would: parameters, idempotency, pages, expansion, errors."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import stripe

from billing.sandbox.cycle import advance
from billing.sandbox.server import Sandbox
from tests.support.web import WEB


def test_a_mistyped_parameter_is_refused_with_its_name(services: stripe.V1Services) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        services.customers.create({"nmae": "常德商会"})  # type: ignore[typeddict-unknown-key]
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "nmae")


@pytest.mark.parametrize(
    "given, named",
    [
        ({"items": [{"prise": "price_1"}]}, "items[0][prise]"),
        ({"trial_end": "tomorrow"}, "trial_end"),
        ({"payment_behavior": "hope"}, "payment_behavior"),
        ({"items": [{"quantity": "many"}]}, "items[0][quantity]"),
    ],
)
def test_nested_and_ill_typed_parameters_are_refused(services: stripe.V1Services, given: Any, named: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        services.subscriptions.create({"customer": "cus_1", **given})
    assert refused.value.param == named


def test_a_parameter_of_stripe_that_the_sandbox_ignores_is_refused_rather_than_dropped(
    services: stripe.V1Services,
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        services.customers.create({"balance": 100})
    assert refused.value.code == "sandbox_unsupported"


def test_the_same_key_gives_the_same_answer_and_no_second_customer(services: stripe.V1Services) -> None:
    first = services.customers.create({"name": "常德商会"}, {"idempotency_key": "one"})
    second = services.customers.create({"name": "常德商会"}, {"idempotency_key": "one"})
    assert first.id == second.id
    assert len(services.customers.list().data) == 1


def test_the_same_key_with_other_parameters_is_an_error(services: stripe.V1Services) -> None:
    services.customers.create({"name": "常德商会"}, {"idempotency_key": "one"})
    with pytest.raises(stripe.IdempotencyError):
        services.customers.create({"name": "邵阳商会"}, {"idempotency_key": "one"})


def test_a_key_is_forgotten_after_a_day(services: stripe.V1Services, pass_days: Callable[[int], None]) -> None:
    first = services.customers.create({"name": "常德商会"}, {"idempotency_key": "one"})
    pass_days(2)
    assert services.customers.create({"name": "常德商会"}, {"idempotency_key": "one"}).id != first.id


def test_a_call_that_was_refused_for_its_parameters_does_not_use_up_its_key(services: stripe.V1Services) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        services.customers.create({"nmae": "x"}, {"idempotency_key": "one"})  # type: ignore[typeddict-unknown-key]
    assert services.customers.create({"name": "x"}, {"idempotency_key": "one"}).id


def test_lists_come_in_pages_newest_first(services: stripe.V1Services) -> None:
    made = [services.customers.create({"name": f"会员 {n}"}).id for n in range(25)]
    page = services.customers.list({"limit": 10})
    assert page.has_more and [one.id for one in page.data] == made[:14:-1]
    assert [one.id for one in services.customers.list({"limit": 10}).auto_paging_iter()] == made[::-1]


def test_references_are_expanded_when_asked(services: stripe.V1Services) -> None:
    customer, price = buyer(services), monthly(services)
    made = services.subscriptions.create(
        {"customer": customer, "items": [{"price": price}], "expand": ["latest_invoice", "customer"]}
    )
    assert made.latest_invoice.amount_paid == 49_900  # type: ignore[union-attr]
    assert made.customer.name == "常德商会"  # type: ignore[union-attr]


def test_errors_have_the_form_that_the_sdk_reads(services: stripe.V1Services, sandbox: Sandbox) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        services.customers.retrieve("cus_absent")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    stranger = stripe.StripeClient("sk_live_1", base_addresses={"api": sandbox.address})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.customers.list()


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    def ask(sandbox: Sandbox) -> stripe.V1Services:
        return stripe.StripeClient("sk_test_1", base_addresses={"api": sandbox.address}).v1

    with Sandbox(tmp_path / "state.sqlite3", delivering=False) as sandbox:
        customer = ask(sandbox).customers.create({"name": "常德商会"}, {"idempotency_key": "one"}).id
        advance(sandbox.store, 3600)
    with Sandbox(tmp_path / "state.sqlite3", delivering=False) as sandbox:
        assert ask(sandbox).customers.retrieve(customer).name == "常德商会"
        assert ask(sandbox).customers.create({"name": "常德商会"}, {"idempotency_key": "one"}).id == customer


def test_a_failed_call_leaves_nothing_behind(services: stripe.V1Services, sandbox: Sandbox) -> None:
    customer, price = buyer(services, card="pm_card_chargeCustomerFail"), monthly(services)
    before = len(sandbox.store.all("event"))
    with pytest.raises(stripe.CardError):
        services.subscriptions.create(
            {"customer": customer, "items": [{"price": price}], "payment_behavior": "error_if_incomplete"}
        )
    assert services.subscriptions.list({"customer": customer, "status": "all"}).data == []
    assert len(sandbox.store.all("event")) == before


def test_the_hosted_checkout_declines_and_then_takes_the_payment(services: stripe.V1Services) -> None:
    session = services.checkout.sessions.create(
        {
            "mode": "subscription", "customer": buyer(services, card=None),
            "line_items": [{"price": monthly(services), "quantity": 1}],
            "success_url": "http://changde.test/?paid={CHECKOUT_SESSION_ID}",
        }
    )  # fmt: skip
    assert "标准版" in WEB.get(str(session.url)).text
    assert WEB.post(str(session.url), data={"number": "4000 0000 0000 0341"}).status_code == 402
    paid = WEB.post(str(session.url), data={"number": "4242 4242 4242 4242"})
    assert paid.headers["location"] == f"http://changde.test/?paid={session.id}"
    after = services.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]})
    assert (after.status, after.payment_status, after.subscription.status) == ("complete", "paid", "active")  # type: ignore[union-attr]


def buyer(services: stripe.V1Services, card: str | None = "pm_card_visa") -> str:
    customer = services.customers.create({"name": "常德商会"}).id
    if card:
        method = services.payment_methods.attach(card, {"customer": customer}).id
        services.customers.update(customer, {"invoice_settings": {"default_payment_method": method}})
    return customer


def monthly(services: stripe.V1Services, fen: int = 49_900) -> str:
    product = services.products.create({"name": "标准版"}).id
    return services.prices.create(
        {"product": product, "currency": "cny", "unit_amount": fen, "recurring": {"interval": "month"}}
    ).id
