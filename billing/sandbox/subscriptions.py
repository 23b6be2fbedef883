"""Subscriptions: started with or without a trial, changed with proration, cancelled now or at the period's end."""

from stripe.params import (
    SubscriptionCancelParams,
    SubscriptionCreateParams,
    SubscriptionListParams,
    SubscriptionRetrieveParams,
    SubscriptionUpdateParams,
)

from billing.sandbox.calls import call, listed, listing, retrieving
from billing.sandbox.cards import card_for
from billing.sandbox.collection import collect
from billing.sandbox.customers import merged
from billing.sandbox.errors import declined, invalid
from billing.sandbox.events import change, emit
from billing.sandbox.invoices import draw_up, finalize, line, void
from billing.sandbox.periods import DAY, end_of_period
from billing.sandbox.prorations import reprice
from billing.sandbox.store import Body, Store

SETTINGS = "default_payment_method description metadata trial_settings cancel_at_period_end"
ENDED = ("canceled", "incomplete_expired")


@call(
    "POST", "/v1/subscriptions", SubscriptionCreateParams,
    takes=SETTINGS + " customer items trial_end trial_period_days payment_behavior",
)  # fmt: skip
def create(store: Store, given: Body) -> Body:
    customer = store.get("customer", given.get("customer", ""))
    behavior = given.pop("payment_behavior", "allow_incomplete")
    trial_end = _trial_end(store, given.pop("trial_end", None), given.pop("trial_period_days", None))
    subscription = merged(_start(store, given.pop("items", []), trial_end), given)
    if not trial_end and behavior != "default_incomplete" and not card_for(store, customer, subscription):
        message = "This customer has no attached payment source or default payment method."
        raise invalid(message, "customer", "resource_missing")
    emit(store, "customer.subscription.created", store.keep(subscription))
    return _first_invoice(store, customer, subscription, behavior)


@call(
    "POST", "/v1/subscriptions/{id}", SubscriptionUpdateParams, takes=SETTINGS + " items proration_behavior trial_end"
)
def update(store: Store, given: Body, ident: str) -> Body:
    subscription = _living(store, ident)
    items, proration = given.pop("items", []), given.pop("proration_behavior", "create_prorations")
    if "trial_end" in given:
        _move_trial(store, subscription, given.pop("trial_end"))
    if given.get("cancel_at_period_end") is not None:
        _plan_the_end(store, subscription, given["cancel_at_period_end"])
    change(store, "customer.subscription.updated", merged(subscription, given))
    if items:
        reprice(store, subscription, items, proration)
    return store.get("subscription", ident)


@call("DELETE", "/v1/subscriptions/{id}", SubscriptionCancelParams)
def cancel(store: Store, given: Body, ident: str) -> Body:
    return end(store, _living(store, ident), "cancellation_requested")


def end(store: Store, subscription: Body, reason: str, status: str = "canceled") -> Body:
    why = subscription["cancellation_details"] | {"reason": reason}
    dates = {"canceled_at": subscription["canceled_at"] or store.now(), "ended_at": store.now()}
    for invoice in store.all("invoice", customer=subscription["customer"], status="open"):
        if invoice["id"] == subscription["latest_invoice"]:
            store.keep(invoice | {"next_payment_attempt": None, "auto_advance": False})
    body = subscription | dates | {"status": status, "cancellation_details": why}
    return change(
        store, "customer.subscription.deleted" if status == "canceled" else "customer.subscription.updated", body
    )


def expire(store: Store, subscription: Body) -> None:
    """A first invoice that nobody paid within 23 hours."""
    void(store, store.get("invoice", subscription["latest_invoice"]))
    end(store, subscription, "payment_failed", status="incomplete_expired")


def renew(store: Store, subscription: Body) -> None:
    """The next period begins and is invoiced, unless collection was given up before."""
    item = subscription["items"]["data"][0]
    start = item["current_period_end"]
    status = "active" if subscription["status"] == "trialing" else subscription["status"]
    anchor = start if subscription["status"] == "trialing" else subscription["billing_cycle_anchor"]
    set_period(subscription, start, end_of_period(anchor, start, item["price"]["recurring"]))
    change(store, "customer.subscription.updated", subscription | {"status": status, "billing_cycle_anchor": anchor})
    if status != "unpaid":
        bill(store, subscription["id"], "subscription_cycle")


def bill(store: Store, ident: str, reason: str, collecting: bool = True) -> Body:
    subscription = store.get("subscription", ident)
    customer = store.get("customer", subscription["customer"])
    trial = subscription["status"] == "trialing"
    lines = [_line(store, item, trial) for item in subscription["items"]["data"]]
    invoice = draw_up(store, customer, subscription, reason, lines)
    store.keep(subscription | {"latest_invoice": invoice["id"]})
    return collect(store, finalize(store, invoice)) if collecting else invoice


def set_period(subscription: Body, start: int, finish: int) -> None:
    for item in subscription["items"]["data"]:
        item |= {"current_period_start": start, "current_period_end": finish}


def _line(store: Store, item: Body, trial: bool) -> Body:
    made = line(store, item, item["current_period_start"], item["current_period_end"])
    return made | {"amount": 0, "subtotal": 0} if trial else made


def _trial_end(store: Store, moment: int | str | None, days: int | None) -> int | None:
    if isinstance(moment, int) and moment <= store.now():
        raise invalid("trial_end must be in the future.", "trial_end")
    return moment if isinstance(moment, int) else store.now() + days * DAY if days else None


def _start(store: Store, wanted: list[Body], trial_end: int | None) -> Body:
    if not wanted:
        raise invalid("Missing required param: items.", "items", "parameter_missing")
    now = store.now()
    subscription = store.make(
        "subscription", start_date=now, billing_cycle_anchor=trial_end or now, trial_end=trial_end, currency="cny"
    )
    items = [_item(store, subscription["id"], given) for given in wanted]
    subscription["items"] = listed(f"/v1/subscription_items?subscription={subscription['id']}", items)
    set_period(subscription, now, trial_end or end_of_period(now, now, items[0]["price"]["recurring"]))
    return subscription | ({"status": "trialing", "trial_start": now} if trial_end else {})


def _item(store: Store, subscription: str, given: Body) -> Body:
    price = store.get("price", given.get("price", ""))
    if price["type"] != "recurring":
        raise invalid(
            "The price specified is set to `type=one_time` but this field only accepts recurring prices.",
            "items[0][price]",
        )
    return store.make("subscription_item", price=price, quantity=given.get("quantity", 1), subscription=subscription)


def _first_invoice(store: Store, customer: Body, subscription: Body, behavior: str) -> Body:
    invoice = bill(store, subscription["id"], "subscription_create", collecting=behavior != "default_incomplete")
    if behavior == "default_incomplete":
        finalized = finalize(store, invoice)
        if finalized["amount_due"] == 0:
            collect(store, finalized)
    if behavior == "error_if_incomplete" and invoice["status"] != "paid":
        raise declined()
    return store.get("subscription", subscription["id"])


def _living(store: Store, ident: str) -> Body:
    subscription = store.get("subscription", ident)
    if subscription["status"] in ENDED:
        raise invalid(
            "A canceled subscription can only update its cancellation_details and metadata.", code="resource_missing"
        )
    return subscription


def _move_trial(store: Store, subscription: Body, moment: int | str) -> None:
    """`now` ends the trial: the first paid period starts at once."""
    finish = store.now() if moment == "now" else _trial_end(store, moment, None)
    set_period(subscription, subscription["items"]["data"][0]["current_period_start"], int(finish or 0))
    change(store, "customer.subscription.updated", subscription | {"trial_end": finish})
    if moment == "now":
        renew(store, store.get("subscription", subscription["id"]))
        subscription.update(store.get("subscription", subscription["id"]))


def _plan_the_end(store: Store, subscription: Body, at_period_end: bool) -> None:
    finish = subscription["items"]["data"][0]["current_period_end"]
    subscription |= {
        "cancel_at": finish if at_period_end else None,
        "canceled_at": store.now() if at_period_end else None,
    }


def _is_wanted(subscription: Body, given: Body) -> bool:
    status = given.get("status")
    prices = {item["price"]["id"] for item in subscription["items"]["data"]}
    if "price" in given and given["price"] not in prices:
        return False
    if status in (None, "ended"):
        return (subscription["status"] in ENDED) == (status == "ended")
    return status in ("all", subscription["status"])


retrieving("subscription", "/v1/subscriptions", SubscriptionRetrieveParams)
listing(
    "subscription",
    "/v1/subscriptions",
    SubscriptionListParams,
    equal="customer",
    takes="status price",
    wanted=_is_wanted,
)
