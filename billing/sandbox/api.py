"""Answers a call as Stripe does: key, version, parameters, idempotency, expansion, errors."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import stripe

from billing.sandbox import (
    accounts,
    calls,
    cards,
    catalogue,
    checkout,
    collection,
    customers,
    cycle,
    endpoints,
    events,
    payments,
    payouts,
    portal,
    prorations,
    refunds,
)
from billing.sandbox.errors import ApiError, invalid, reused_key, stranger, unauthorized
from billing.sandbox.forms import parse
from billing.sandbox.store import Body, Store

DECLARING = (
    accounts, cards, catalogue, checkout, collection, customers, cycle, endpoints, events, payments, payouts, portal,
    prorations, refunds,
)  # fmt: skip
KEYS_LIVE_SECONDS = 86_400
REFERENCES = {
    "customer": "customer", "latest_invoice": "invoice", "subscription": "subscription", "product": "product",
    "invoice": "invoice", "default_payment_method": "payment_method", "payment_method": "payment_method",
    "payment_intent": "payment_intent", "latest_charge": "charge", "charge": "charge",
    "balance_transaction": "balance_transaction",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    status: int
    body: Body
    headers: dict[str, str] = field(default_factory=dict)


def answer(store: Store, method: str, path: str, encoded: str, headers: Mapping[str, str]) -> Answer:
    """`headers` with lower-case names; `encoded` is the query of a GET, else the form."""
    shown = {
        "Request-Id": f"req_{secrets.token_hex(7)}",
        "Stripe-Version": headers.get("stripe-version", stripe.api_version),
    }
    try:
        _check_headers(headers)
        call, idents = calls.find(method, path)
        raw = parse(encoded)
        call.check(raw)
        key = headers.get("idempotency-key") if method == "POST" else None
        with store.of_account(_account(store, headers)):
            done = _once(store, key, f"{method} {path}", call, raw, idents) if key else _run(store, call, raw, idents)
    except ApiError as refusal:
        done = Answer(refusal.status, refusal.body)
    return Answer(done.status, done.body, shown | done.headers)


def _check_headers(headers: Mapping[str, str]) -> None:
    if not headers.get("authorization", "").startswith("Bearer sk_test_"):
        raise unauthorized()
    version = headers.get("stripe-version", stripe.api_version)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(\.\w+)?", version):
        raise invalid(f"Invalid Stripe API version: {version}")


def _account(store: Store, headers: Mapping[str, str]) -> str:
    """Whose objects the call is about: the platform's, or those of an account that is connected to it."""
    ident = headers.get("stripe-account", "")
    if ident and not any(account["id"] == ident for account in store.all("account")):
        raise stranger(ident)
    return ident


def _once(store: Store, key: str, target: str, call: calls.Call, raw: Body, idents: tuple[str, ...]) -> Answer:
    """The first answer to a key is given again to the same request; another request with it is refused."""
    key = f"{store.account} {key}" if store.account else key
    mark = hashlib.sha256((target + json.dumps(raw, sort_keys=True)).encode()).hexdigest()
    with store.lock:
        store.run("delete from reply where made < ?", store.now() - KEYS_LIVE_SECONDS)
        kept = store.run("select print, status, body from reply where key = ?", key)
        if kept and kept[0][0] != mark:
            raise reused_key(key)
        if kept:
            return Answer(kept[0][1], json.loads(kept[0][2]), {"Idempotent-Replayed": "true"})
        done = _run(store, call, raw, idents)
        store.run(
            "insert into reply values (?, ?, ?, ?, ?)", key, mark, done.status, json.dumps(done.body), store.now()
        )
        return done


def _run(store: Store, call: calls.Call, raw: Body, idents: tuple[str, ...]) -> Answer:
    try:
        with store.transaction():
            body = call.answer(store, raw, idents)
            for path in raw.get("expand", []):
                _expand(store, body, path.split("."))
            return Answer(200, body)
    except ApiError as refusal:
        return Answer(refusal.status, refusal.body)


def _expand(store: Store, body: Any, path: list[str]) -> None:
    if isinstance(body, list):
        for part in body:
            _expand(store, part, path)
    elif path and isinstance(body, dict):
        name, rest = path[0], path[1:]
        if name not in body:
            raise invalid(f"This property cannot be expanded ({name}).", "expand")
        if isinstance(body[name], str) and name in REFERENCES:
            body[name] = store.get(REFERENCES[name], body[name])
        _expand(store, body[name], rest)
