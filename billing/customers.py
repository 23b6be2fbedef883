"""Makes a chamber known to Stripe, and gives it its trial."""

import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from billing.mirror import mirror
from billing.models import Account, Operation, Plan
from billing.operations import is_ours, once
from billing.prices import price_of
from billing.provider import ProviderRefused, asking

TRIAL = datetime.timedelta(days=30)


def start_trial(chamber: Any) -> Account:
    """The chamber may work at once; Stripe is told by `settle`, now or when it answers. May be said again."""
    account = Account.objects.of(chamber.pk)
    if account is not None:
        return account
    try:
        with transaction.atomic():
            account = Account(chamber_id=chamber.pk, name=chamber.name, trial_end=now() + TRIAL)
            account.save(verb="trial begun")
    except IntegrityError:
        account = Account.objects.get(chamber_id=chamber.pk)
    return account


def settle(chamber_id: UUID | str) -> None:
    """Customer and trial subscription as they should be at Stripe; does nothing when they are. Raises ProviderError."""
    account = Account.objects.get(chamber_id=chamber_id)
    ensure_customer(account)
    if account.trial_end > now() and not account.subscriptions.exists():
        mirror(_trial_subscription(account))


def ensure_customer(account: Account) -> str:
    if not account.stripe_customer_id:
        account.stripe_customer_id = once(
            key=f"customer-{account.chamber_id}",
            kind=Operation.Kind.CUSTOMER,
            chamber_id=account.chamber_id,
            ask=lambda key: _make_customer(account, key),
            find=_find_customer,
        )
        account.save(update_fields=["stripe_customer_id"])
    return str(account.stripe_customer_id)


def _make_customer(account: Account, key: str) -> str:
    marks = {"chamber": str(account.chamber_id), "operation": key}
    given: Any = {"name": account.name, "metadata": marks, "preferred_locales": ["zh-CN"]}
    if account.email:
        given["email"] = account.email
    with asking() as stripe:
        return stripe.customers.create(given, {"idempotency_key": key}).id


def _find_customer(key: str) -> str | None:
    with asking() as stripe:
        made = stripe.customers.list({"limit": 100}).auto_paging_iter()
        return next((one.id for one in made if is_ours(one.metadata, key)), None)


def _trial_subscription(account: Account) -> str:
    """Ends by itself when no plan is bought: the trial asks for no card."""
    plan = Plan.objects.for_trials()
    return once(
        key=f"trial-{account.chamber_id}",
        kind=Operation.Kind.TRIAL,
        chamber_id=account.chamber_id,
        ask=lambda key: _make_trial(account, plan, key),
        find=lambda key: _find_subscription(account, key),
    )


def _make_trial(account: Account, plan: Plan | None, key: str) -> str:
    if plan is None:
        raise ProviderRefused("no plan is offered, so there is nothing to try")
    given: Any = {
        "customer": account.stripe_customer_id,
        "items": [{"price": price_of(plan)}],
        "trial_end": int(account.trial_end.timestamp()),
        "trial_settings": {"end_behavior": {"missing_payment_method": "cancel"}},
        "metadata": {"chamber": str(account.chamber_id), "operation": key},
    }
    with asking() as stripe:
        return stripe.subscriptions.create(given, {"idempotency_key": key}).id


def _find_subscription(account: Account, key: str) -> str | None:
    with asking() as stripe:
        made = stripe.subscriptions.list({"customer": account.stripe_customer_id, "status": "all"}).auto_paging_iter()
        return next((one.id for one in made if is_ours(one.metadata, key)), None)
