"""Test cards, attached as payment methods, and what happens when they are charged."""

from stripe.params import (
    PaymentIntentListParams,
    PaymentIntentRetrieveParams,
    PaymentMethodAttachParams,
    PaymentMethodDetachParams,
    PaymentMethodListParams,
    PaymentMethodRetrieveParams,
)

from billing.sandbox.calls import call, listing, retrieving
from billing.sandbox.errors import declined, invalid, missing
from billing.sandbox.events import change, emit
from billing.sandbox.store import Body, Store

CARDS = {
    "4242424242424242": ("pm_card_visa", "visa"),
    "5555555555554444": ("pm_card_mastercard", "mastercard"),
    "6200000000000005": ("pm_card_unionpay", "unionpay"),
    "4000000000000341": ("pm_card_chargeCustomerFail", "visa"),
    "4000000000000002": ("pm_card_chargeDeclined", "visa"),
}
NEVER_ATTACHES = "0002"
NEVER_PAYS = ("0341", "0002")


@call("POST", "/v1/payment_methods/{id}/attach", PaymentMethodAttachParams, takes="customer")
def attach(store: Store, given: Body, ident: str) -> Body:
    for number, (token, _) in CARDS.items():
        if token == ident:
            return attach_number(store, given["customer"], number)
    raise missing("payment_method", ident)


@call("POST", "/v1/payment_methods/{id}/detach", PaymentMethodDetachParams)
def detach(store: Store, given: Body, ident: str) -> Body:
    return change(store, "payment_method.detached", store.get("payment_method", ident) | {"customer": None})


def attach_number(store: Store, customer: str, number: str) -> Body:
    """The card is kept for the customer; the one that is always declined is not."""
    digits = "".join(number.split())
    if digits not in CARDS:
        raise invalid("Only test cards work here.", "number", "incorrect_number")
    if digits.endswith(NEVER_ATTACHES):
        raise declined()
    store.get("customer", customer)
    card = {"brand": CARDS[digits][1], "last4": digits[-4:], "exp_month": 12, "exp_year": 2034, "funding": "credit"}
    method = store.add(
        "payment_method", customer=customer, card=card | {"country": "CN", "display_brand": card["brand"]}
    )
    emit(store, "payment_method.attached", method)
    return method


def use_by_default(store: Store, method: Body) -> None:
    customer = store.get("customer", method["customer"])
    settings = customer["invoice_settings"] | {"default_payment_method": method["id"]}
    change(store, "customer.updated", customer | {"invoice_settings": settings})


def card_for(store: Store, customer: Body, subscription: Body | None) -> Body | None:
    ident = (subscription or {}).get("default_payment_method") or customer["invoice_settings"]["default_payment_method"]
    return store.get("payment_method", ident) if ident else None


def charge(store: Store, invoice: Body, card: Body | None) -> Body:
    """An attempt to take the invoice's amount, as a payment intent that says how it ended."""
    pays = card is not None and card["card"]["last4"] not in NEVER_PAYS and not _is_made_to_fail(store)
    intent = store.make(
        "payment_intent", amount=invoice["amount_due"], currency=invoice["currency"], customer=invoice["customer"],
        payment_method=card["id"] if card else None, description=invoice["number"], metadata={"invoice": invoice["id"]},
    )  # fmt: skip
    intent |= {"status": "succeeded", "amount_received": intent["amount"]} if pays else {}
    intent["last_payment_error"] = None if pays else {"type": "card_error", "code": "card_declined"}
    emit(store, "payment_intent.succeeded" if pays else "payment_intent.payment_failed", store.keep(intent))
    return intent


def _is_made_to_fail(store: Store) -> bool:
    left = int(store.setting("failing", "0"))
    store.set("failing", max(0, left - 1))
    return left > 0


retrieving("payment_method", "/v1/payment_methods", PaymentMethodRetrieveParams)
listing("payment_method", "/v1/payment_methods", PaymentMethodListParams, equal="customer type")
retrieving("payment_intent", "/v1/payment_intents", PaymentIntentRetrieveParams)
listing("payment_intent", "/v1/payment_intents", PaymentIntentListParams, equal="customer")
