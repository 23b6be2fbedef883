"""Time: what comes due happens, each at its own moment, when the sandbox is advanced or simply left running."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from billing.sandbox import payments, refunds
from billing.sandbox.collection import collect
from billing.sandbox.events import change, emit
from billing.sandbox.periods import DAY
from billing.sandbox.store import Body, Store
from billing.sandbox.subscriptions import ENDED, end, expire, renew

Due = tuple[int, Callable[[], Any]]
FIRST_PAYMENT_WITHIN = 23 * 3600


def advance(store: Store, seconds: int) -> None:
    """Moves the sandbox's time ahead and lets everything between happen in order."""
    with store.transaction():
        target = store.now() + seconds
        catch_up(store, target)
        store.set("ahead", int(store.setting("ahead", "0")) + seconds)
        if seconds:
            emit(store, "test_helpers.test_clock.ready", _clock(store, target))


def catch_up(store: Store, until: int) -> None:
    while due := min((one for one in _due(store) if one[0] <= until), key=lambda one: one[0], default=None):
        with store.standing_at(due[0]):
            due[1]()


def _clock(store: Store, moment: int) -> Body:
    return store.add("test_helpers.test_clock", name="sandbox", frozen_time=moment, deletes_after=moment + 30 * DAY)


def _due(store: Store) -> Iterator[Due]:
    for subscription in store.all("subscription"):
        if subscription["status"] not in (*ENDED, "paused"):
            yield _next(store, subscription)
            yield from _warning(store, subscription)
    for invoice in store.all("invoice", status="open"):
        if invoice["next_payment_attempt"]:
            yield invoice["next_payment_attempt"], partial(collect, store, invoice)
    for session in store.all("checkout.session", status="open"):
        expired = session | {"status": "expired", "url": None}
        yield session["expires_at"], partial(change, store, "checkout.session.expired", expired)
    yield from payments.due(store)
    yield from refunds.due(store)


def _next(store: Store, subscription: Body) -> Due:
    """What this subscription's calendar holds next."""
    period_end = subscription["items"]["data"][0]["current_period_end"]
    if subscription["status"] == "incomplete":
        return subscription["created"] + FIRST_PAYMENT_WITHIN, lambda: expire(store, subscription)
    if subscription["cancel_at"]:
        return subscription["cancel_at"], lambda: end(store, subscription, "cancellation_requested")
    if subscription["status"] == "trialing":
        return subscription["trial_end"], lambda: _end_trial(store, subscription)
    return period_end, lambda: renew(store, subscription)


def _end_trial(store: Store, subscription: Body) -> None:
    customer = store.get("customer", subscription["customer"])
    card = subscription["default_payment_method"] or customer["invoice_settings"]["default_payment_method"]
    otherwise = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
    if card or otherwise == "create_invoice":
        renew(store, subscription)
    elif otherwise == "cancel":
        end(store, subscription, "payment_failed")
    else:
        change(store, "customer.subscription.paused", subscription | {"status": "paused"})


def _warning(store: Store, subscription: Body) -> Iterator[Due]:
    """Stripe tells three days before a trial ends, once."""
    mark = f"warned {subscription['id']}"
    if subscription["status"] == "trialing" and not store.setting(mark):

        def warn() -> None:
            store.set(mark, "yes")
            emit(store, "customer.subscription.trial_will_end", subscription)

        yield subscription["trial_end"] - 3 * DAY, warn
