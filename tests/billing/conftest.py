"""The payment sandbox in this process, the SDK pointed at it, and hands to carry its events."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import stripe

from billing import events, provider
from billing.sandbox.cycle import advance
from billing.sandbox.deliveries import payload_of, signature
from billing.sandbox.endpoints import listen
from billing.sandbox.periods import DAY
from billing.sandbox.server import Sandbox

SECRET = "whsec_test"


@pytest.fixture
def sandbox(settings: Any) -> Iterator[Sandbox]:
    """Events are not sent by themselves: a test carries them, in the order and as often as it likes."""
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    with Sandbox(delivering=False) as running:
        settings.STRIPE_API_BASE = running.address
        settings.STRIPE_SECRET_KEY = "sk_test_tests"
        listen(running.store, "http://site.test/billing/webhooks/stripe/", SECRET)
        yield running


@pytest.fixture
def services(sandbox: Sandbox) -> stripe.V1Services:
    return provider.client().v1


@pytest.fixture
def pass_days(sandbox: Sandbox) -> Callable[[int], None]:
    return lambda days: advance(sandbox.store, days * DAY)


@pytest.fixture
def signed(sandbox: Sandbox) -> Callable[..., tuple[bytes, str]]:
    """The body and signature header of an event, as delivered at a moment (now, if none is given)."""

    def make(event_id: str, secret: str = SECRET, moment: int | None = None) -> tuple[bytes, str]:
        import time

        payload = payload_of(sandbox.store, event_id)
        return payload.encode(), signature(payload, secret, moment or int(time.time()))

    return make


@pytest.fixture
def carry(sandbox: Sandbox, signed: Callable[..., tuple[bytes, str]]) -> Callable[..., None]:
    """Delivers every event that was not carried before, then acts upon what waits."""
    carried: set[str] = set()

    def deliver() -> None:
        for event in reversed(sandbox.store.everywhere("event")):
            if event["id"] not in carried:
                carried.add(event["id"])
                events.receive(provider.verified(*signed(event["id"])))
        events.process_waiting()

    return deliver


@pytest.fixture
def account(changde: Any, sandbox: Sandbox) -> Any:
    """常德 on its trial, known to Stripe."""
    from billing.actions import settle, start_trial
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        made = start_trial(changde)
        settle(changde.pk)
        made.refresh_from_db()
        yield made


@pytest.fixture
def buy(account: Any, carry: Callable[[], None]) -> Callable[..., Any]:
    """Goes through the hosted page with a card, and lets the events arrive."""
    from billing.actions import open_checkout
    from billing.models import Plan
    from tests.support.web import WEB

    def through(code: str = "standard-monthly", card: str = "4242 4242 4242 4242") -> Any:
        plan = Plan.objects.get(code=code)
        address = open_checkout(chamber_id=account.chamber_id, plan=plan, return_url="http://changde.test/billing/")
        answer = WEB.post(address, data={"number": card})
        carry()
        account.refresh_from_db()
        return answer

    return through


@pytest.fixture
def portal(account: Any) -> Callable[..., Any]:
    """What the person does at the payment service: `portal("card", number=…)`, `portal("pay", invoice=…)`."""
    from billing.actions import open_portal
    from tests.support.web import WEB

    def act(action: str, **form: str) -> Any:
        address = open_portal(chamber_id=account.chamber_id, return_url="http://changde.test/billing/")
        return WEB.post(f"{address}/{action}", data=form)

    return act
