"""From the trial to a paid plan, and what a chamber can do about it afterwards."""

from collections.abc import Callable
from typing import Any

import pytest

from billing import actions
from billing.models import Account, Operation, Plan, Subscription
from billing.sandbox.server import Sandbox

HOME = "http://changde.test/billing/"


def test_a_trial_is_a_subscription_at_stripe(account: Any, services: Any) -> None:
    current = account.subscriptions.all().current()
    told = services.subscriptions.retrieve(current.stripe_id)
    assert (current.status, told.status) == ("trialing", "trialing")
    assert told.trial_end == int(account.trial_end.timestamp())
    assert told.metadata["chamber"] == str(account.chamber_id)


def test_a_trial_begun_twice_is_one(account: Any, changde: Any, services: Any) -> None:
    actions.start_trial(changde)
    actions.settle(changde.pk)
    assert len(services.customers.list().data) == len(services.subscriptions.list().data) == 1


def test_paying_makes_the_plan_active_and_ends_the_trial(buy: Callable[..., Any], account: Any, services: Any) -> None:
    answer = buy("standard-monthly")
    assert answer.headers["location"].startswith(HOME + "?paid=cs_test_")
    assert sorted(s.status for s in account.subscriptions.all()) == ["active", "canceled"]
    current = account.subscriptions.all().current()
    assert (current.status, current.plan.code) == ("active", "standard-monthly")
    assert [one.total for one in actions.invoices(account)] == [49_900]


def test_a_declined_card_leaves_the_trial_as_it_was(buy: Callable[..., Any], account: Any) -> None:
    assert buy(card="4000 0000 0000 0002").status_code == 402
    assert [s.status for s in account.subscriptions.all()] == ["trialing"]
    assert account.status == "open"


def test_the_return_from_the_payment_page_does_not_wait_for_the_event(account: Any) -> None:
    from tests.support.web import WEB

    plan = Plan.objects.get(code="small-monthly")
    address = actions.open_checkout(chamber_id=account.chamber_id, plan=plan, return_url=HOME)
    back = WEB.post(address, data={"number": "4242 4242 4242 4242"}).headers["location"]
    row = actions.confirm(chamber_id=account.chamber_id, session_id=back.partition("paid=")[2])
    assert row and (row.status, row.plan.code) == ("active", "small-monthly")


def test_somebody_elses_payment_page_confirms_nothing(account: Any, shaoyang: Any) -> None:
    other = actions.start_trial(shaoyang)
    actions.settle(shaoyang.pk)
    plan = Plan.objects.get(code="small-monthly")
    session = actions.open_checkout(chamber_id=other.chamber_id, plan=plan, return_url=HOME).rpartition("/")[2]
    assert actions.confirm(chamber_id=account.chamber_id, session_id=session) is None


def test_two_clicks_open_one_page(account: Any, services: Any) -> None:
    small, large = Plan.objects.get(code="small-monthly"), Plan.objects.get(code="large-monthly")

    def opened(plan: Plan) -> str:
        return actions.open_checkout(chamber_id=account.chamber_id, plan=plan, return_url=HOME)

    assert opened(small) == opened(small)
    assert opened(large) != opened(small)
    statuses = [one.status for one in services.checkout.sessions.list({"customer": account.stripe_customer_id}).data]
    assert sorted(statuses) == ["expired", "expired", "open"]


def test_a_second_plan_cannot_be_bought_beside_the_first(buy: Callable[..., Any], account: Any) -> None:
    buy("small-monthly")
    with pytest.raises(actions.AlreadyBought):
        buy("large-monthly")


def test_changing_the_plan_changes_the_subscription_and_not_its_number(buy: Callable[..., Any], account: Any) -> None:
    buy("small-monthly")
    before = account.subscriptions.all().current()
    actions.change_plan(chamber_id=account.chamber_id, plan=Plan.objects.get(code="large-monthly"))
    after = account.subscriptions.all().current()
    assert (after.stripe_id, after.plan.code) == (before.stripe_id, "large-monthly")


def test_a_cancelled_plan_runs_out_and_can_be_taken_back(buy: Any, account: Any, pass_days: Any, carry: Any) -> None:
    buy()
    actions.cancel(chamber_id=account.chamber_id)
    current = account.subscriptions.all().current()
    assert (current.status, current.cancel_at) == ("active", current.period_end)
    actions.keep(chamber_id=account.chamber_id)
    assert account.subscriptions.all().current().cancel_at is None
    actions.cancel(chamber_id=account.chamber_id)
    pass_days(32)
    carry()
    account.refresh_from_db()
    assert (account.subscriptions.all().current().status, account.status) == ("canceled", "grace")


def test_an_ended_plan_can_be_bought_again(buy: Any, account: Any, pass_days: Any, carry: Any) -> None:
    buy("small-monthly")
    actions.cancel(chamber_id=account.chamber_id)
    pass_days(32)
    carry()
    buy("standard-yearly")
    assert account.subscriptions.all().current().plan.code == "standard-yearly"
    assert (account.status, account.behind_since) == ("open", None)


def test_the_newest_of_equal_subscriptions_counts() -> None:
    import datetime

    def row(status: str, day: int) -> Subscription:
        return Subscription(status=status, started_at=datetime.datetime(2026, 1, day, tzinfo=datetime.UTC))

    old, new, ended = row("active", 1), row("active", 2), row("canceled", 3)
    assert Subscription.most_telling([old, ended, new]) is new
    assert Subscription.most_telling([ended, row("incomplete", 9)]) is ended


def test_operations_keep_what_stripe_made(account: Any) -> None:
    kinds = {operation.kind: operation.result_id[:4] for operation in Operation.objects.all()}
    assert kinds == {"customer": "cus_", "trial": "sub_"}
    assert Account.objects.get().stripe_customer_id == Operation.objects.get(kind="customer").result_id


def test_a_key_that_stripe_has_forgotten_makes_nothing_twice(
    account: Any, sandbox: Sandbox, services: Any, pass_days: Any
) -> None:
    """The answer to our first try was lost, a day went by, and it is tried again."""
    import datetime

    Operation.objects.update(result_id="", created_at=account.created_at - datetime.timedelta(days=2))
    Subscription.objects.all().delete()
    Account.objects.filter(pk=account.pk).update(stripe_customer_id="")
    pass_days(2)
    actions.settle(account.chamber_id)
    assert len(services.customers.list().data) == len(services.subscriptions.list().data) == 1
