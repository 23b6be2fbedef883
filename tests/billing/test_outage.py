"""When the payment service is down: a clear message, nothing half done, and everything made good later."""

from typing import Any

import pytest
from django.test import Client

from billing import actions, provider, reconciliation
from billing.models import Account, Event, Operation, Plan
from billing.provider import ProviderDown

DEAD = "http://127.0.0.1:9"


def test_a_chamber_begins_its_trial_while_stripe_is_down(changde: Any, settings: Any) -> None:
    settings.STRIPE_API_BASE = DEAD
    account = actions.start_trial(changde)
    with pytest.raises(ProviderDown):
        actions.settle(changde.pk)
    operation = Operation.objects.get()
    assert (account.status, operation.result_id, operation.attempts) == ("open", "", 1)
    assert operation.problem


def test_the_sweep_makes_good_what_was_not_possible(changde: Any, settings: Any, sandbox: Any, services: Any) -> None:
    settings.STRIPE_API_BASE = DEAD
    reconciliation.sweep()
    assert set(Account.objects.values_list("stripe_customer_id", flat=True)) == {""}
    settings.STRIPE_API_BASE = sandbox.address
    reconciliation.sweep()
    account = Account.objects.get(chamber_id=changde.pk)
    assert account.subscriptions.get().status == "trialing"
    assert not Operation.objects.waiting().exists()
    assert len(services.customers.list().data) == Account.objects.count()


def test_an_event_that_cannot_be_acted_upon_waits(account: Any, settings: Any, signed: Any, sandbox: Any) -> None:
    from billing import events

    told = sandbox.store.all("event")[0]
    events.receive(provider.verified(*signed(told["id"])))
    settings.STRIPE_API_BASE = DEAD
    events.process_waiting()
    event = Event.objects.get()
    assert (event.processed_at, event.attempts) == (None, 1)
    settings.STRIPE_API_BASE = sandbox.address
    events.process_waiting()
    event.refresh_from_db()
    assert event.processed_at and not event.problem


def test_choosing_a_plan_says_that_nothing_was_charged(account: Any, settings: Any, signed_in: Any) -> None:
    settings.STRIPE_API_BASE = DEAD
    client: Client = signed_in("qin")
    answer = client.post("/billing/plans/standard-monthly/", follow=True)
    assert "支付平台没有响应" in answer.content.decode()
    assert not Operation.objects.filter(kind="checkout").exists()


def test_drift_is_mended_at_night(buy: Any, account: Any, services: Any) -> None:
    buy()
    current = account.subscriptions.all().current()
    services.subscriptions.cancel(current.stripe_id)
    assert account.subscriptions.all().current().status == "active"
    reconciliation.reconcile()
    assert Account.objects.get(pk=account.pk).subscriptions.all().current().status == "canceled"


def test_a_plan_is_made_at_stripe_once(account: Any, services: Any) -> None:
    from billing.prices import price_of

    plan = Plan.objects.get(code="large-yearly")
    first = price_of(plan)
    Plan.objects.filter(pk=plan.pk).update(stripe_price_id="")
    assert price_of(Plan.objects.get(code="large-yearly")) == first
    assert services.prices.retrieve(first).unit_amount == plan.price_fen
