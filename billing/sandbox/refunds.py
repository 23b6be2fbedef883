"""Money that goes back: refunds, which a wallet may confirm later or fail, and payments that a payer disputes."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from stripe.params import (
    DisputeListParams,
    DisputeRetrieveParams,
    RefundCreateParams,
    RefundListParams,
    RefundRetrieveParams,
)

from billing.sandbox.calls import call, listing, retrieving
from billing.sandbox.customers import merged
from billing.sandbox.errors import invalid
from billing.sandbox.events import change, emit
from billing.sandbox.payments import LATER_SECONDS, book
from billing.sandbox.store import Body, Store


@call("POST", "/v1/refunds", RefundCreateParams, takes="amount charge metadata payment_intent reason")
def create(store: Store, given: Body) -> Body:
    """A card is refunded at once; a wallet confirms later."""
    charge = _charge(store, given)
    left = charge["amount"] - charge["amount_refunded"]
    fen = given.setdefault("amount", left)
    if charge["disputed"]:
        raise invalid("The charge has been charged back.", "charge", "charge_disputed")
    if not 0 < fen <= left:
        raise invalid(f"Refund amount ({fen}) is greater than unrefunded amount on charge ({left}).", "amount")
    refund = merged(store.make("refund"), given)
    refund |= {"charge": charge["id"], "payment_intent": charge["payment_intent"], "currency": charge["currency"]}
    is_later = charge["payment_method_details"]["type"] == "wechat_pay"
    refund["status"] = "pending" if is_later else "succeeded"
    refund["balance_transaction"] = book(store, "refund", -fen, refund["id"])
    emit(store, "refund.created", store.keep(refund))
    _show(store, charge, fen)
    if is_later:
        store.set(f"refund {refund['id']}", json.dumps({"due": store.now() + LATER_SECONDS, "id": refund["id"]}))
    return refund


def due(store: Store) -> Iterator[tuple[int, Any]]:
    for name, text in store.run("select name, value from setting where name like 'refund %' and value != ''"):
        said = json.loads(text)
        yield said["due"], partial(_confirm, store, name, said["id"])


def _confirm(store: Store, name: str, ident: str) -> None:
    store.set(name, "")
    with store.of_account(store.owner_of(ident)):
        refund = store.get("refund", ident)
        left = int(store.setting("failing_refunds", "0"))
        store.set("failing_refunds", max(0, left - 1))
        fail(store, refund) if left else change(store, "refund.updated", refund | {"status": "succeeded"})


def fail(store: Store, refund: Body) -> Body:
    """Also a refund that was confirmed can come back: the money is with the account again."""
    failed = change(store, "refund.failed", refund | {"status": "failed", "failure_reason": "expired_or_canceled_card"})
    book(store, "refund_failure", refund["amount"], refund["id"])
    _show(store, store.get("charge", refund["charge"]), -refund["amount"])
    return failed


def dispute(store: Store, charge: Body) -> Body:
    """The payer told the bank that the payment is not theirs."""
    with store.transaction():
        made = store.make("dispute", amount=charge["amount"], charge=charge["id"], currency=charge["currency"])
        made |= {"payment_intent": charge["payment_intent"], "reason": "fraudulent"}
        book(store, "adjustment", -charge["amount"], made["id"])
        change(store, "charge.updated", charge | {"disputed": True})
        emit(store, "charge.dispute.created", store.keep(made))
    return made


def close(store: Store, made: Body, outcome: str) -> Body:
    """`outcome` is "won" or "lost"."""
    with store.transaction():
        if outcome == "won":
            book(store, "adjustment", made["amount"], made["id"])
        return change(store, "charge.dispute.closed", made | {"status": outcome})


def _charge(store: Store, given: Body) -> Body:
    if "charge" in given:
        return store.get("charge", given["charge"])
    intent = store.get("payment_intent", given.get("payment_intent", ""))
    if not intent["latest_charge"]:
        raise invalid("This PaymentIntent does not have a successful charge to refund.", "payment_intent")
    return store.get("charge", intent["latest_charge"])


def _show(store: Store, charge: Body, fen: int) -> None:
    refunded = charge["amount_refunded"] + fen
    told = {"amount_refunded": refunded, "refunded": refunded == charge["amount"]}
    change(store, "charge.refunded" if fen > 0 else "charge.updated", charge | told)


retrieving("refund", "/v1/refunds", RefundRetrieveParams)
listing("refund", "/v1/refunds", RefundListParams, equal="payment_intent charge")
retrieving("dispute", "/v1/disputes", DisputeRetrieveParams)
listing("dispute", "/v1/disputes", DisputeListParams, equal="payment_intent charge")
