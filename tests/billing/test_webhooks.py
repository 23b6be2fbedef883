"""Events are believed only with Stripe's signature, and have their effect once."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from billing.events import process_waiting
from billing.models import Event, Subscription
from billing.sandbox.deliveries import signature
from billing.sandbox.server import Sandbox

Signed = Callable[..., tuple[bytes, str]]


@pytest.fixture
def told(account: Any, sandbox: Sandbox) -> str:
    """The id of the event that says the trial began."""
    found = [one for one in sandbox.store.all("event") if one["type"] == "customer.subscription.created"]
    return str(found[0]["id"])


def send(body: bytes, header: str | None) -> int:
    headers = {"Stripe-Signature": header} if header else {}
    client = Client(HTTP_HOST="localhost", headers=headers)
    return client.post("/billing/webhooks/stripe/", body, content_type="application/json").status_code


def test_a_signed_event_is_kept_and_answered_at_once(told: str, signed: Signed) -> None:
    assert send(*signed(told)) == 200
    event = Event.objects.get(pk=told)
    assert (event.kind, event.processed_at) == ("customer.subscription.created", None)


def test_forged_old_and_unsigned_events_are_refused(told: str, signed: Signed) -> None:
    body, header = signed(told)
    old = signed(told, moment=int(time.time()) - 301)[1]
    for forged in (
        (body, None), (body, ""), (body, "t=1,v1="), (body, old), (body, signed(told, secret="whsec_other")[1]),
        (body.replace(b"trialing", b"active"), header), (body, header.replace("v1=", "v0=")), (b"", header),
        (body, "nonsense"), (b"\xff\xfe", header), (b"[]", signature("[]", "whsec_other", int(time.time()))),
    ):  # fmt: skip
        assert send(*forged) == 400, forged
    assert not Event.objects.exists()


def test_hundreds_of_forgeries_are_all_refused(told: str, signed: Signed) -> None:
    body, header = signed(told)
    stamp, _comma, digest = header.partition(",")
    for place in range(3, len(digest)):
        changed = digest[:place] + ("0" if digest[place] != "0" else "1") + digest[place + 1 :]
        assert send(body, f"{stamp},{changed}") == 400
    assert not Event.objects.exists()


def test_nothing_is_believed_while_no_secret_is_set(told: str, signed: Signed, settings: Any) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert send(*signed(told, secret="")) == 400
    assert not Event.objects.exists()


def test_a_body_that_is_signed_but_is_no_event_is_refused(sandbox: Sandbox, db: None) -> None:
    assert send(b"[]", signature("[]", "whsec_test", int(time.time()))) == 400


def test_the_same_event_three_times_is_kept_once_and_acted_upon_once(told: str, signed: Signed) -> None:
    assert [send(*signed(told)) for _again in range(3)] == [200, 200, 200]
    assert process_waiting() == 1
    assert send(*signed(told)) == 200
    assert process_waiting() == 0
    assert Subscription.objects.count() == 1


def test_an_event_about_a_customer_that_is_not_ours_changes_nothing(account: Any, services: Any, carry: Any) -> None:
    stranger = services.customers.create({"name": "别家", "metadata": {"chamber": str(account.chamber_id)}}).id
    price = services.subscriptions.list({"customer": account.stripe_customer_id}).data[0]["items"].data[0].price.id
    services.subscriptions.create({"customer": stranger, "items": [{"price": price}], "trial_period_days": 3})
    carry()
    assert {row.account_id for row in Subscription.objects.all()} == {account.pk}
    assert not Event.objects.waiting().exists()


def test_the_answer_is_quick(told: str, signed: Signed) -> None:
    body, header = signed(told)
    send(body, header)
    began = time.process_time()  # not the clock: others may use this machine
    for _again in range(20):
        send(body, header)
    assert (time.process_time() - began) / 20 < 0.2
