"""However the news of online payments are shuffled, repeated, lost and late, the books end where the service is."""

import random
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing import events, provider, reconciliation
from billing.drift import find_drift
from billing.models import Collection
from billing.sandbox import refunds
from billing.sandbox.cycle import advance
from billing.sandbox.errors import ApiError
from tests.billing.connecting import pay

pytestmark = pytest.mark.django_db
HISTORIES, STEPS = 12, 9


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_every_history_ends_where_the_payment_service_is(
    seed: int, begin: Any, owed: Any, as_person: Any, sandbox: Any, signed: Any, receiving: Any
) -> None:
    """Pages opened, paid, confirmed late, refunded, disputed; news shuffled, repeated, lost, late."""
    chance = random.Random(seed)
    first = owed(1_500, year=2025, due="2025-03-31")
    charges = [first, owed(2_000, whose=first.member)]
    post = Post(sandbox, signed, chance)
    for _step in range(STEPS):
        something_happens(chance, begin, charges, sandbox, receiving)
        post.carry_some()
    advance(sandbox.store, 400)
    post.carry_late()
    Collection.objects.update(created_at="2026-01-01T00:00:00Z")
    reconciliation.look_at_unsettled()
    find_drift(receiving)
    with as_person("gu"):
        from tenants.dues.models import Charge, Entry, Payment

        assert Payment.objects.count() == len(taken(sandbox, receiving))
        assert Entry.objects.of(first.member_id).total() == 350_000 - kept_fen(sandbox, receiving)
        for charge in Charge.objects.all():
            assert charge.open_fen == charge.entries.total()
    assert not Collection.objects.to_hand_over().exists()


class Post:
    """Loses one of ten, keeps three of ten back, sends the others up to three times."""

    def __init__(self, sandbox: Any, signed: Any, chance: Any) -> None:
        self.sandbox, self.signed, self.chance = sandbox, signed, chance
        self.seen: set[str] = set()
        self.late: list[str] = []

    def carry_some(self) -> None:
        fresh = [one["id"] for one in self.sandbox.store.everywhere("event") if one["id"] not in self.seen]
        self.seen |= set(fresh)
        self.chance.shuffle(fresh)
        for event in fresh:
            lot = self.chance.random()
            if lot < 0.4:
                self.late += [event] if lot > 0.1 else []
                continue
            for _again in range(self.chance.randrange(1, 4)):
                events.receive(provider.verified(*self.signed(event)))
        events.process_waiting()

    def carry_late(self) -> None:
        self.carry_some()
        self.chance.shuffle(self.late)
        for event in self.late:
            events.receive(provider.verified(*self.signed(event)))
        events.process_waiting()


def something_happens(chance: Any, begin: Any, charges: list[Any], sandbox: Any, receiving: Any) -> None:
    store = sandbox.store
    with suppress(ValidationError, ApiError, provider.ProviderError), store.of_account(receiving.stripe_id):
        paid = store.all("charge")
        what = chance.choice(["pay", "pay", "pay", "refund", "dispute", "wait", "fail"])
        if what == "pay":
            page = begin(*chance.sample(charges, chance.randrange(1, 3)))
            pay(page, chance.choice(["card", "alipay", "wechat_pay"]), chance.choice(["now", "later", "later-fails"]))
        elif what == "refund" and paid:
            with store.transaction():
                refunds.create(store, {"charge": chance.choice(paid)["id"], "amount": 10_000})
        elif what == "dispute" and (
            paid := [one for one in paid if not one["amount_refunded"] and not one["disputed"]]
        ):
            made = refunds.dispute(store, chance.choice(paid))
            refunds.close(store, made, chance.choice(["won", "lost"]))
        elif what == "fail":
            store.set("failing_refunds", 1)
        else:
            advance(store, chance.randrange(30, 4_000))


def taken(sandbox: Any, receiving: Any) -> list[Any]:
    with sandbox.store.of_account(receiving.stripe_id):
        return list(sandbox.store.all("charge"))


def kept_fen(sandbox: Any, receiving: Any) -> int:
    with sandbox.store.of_account(receiving.stripe_id):
        came = sum(one["amount"] for one in sandbox.store.all("charge"))
        went = sum(one["amount"] for one in sandbox.store.all("refund") if one["status"] == "succeeded")
        lost = sum(one["amount"] for one in sandbox.store.all("dispute") if one["status"] == "lost")
        return int(came - went - lost)
