"""The demo's subscriptions, made through the real SDK, in several states."""

from typing import Any

from billing.demo import load
from billing.models import Account, Subscription


def test_the_demo_has_subscriptions_in_several_states_and_loads_twice(
    changde: Any, shaoyang: Any, sandbox: Any
) -> None:
    load()
    load()
    current = {a.chamber_id: Subscription.most_telling(a.subscriptions.all()) for a in Account.objects.all()}
    assert current[changde.pk].status == "trialing"  # type: ignore[union-attr]
    assert current[shaoyang.pk].status == "past_due"  # type: ignore[union-attr]
    assert Account.objects.get(chamber_id=shaoyang.pk).status == "grace"


def test_without_a_payment_service_the_sandboxs_state_is_prepared(changde: Any, settings: Any, tmp_path: Any) -> None:
    from billing.sandbox.store import Store

    settings.STRIPE_API_BASE, settings.RUN_DIR = "", tmp_path
    load()
    store = Store(tmp_path / "stripe-sandbox.sqlite3")
    assert len(store.all("customer")) == Account.objects.count()
    store.close()
