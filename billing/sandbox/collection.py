"""Takes the money of an invoice, tries again when that fails, and moves the subscription with the outcome."""

from stripe.params import InvoicePayParams

from billing.sandbox.calls import call
from billing.sandbox.cards import card_for, charge
from billing.sandbox.errors import declined, invalid
from billing.sandbox.events import change, emit
from billing.sandbox.periods import DAY
from billing.sandbox.store import Body, Store

RETRY_AFTER_DAYS = (3, 5, 7)


@call("POST", "/v1/invoices/{id}/pay", InvoicePayParams, takes="paid_out_of_band payment_method")
def pay(store: Store, given: Body, ident: str) -> Body:
    invoice = store.get("invoice", ident)
    if invoice["status"] not in ("open", "uncollectible"):
        raise invalid(f"Invoice is {invoice['status']} and can't be paid.", code="invoice_not_payable")
    if given.get("paid_out_of_band"):
        return _paid(store, invoice | {"amount_paid_off_stripe": invoice["amount_due"]})
    card = store.get("payment_method", given["payment_method"]) if "payment_method" in given else None
    if collect(store, invoice, card)["status"] != "paid":
        raise declined(keeps_work=True)
    return store.get("invoice", ident)


def collect(store: Store, invoice: Body, card: Body | None = None) -> Body:
    """One attempt; the invoice is afterwards paid, or open with a next attempt, or open and given up."""
    if invoice["amount_due"] == 0:
        return _paid(store, invoice)
    customer = store.get("customer", invoice["customer"])
    subscription = subscription_of(store, invoice)
    intent = charge(store, invoice, card or card_for(store, customer, subscription))
    if intent["status"] == "succeeded":
        return _paid(store, invoice)
    return _failed(store, invoice)


def subscription_of(store: Store, invoice: Body) -> Body | None:
    parent = invoice["parent"]
    return store.get("subscription", parent["subscription_details"]["subscription"]) if parent else None


def _paid(store: Store, invoice: Body) -> Body:
    done = invoice["status_transitions"] | {"paid_at": store.now()}
    invoice |= {
        "status": "paid",
        "attempted": True,
        "amount_remaining": 0,
        "next_payment_attempt": None,
        "status_transitions": done,
    }
    invoice["amount_paid"] = invoice["amount_due"]
    change(store, "invoice.paid", invoice)
    emit(store, "invoice.payment_succeeded", invoice)
    subscription = subscription_of(store, invoice)
    if subscription and _is_owed_for(subscription, invoice):
        change(store, "customer.subscription.updated", subscription | {"status": "active"})
    return invoice


def _is_owed_for(subscription: Body, invoice: Body) -> bool:
    is_behind = subscription["status"] in ("incomplete", "past_due", "unpaid")
    return is_behind and subscription["latest_invoice"] == invoice["id"]


def _failed(store: Store, invoice: Body) -> Body:
    count = invoice["attempt_count"] + 1
    later = RETRY_AFTER_DAYS[count - 1] * DAY if count <= len(RETRY_AFTER_DAYS) else None
    invoice |= {
        "attempted": True,
        "attempt_count": count,
        "next_payment_attempt": store.now() + later if later else None,
    }
    change(store, "invoice.payment_failed", invoice)
    subscription = subscription_of(store, invoice)
    if subscription and subscription["status"] in ("active", "trialing", "past_due"):
        status = "past_due" if later else store.setting("after_retries", "canceled")
        ended = {"ended_at": store.now(), "canceled_at": store.now()} if status == "canceled" else {}
        kind = "customer.subscription.deleted" if ended else "customer.subscription.updated"
        change(store, kind, subscription | {"status": status} | ended)
    return invoice
