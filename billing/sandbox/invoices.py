"""Invoices and their lines: drawn up, finalised, voided. Taking the money is `collection`'s."""

from typing import Any

from stripe.params import (
    InvoiceCreateParams,
    InvoiceFinalizeInvoiceParams,
    InvoiceItemCreateParams,
    InvoiceItemListParams,
    InvoiceItemRetrieveParams,
    InvoiceListParams,
    InvoiceRetrieveParams,
    InvoiceVoidInvoiceParams,
)

from billing.sandbox.calls import call, listed, listing, retrieving
from billing.sandbox.customers import merged
from billing.sandbox.errors import invalid
from billing.sandbox.events import change, emit
from billing.sandbox.store import HERE, Body, Store


@call(
    "POST",
    "/v1/invoiceitems",
    InvoiceItemCreateParams,
    takes="amount currency customer description metadata subscription",
)
def create_item(store: Store, given: Body) -> Body:
    store.get("customer", given.get("customer", ""))
    subscription = given.pop("subscription", None)
    return add_item(store, subscription, **given)


@call(
    "POST", "/v1/invoices", InvoiceCreateParams, takes="customer description metadata collection_method days_until_due"
)
def create(store: Store, given: Body) -> Body:
    days = given.pop("days_until_due", None)
    due = store.now() + days * 86_400 if days is not None else None
    invoice = draw_up(store, store.get("customer", given.get("customer", "")), None, "manual", [])
    return change(store, "invoice.updated", merged(invoice, given | ({"due_date": due} if due else {})))


@call("POST", "/v1/invoices/{id}/finalize", InvoiceFinalizeInvoiceParams)
def finalize_call(store: Store, given: Body, ident: str) -> Body:
    return finalize(store, store.get("invoice", ident))


@call("POST", "/v1/invoices/{id}/void", InvoiceVoidInvoiceParams)
def void_call(store: Store, given: Body, ident: str) -> Body:
    return void(store, store.get("invoice", ident))


def add_item(store: Store, subscription: str | None, **fields: Any) -> Body:
    """An amount that waits for the customer's next invoice."""
    parent = (
        {"type": "subscription_details", "subscription_details": {"subscription": subscription}}
        if subscription
        else None
    )
    span = {"start": store.now(), "end": store.now()}
    item = store.add("invoiceitem", **{"date": store.now(), "period": span, "parent": parent} | fields)
    emit(store, "invoiceitem.created", item)
    return item


def draw_up(store: Store, customer: Body, subscription: Body | None, reason: str, lines: list[Body]) -> Body:
    """A draft with these lines and with whatever was waiting for this customer."""
    ident = subscription["id"] if subscription else None
    invoice = store.make("invoice", customer=customer["id"], billing_reason=reason, currency="cny")
    lines = lines + [_line_of(store, item, invoice["id"]) for item in _waiting(store, customer["id"], ident)]
    lines = [line | {"invoice": invoice["id"]} for line in lines]
    details = {"subscription": ident, "metadata": subscription["metadata"]} if subscription else None
    parent = {"type": "subscription_details", "subscription_details": details, "quote_details": None}
    invoice |= {"customer_name": customer["name"], "customer_email": customer["email"]}
    invoice |= {"period_start": store.now(), "period_end": store.now(), "parent": parent if details else None}
    invoice |= {"lines": listed(f"/v1/invoices/{invoice['id']}/lines", lines)}
    invoice |= _amounts(sum(line["amount"] for line in lines))
    emit(store, "invoice.created", store.keep(invoice))
    return invoice


def finalize(store: Store, invoice: Body) -> Body:
    if invoice["status"] != "draft":
        raise invalid("This invoice is already finalized, you can't re-finalize it.", code="invoice_not_editable")
    number = int(store.setting("invoices", "0")) + 1
    store.set("invoices", number)
    done = invoice["status_transitions"] | {"finalized_at": store.now()}
    invoice |= {
        "status": "open",
        "number": f"SANDBOX-{number:05}",
        "effective_at": store.now(),
        "status_transitions": done,
    }
    invoice["hosted_invoice_url"] = f"{HERE}/invoice/{invoice['id']}"
    return change(store, "invoice.finalized", invoice)


def void(store: Store, invoice: Body) -> Body:
    if invoice["status"] not in ("open", "uncollectible"):
        raise invalid(f"You can only void open invoices; this one is {invoice['status']}.")
    done = invoice["status_transitions"] | {"voided_at": store.now()}
    return change(
        store, "invoice.voided", invoice | {"status": "void", "status_transitions": done, "next_payment_attempt": None}
    )


def line(store: Store, item: Body, start: int, end: int) -> Body:
    """A subscription item's price for one period."""
    price, amount = item["price"], item["price"]["unit_amount"] * item["quantity"]
    return store.make(
        "line_item", amount=amount, subtotal=amount, currency=price["currency"], period={"start": start, "end": end},
        description=store.get("product", price["product"])["name"], quantity=item["quantity"], pricing=_pricing(price),
        parent={"type": "subscription_item_details", "invoice_item_details": None, "subscription_item_details": {
            "invoice_item": None, "proration": False, "proration_details": None,
            "subscription": item["subscription"], "subscription_item": item["id"]}},
    )  # fmt: skip


def _pricing(price: Body) -> Body:
    details = {"price": price["id"], "product": price["product"]}
    return {"type": "price_details", "price_details": details, "unit_amount_decimal": price["unit_amount_decimal"]}


def _waiting(store: Store, customer: str, subscription: str | None) -> list[Body]:
    items = reversed(store.all("invoiceitem", customer=customer))
    return [item for item in items if item["invoice"] is None and _subscription_of(item) in (None, subscription)]


def _subscription_of(item: Body) -> str | None:
    return item["parent"]["subscription_details"]["subscription"] if item["parent"] else None


def _line_of(store: Store, item: Body, invoice: str) -> Body:
    store.keep(item | {"invoice": invoice})
    details = {
        "invoice_item": item["id"],
        "proration": item["proration"],
        "proration_details": None,
        "subscription": _subscription_of(item),
    }
    return store.make(
        "line_item", amount=item["amount"], subtotal=item["amount"], currency=item["currency"], period=item["period"],
        description=item["description"], parent={"type": "invoice_item_details", "invoice_item_details": details},
    )  # fmt: skip


def _amounts(total: int) -> Body:
    """A credit larger than the charges leaves nothing to pay."""
    due = max(0, total)
    return {"subtotal": total, "subtotal_excluding_tax": total, "total": total, "total_excluding_tax": total,
            "amount_due": due, "amount_remaining": due}  # fmt: skip


def _is_wanted(invoice: Body, given: Body) -> bool:
    parent = invoice["parent"] or {"subscription_details": {"subscription": None}}
    return "subscription" not in given or parent["subscription_details"]["subscription"] == given["subscription"]


retrieving("invoice", "/v1/invoices", InvoiceRetrieveParams)
listing(
    "invoice",
    "/v1/invoices",
    InvoiceListParams,
    equal="customer status collection_method",
    takes="subscription",
    wanted=_is_wanted,
)
retrieving("invoiceitem", "/v1/invoiceitems", InvoiceItemRetrieveParams)
listing("invoiceitem", "/v1/invoiceitems", InvoiceItemListParams, equal="customer")
