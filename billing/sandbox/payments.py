"""One payment at the hosted page: by card, Alipay or WeChat Pay, at once or confirmed later, with the fee it costs."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from stripe.params import (
    BalanceTransactionListParams,
    BalanceTransactionRetrieveParams,
    ChargeListParams,
    ChargeRetrieveParams,
)

from billing.sandbox import accounts
from billing.sandbox.calls import call, listing, page, retrieving
from billing.sandbox.cards import CARDS, NEVER_PAYS
from billing.sandbox.customers import merged
from billing.sandbox.errors import declined, invalid
from billing.sandbox.events import change, emit
from billing.sandbox.periods import DAY
from billing.sandbox.store import HERE, Body, Store

METHODS = ("card", "alipay", "wechat_pay")
FEES = {"card": (0.034, 200), "alipay": (0.022, 0), "wechat_pay": (0.022, 0)}  # of the amount, and fen a time
SHORTEST, LONGEST = 30 * 60, DAY
LATER_SECONDS = 60


def open_session(store: Store, given: Body) -> Body:
    """A checkout session of mode `payment`: the amount is in the call, nothing has to be made before."""
    methods = _eligible(store, given.get("allowed_payment_method_types") or list(METHODS))
    expires = given.setdefault("expires_at", store.now() + LONGEST)
    if not store.now() + SHORTEST - 60 <= expires <= store.now() + LONGEST + 60:
        raise invalid("expires_at must be between 30 minutes and 24 hours from now.", "expires_at")
    lines = [_line(line, at) for at, line in enumerate(given.pop("line_items", []))]
    if not lines:
        raise invalid("Missing required param: line_items.", "line_items", "parameter_missing")
    total = sum(line["fen"] for line in lines)
    intent = given.pop("payment_intent_data", {})
    session = merged(store.make("checkout.session", payment_method_collection="if_required"), given)
    session |= {"amount_total": total, "amount_subtotal": total, "currency": lines[0]["currency"],
                "payment_method_types": methods, "url": f"{HERE}/checkout/{session['id']}"}  # fmt: skip
    store.set(f"payment {session['id']}", json.dumps({"lines": lines, "intent": intent}))
    return store.keep(session)


def lines_of(store: Store, session: Body) -> list[Body]:
    return list(json.loads(store.setting(f"payment {session['id']}", '{"lines": []}'))["lines"])


def pay(store: Store, session: Body, method: str, *, number: str = "", outcome: str = "now") -> Body:
    """What the person at the page did: `outcome` is "now", "later", "later-fails" or "fails"."""
    if method not in session["payment_method_types"]:
        raise invalid(f"This session does not offer {method}.", "payment_method")
    digits = "".join(number.split())
    if method == "card" and digits not in CARDS:
        raise invalid("Only test cards work here.", "number", "incorrect_number")
    if outcome == "fails" or (method == "card" and digits.endswith(NEVER_PAYS)):
        raise declined()
    with store.transaction():
        intent = _intent(store, session, method)
        done: Body = {"status": "complete", "url": None, "payment_intent": intent["id"]}
        if outcome == "now":
            _settle(store, intent)
            done["payment_status"] = "paid"
        else:
            later = {"due": store.now() + LATER_SECONDS, "pays": outcome == "later", "session": session["id"]}
            store.set(f"later {session['id']}", json.dumps(later))
            emit(store, "payment_intent.processing", store.keep(intent | {"status": "processing"}))
        emit(store, "checkout.session.completed", store.keep(session | done))
    return store.get("checkout.session", session["id"])


def due(store: Store) -> Iterator[tuple[int, Any]]:
    """What connected accounts have to come: pages that expire, confirmations that were put off."""
    for account in store.everywhere("account"):
        with store.of_account(account["id"]):
            for session in store.all("checkout.session", status="open"):
                yield session["expires_at"], partial(_within, store, account["id"], expire, session)
        for name, text in store.run("select name, value from setting where name like 'later %' and value != ''"):
            said = json.loads(text)
            if store.owner_of(said["session"]) == account["id"]:
                yield said["due"], partial(_within, store, account["id"], _confirm, name, said)


def expire(store: Store, session: Body) -> Body:
    return change(store, "checkout.session.expired", session | {"status": "expired", "url": None})


def _within(store: Store, account: str, work: Any, *given: Any) -> None:
    with store.of_account(account):
        work(store, *given)


def _confirm(store: Store, name: str, said: Body) -> None:
    """The wallet tells later whether the money came."""
    store.set(name, "")
    session = store.get("checkout.session", said["session"])
    intent = store.get("payment_intent", session["payment_intent"])
    if said["pays"]:
        _settle(store, intent)
        change(store, "checkout.session.async_payment_succeeded", session | {"payment_status": "paid"})
        return
    error = {"type": "invalid_request_error", "code": "payment_intent_payment_attempt_failed"}
    failed = intent | {"status": "requires_payment_method", "last_payment_error": error}
    change(store, "payment_intent.payment_failed", failed)
    emit(store, "checkout.session.async_payment_failed", session)


def _intent(store: Store, session: Body, method: str) -> Body:
    kept = json.loads(store.setting(f"payment {session['id']}"))["intent"]
    intent = merged(store.make("payment_intent", setup_future_usage=None), kept)
    intent |= {"amount": session["amount_total"], "currency": session["currency"], "payment_method_types": [method]}
    return store.keep(intent)


def _settle(store: Store, intent: Body) -> None:
    """The money is there: the charge, and what of it stays with the payment service."""
    [method] = intent["payment_method_types"]
    charge = store.make(
        "charge", amount=intent["amount"], amount_captured=intent["amount"], payment_intent=intent["id"]
    )
    charge |= {"currency": intent["currency"], "description": intent["description"], "metadata": intent["metadata"],
               "payment_method_details": {"type": method, method: {}}}  # fmt: skip
    charge["balance_transaction"] = book(store, "charge", intent["amount"], charge["id"], fee=_fee(method, intent))
    paid = {"status": "succeeded", "amount_received": intent["amount"], "latest_charge": store.keep(charge)["id"]}
    change(store, "payment_intent.succeeded", intent | paid)
    emit(store, "charge.succeeded", charge)


def book(store: Store, kind: str, fen: int, source: str, *, fee: int = 0) -> str:
    """A line of the account's balance; its id."""
    made = store.make("balance_transaction", amount=fen, fee=fee, net=fen - fee, type=kind, reporting_category=kind)
    told = {"source": source, "currency": "cny", "available_on": store.now() + 2 * DAY}
    return str(store.keep(made | told)["id"])


def _fee(method: str, intent: Body) -> int:
    share, fixed = FEES[method]
    fen = int(intent["amount"])
    return min(fen, round(fen * share) + fixed)


def _line(line: Body, at: int) -> Body:
    price = line.get("price_data")
    if price is None or "unit_amount" not in price or "product_data" not in price:
        raise invalid("This sandbox takes payments with price_data.", f"line_items[{at}]", "sandbox_unsupported")
    fen = price["unit_amount"] * line.get("quantity", 1)
    if fen <= 0:
        raise invalid("The amount must be greater than 0.", f"line_items[{at}][price_data][unit_amount]")
    return {"name": price["product_data"]["name"], "fen": fen, "currency": price["currency"]}


def _eligible(store: Store, allowed: list[str]) -> list[str]:
    """Of what is allowed, what the account can take now."""
    here, methods = store.account, [method for method in METHODS if method in allowed]
    if here:
        with store.of_account(""):
            account = store.get("account", here)
        methods = [method for method in methods if accounts.takes(account, method)]
    if not methods:
        raise invalid("No valid payment method types for this Checkout Session.", "allowed_payment_method_types")
    return methods


@call("GET", "/v1/balance_transactions", BalanceTransactionListParams, takes="limit payout source type starting_after")
def list_balance(store: Store, given: Body) -> Body:
    inside = store.setting(f"payout {given.get('payout')}").split()
    rows = [row for row in store.all("balance_transaction") if "payout" not in given or row["id"] in inside]
    same = [row for row in rows if all(given.get(name, row[name]) == row[name] for name in ("source", "type"))]
    return page("/v1/balance_transactions", same, given)


retrieving("balance_transaction", "/v1/balance_transactions", BalanceTransactionRetrieveParams)
retrieving("charge", "/v1/charges", ChargeRetrieveParams)
listing("charge", "/v1/charges", ChargeListParams, equal="payment_intent")
