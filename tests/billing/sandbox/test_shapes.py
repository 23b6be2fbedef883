"""The sandbox's objects look like the SDK's: no field it does not know, none missing that it always has."""

import pytest
import stripe

from billing.sandbox.store import SHAPES

CLASSES = {
    "customer": stripe.Customer, "product": stripe.Product, "price": stripe.Price, "subscription": stripe.Subscription,
    "subscription_item": stripe.SubscriptionItem, "invoice": stripe.Invoice, "line_item": stripe.InvoiceLineItem,
    "invoiceitem": stripe.InvoiceItem, "payment_intent": stripe.PaymentIntent, "payment_method": stripe.PaymentMethod,
    "checkout.session": stripe.checkout.Session, "billing_portal.session": stripe.billing_portal.Session,
    "webhook_endpoint": stripe.WebhookEndpoint, "event": stripe.Event,
    "account": stripe.Account, "charge": stripe.Charge, "refund": stripe.Refund, "dispute": stripe.Dispute,
    "balance_transaction": stripe.BalanceTransaction, "payout": stripe.Payout,
    "payment_method_configuration": stripe.PaymentMethodConfiguration,
}  # fmt: skip
MADE_EACH_TIME = {"id", "object"}
NOT_FIELDS = {"deleted", "OBJECT_NAME", "plan"}  # `plan` is the old name of a price


@pytest.mark.parametrize("kind", CLASSES)
def test_an_object_has_the_fields_of_the_sdk(kind: str) -> None:
    known = CLASSES[kind].__annotations__
    shape = set(SHAPES[kind]) | MADE_EACH_TIME
    assert shape <= set(known)
    always = {name for name, hint in known.items() if "None" not in str(hint) and "Optional" not in str(hint)}
    assert always - NOT_FIELDS <= shape
