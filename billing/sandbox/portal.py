"""The billing portal: a customer changes the card, pays an open invoice, cancels or takes the cancellation back."""

from stripe.params.billing_portal import SessionCreateParams

from billing.sandbox import collection, subscriptions
from billing.sandbox.calls import call
from billing.sandbox.cards import attach_number, card_for, use_by_default
from billing.sandbox.errors import invalid
from billing.sandbox.events import change
from billing.sandbox.store import HERE, Body, Store


@call("POST", "/v1/billing_portal/sessions", SessionCreateParams, takes="customer return_url locale")
def create(store: Store, given: Body) -> Body:
    store.get("customer", given.get("customer", ""))
    session = store.make("billing_portal.session", **given)
    return store.keep(session | {"url": f"{HERE}/portal/{session['id']}"})


def overview(store: Store, ident: str) -> Body:
    """What the hosted page shows."""
    session = store.get("billing_portal.session", ident)
    customer = store.get("customer", session["customer"])
    living = [
        one for one in store.all("subscription", customer=customer["id"]) if one["status"] not in subscriptions.ENDED
    ]
    card = card_for(store, customer, living[0] if living else None)
    invoices = store.all("invoice", customer=customer["id"])
    return {"session": session, "customer": customer, "subscriptions": living, "card": card, "invoices": invoices}


def change_card(store: Store, ident: str, number: str) -> None:
    with store.transaction():
        shown = overview(store, ident)
        card = attach_number(store, shown["customer"]["id"], number)
        use_by_default(store, card)
        for subscription in shown["subscriptions"]:
            change(store, "customer.subscription.updated", subscription | {"default_payment_method": card["id"]})


def set_cancelling(store: Store, ident: str, subscription: str, cancelling: bool) -> None:
    with store.transaction():
        _require_own(overview(store, ident)["subscriptions"], subscription)
        subscriptions.update(store, {"cancel_at_period_end": cancelling}, subscription)


def pay(store: Store, ident: str, invoice: str) -> None:
    """A failed attempt is kept: the invoice counts it, and the caller is told."""
    _require_own(overview(store, ident)["invoices"], invoice)
    with store.transaction():
        collection.pay(store, {}, invoice)


def _require_own(owned: list[Body], ident: str) -> None:
    if ident not in {body["id"] for body in owned}:
        raise invalid(f"No such object for this customer: {ident}")
