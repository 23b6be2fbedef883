"""However events are shuffled, repeated, lost and late, our rows end where Stripe is. [security G7]"""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from billing import actions, events, provider
from billing.models import Event, Plan, Subscription
from billing.provider import ProviderError
from billing.sandbox.cycle import advance
from billing.sandbox.deliveries import Delivery, record, waiting
from billing.sandbox.periods import DAY
from billing.sandbox.server import Sandbox
from tests.support.web import WEB

HISTORIES, STEPS = 50, 7
CARDS = ("4242 4242 4242 4242", "4000 0000 0000 0341")


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_every_history_ends_where_stripe_is(
    seed: int, account: Any, sandbox: Sandbox, portal: Any, signed: Any
) -> None:
    chance = random.Random(seed)
    post = Post(sandbox, signed, chance)
    for _step in range(STEPS):
        something_happens(chance, account, sandbox, portal)
        post.carry_some()
    post.carry_the_late_ones()
    events.sweep()
    assert mirrored(account) == truth(sandbox, account)
    assert account.status == expected_standing(sandbox, account)
    assert not Event.objects.waiting().exists()


class Post:
    """Loses one event in twenty and at times a whole day's, sends others three times, holds some back, shuffles all."""

    def __init__(self, sandbox: Sandbox, signed: Callable[..., tuple[bytes, str]], chance: random.Random) -> None:
        self.sandbox, self.signed, self.chance = sandbox, signed, chance
        self.late: list[Delivery] = []
        self.seen: set[int] = set()

    def carry_some(self) -> None:
        fresh = [one for one in waiting(self.sandbox.store) if one.seq not in self.seen]
        self.seen |= {one.seq for one in fresh}
        self.chance.shuffle(fresh)
        we_are_down = self.chance.random() < 0.2
        for delivery in [] if we_are_down else fresh:
            lot = self.chance.random()
            if lot < 0.05:
                continue
            if lot < 0.3:
                self.late.append(delivery)
            else:
                self.hand_over(delivery, times=3 if lot < 0.6 else 1)
        if self.chance.random() < 0.5:
            events.process_waiting()

    def carry_the_late_ones(self) -> None:
        self.chance.shuffle(self.late)
        for delivery in self.late:
            self.hand_over(delivery, times=2)
        events.process_waiting()

    def hand_over(self, delivery: Delivery, times: int) -> None:
        for _again in range(times):
            events.receive(provider.verified(*self.signed(delivery.event)))
        record(self.sandbox.store, delivery, "200", done=True)


def something_happens(chance: random.Random, account: Any, sandbox: Sandbox, portal: Any) -> None:
    plan = chance.choice(list(Plan.objects.filter(interval="month").order_by("code")))
    deeds = {
        "buy": lambda: buy_at_the_page(account, plan, chance.choice(CARDS)),
        "card": lambda: portal("card", number=chance.choice(CARDS)),
        "days": lambda: advance(sandbox.store, chance.randrange(1, 40) * DAY),
        "pay": lambda: pay_all(sandbox, account, portal),
        "cancel": lambda: actions.cancel(chamber_id=account.chamber_id),
        "keep": lambda: actions.keep(chamber_id=account.chamber_id),
        "change": lambda: actions.change_plan(chamber_id=account.chamber_id, plan=plan),
        "fail": lambda: sandbox.store.set("failing", 1),
    }
    with suppress(ProviderError):  # not possible in this state, as a person would be told
        deeds[chance.choice([*deeds, "buy", "days"])]()


def buy_at_the_page(account: Any, plan: Plan, number: str) -> None:
    address = actions.open_checkout(chamber_id=account.chamber_id, plan=plan, return_url="http://changde.test/")
    WEB.post(address, data={"number": number})


def pay_all(sandbox: Sandbox, account: Any, portal: Any) -> None:
    for invoice in sandbox.store.all("invoice", customer=account.stripe_customer_id, status="open"):
        portal("pay", invoice=invoice["id"])


def mirrored(account: Any) -> set[tuple[Any, ...]]:
    account.refresh_from_db()
    return {
        (
            s.stripe_id,
            s.status,
            s.plan.stripe_price_id,
            seconds(s.period_end),
            seconds(s.cancel_at),
            seconds(s.ended_at),
        )
        for s in Subscription.objects.filter(account=account).select_related("plan")
    }


def truth(sandbox: Sandbox, account: Any) -> set[tuple[Any, ...]]:
    found = set()
    for body in sandbox.store.all("subscription", customer=account.stripe_customer_id):
        item = body["items"]["data"][0]
        dates = (item["current_period_end"], body["cancel_at"], body["ended_at"])
        found.add((body["id"], body["status"], item["price"]["id"], *dates))
    return found


def expected_standing(sandbox: Sandbox, account: Any) -> str:
    """In order exactly when Stripe holds a subscription that is paid or on trial."""
    statuses = {body["status"] for body in sandbox.store.all("subscription", customer=account.stripe_customer_id)}
    owed = statuses & {"past_due", "unpaid"}
    in_order = "active" in statuses or ("trialing" in statuses and not owed)
    return "open" if in_order else account.status if account.status != "open" else "behind"


def seconds(moment: Any) -> int | None:
    return None if moment is None else int(moment.timestamp())
