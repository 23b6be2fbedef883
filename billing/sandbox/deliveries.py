"""Sends events to endpoints, signed as Stripe signs, again and again until they are accepted."""

import functools
import hmac
import json
import time
from dataclasses import dataclass
from hashlib import sha256
from threading import Event, Thread

import httpx

from billing.sandbox.cycle import advance
from billing.sandbox.errors import ApiError
from billing.sandbox.store import HERE, Store

BACK_OFF_SECONDS = (1, 5, 20, 60, 300, 1800, 3600, 3600, 10800, 10800)


@dataclass(frozen=True)
class Delivery:
    seq: int
    event: str
    endpoint: str
    attempts: int


def signature(payload: str, secret: str, moment: int) -> str:
    """https://docs.stripe.com/webhooks#verify-manually"""
    digest = hmac.new(secret.encode(), f"{moment}.{payload}".encode(), sha256).hexdigest()
    return f"t={moment},v1={digest}"


def waiting(store: Store) -> list[Delivery]:
    rows = store.run(
        "select seq, event, endpoint, attempts from delivery where not done and due <= ? order by seq", time.time()
    )
    return [Delivery(*row) for row in rows]


def payload_of(store: Store, event: str) -> str:
    with store.of_account(store.owner_of(event)):
        return json.dumps(store.get("event", event)).replace(HERE, store.setting("address"))


def deliver(store: Store, delivery: Delivery) -> bool:
    try:
        address = store.get("webhook_endpoint", delivery.endpoint)["url"]
    except ApiError:
        return record(store, delivery, "endpoint deleted", done=True)
    payload, secret = payload_of(store, delivery.event), store.setting(f"secret {delivery.endpoint}")
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(payload, secret, int(time.time())),
    }
    try:
        answer = _client().post(address, content=payload.encode(), headers=headers)
    except httpx.HTTPError as failure:
        return record(store, delivery, type(failure).__name__, done=False)
    return record(store, delivery, str(answer.status_code), done=answer.is_success)


@functools.cache
def _client() -> httpx.Client:
    """One for all deliveries: to make one reads all certificates of the machine."""
    return httpx.Client(timeout=10)


def record(store: Store, delivery: Delivery, note: str, done: bool) -> bool:
    step = min(delivery.attempts, len(BACK_OFF_SECONDS) - 1)
    due = time.time() + BACK_OFF_SECONDS[step]
    with store.transaction():
        sql = "update delivery set attempts = attempts + 1, done = ?, due = ?, note = ? where seq = ?"
        store.run(sql, int(done), due, note, delivery.seq)
        if done:
            _count_down(store, delivery.event)
    return done


def _count_down(store: Store, ident: str) -> None:
    with store.of_account(store.owner_of(ident)):
        event = store.get("event", ident)
        store.keep(event | {"pending_webhooks": max(0, event["pending_webhooks"] - 1)})


class Courier(Thread):
    """Delivers in the background, in order while nothing fails, and lets the sandbox's calendar run."""

    def __init__(self, store: Store, pause: float = 0.5) -> None:
        super().__init__(daemon=True, name="stripe-sandbox-courier")
        self._store, self._pause = store, pause
        self._wake, self._stopping = Event(), False

    def nudge(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        self.join(timeout=15)

    def run(self) -> None:
        while not self._stopping:
            for delivery in waiting(self._store):
                deliver(self._store, delivery)
            advance(self._store, 0)
            self._wake.wait(self._pause)
            self._wake.clear()
