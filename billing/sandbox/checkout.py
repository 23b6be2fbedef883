"""Checkout sessions: what a chamber is about to buy, and the payment at the hosted page."""

import json

from stripe.params.checkout import SessionCreateParams, SessionExpireParams, SessionListParams, SessionRetrieveParams

from billing.sandbox import payments, subscriptions
from billing.sandbox.calls import call, listing, retrieving
from billing.sandbox.cards import attach_number, use_by_default
from billing.sandbox.customers import merged
from billing.sandbox.errors import invalid
from billing.sandbox.events import change, emit
from billing.sandbox.periods import DAY
from billing.sandbox.store import HERE, Body, Store

FIELDS = "client_reference_id metadata locale success_url cancel_url expires_at"
PAYMENT = " payment_method_options payment_intent_data customer_email submit_type"


@call(
    "POST", "/v1/checkout/sessions", SessionCreateParams,
    takes=FIELDS + " mode customer line_items subscription_data allowed_payment_method_types payment_method_collection"
    + PAYMENT,
)  # fmt: skip
def create(store: Store, given: Body) -> Body:
    if given.get("mode") == "payment":
        return payments.open_session(store, given)
    if given.get("mode") != "subscription":
        raise invalid("This sandbox knows the modes payment and subscription.", "mode", "sandbox_unsupported")
    customer = store.get("customer", given.get("customer", ""))
    prices = [
        (store.get("price", line.get("price", "")), line.get("quantity", 1)) for line in given.pop("line_items", [])
    ]
    if not prices or any(price["type"] != "recurring" for price, _ in prices):
        raise invalid("You must provide at least one recurring price in subscription mode.", "line_items")
    total = sum(price["unit_amount"] * quantity for price, quantity in prices)
    plan = {"items": [{"price": price["id"], "quantity": quantity} for price, quantity in prices]}
    plan |= given.pop("subscription_data", {})
    session = merged(store.make("checkout.session", expires_at=store.now() + DAY), given)
    session |= {"amount_total": total, "amount_subtotal": total, "currency": prices[0][0]["currency"],
                "url": f"{HERE}/checkout/{session['id']}",
                "customer_details": {"email": customer["email"], "name": customer["name"]}}  # fmt: skip
    store.set(f"plan {session['id']}", json.dumps(plan))
    return store.keep(session)


@call("POST", "/v1/checkout/sessions/{id}/expire", SessionExpireParams)
def expire(store: Store, given: Body, ident: str) -> Body:
    session = open_session(store, ident)
    return change(store, "checkout.session.expired", session | {"status": "expired", "url": None})


def open_session(store: Store, ident: str) -> Body:
    session = store.get("checkout.session", ident)
    if session["status"] != "open":
        raise invalid(f"This Checkout Session is {session['status']}; only open ones can be used.")
    return session


def plan_of(store: Store, session: Body) -> Body:
    return dict(json.loads(store.setting(f"plan {session['id']}", "{}")))


def complete(store: Store, ident: str, number: str) -> Body:
    """The person at the hosted page paid with this card: all of it happens, or none."""
    with store.transaction():
        session = open_session(store, ident)
        card = attach_number(store, session["customer"], number)
        use_by_default(store, card)
        wanted = plan_of(store, session) | {"customer": session["customer"], "default_payment_method": card["id"]}
        subscription = subscriptions.create(store, wanted | {"payment_behavior": "error_if_incomplete"})
        paid = "no_payment_required" if subscription["status"] == "trialing" else "paid"
        done = {"status": "complete", "payment_status": paid, "url": None}
        session |= done | {"subscription": subscription["id"], "invoice": subscription["latest_invoice"]}
        emit(store, "checkout.session.completed", store.keep(session))
    return session


retrieving("checkout.session", "/v1/checkout/sessions", SessionRetrieveParams)
listing(
    "checkout.session", "/v1/checkout/sessions", SessionListParams, equal="customer payment_intent subscription status"
)
