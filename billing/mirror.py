"""Brings our row of a subscription to what Stripe says now. Order, repetition and age of events do not matter to it."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from billing.models import Account, Subscription
from billing.prices import plan_of
from billing.provider import asking
from billing.standings import review

if TYPE_CHECKING:
    import stripe as sdk


def mirror(subscription_id: str) -> Subscription | None:
    """None when its customer is none of ours. Raises ProviderError."""
    account = _account_of(subscription_id)
    if account is None:
        return None
    with transaction.atomic():
        Account.objects.locked(pk=account.pk)
        row = _keep(account, _fetched(subscription_id))
        review(account.pk)
    return row


def mirror_all(account: Account) -> None:
    """Every subscription of a customer, as they are now: what the nightly reconciliation does."""
    with asking() as stripe:
        listed = stripe.subscriptions.list({"customer": account.stripe_customer_id, "status": "all"}).auto_paging_iter()
        known = [one.id for one in listed]
    for subscription_id in known:
        mirror(subscription_id)


def _account_of(subscription_id: str) -> Account | None:
    """By our own table of customers, never by what an event or its metadata claims."""
    row: Subscription | None = Subscription.objects.filter(stripe_id=subscription_id).select_related("account").first()
    if row:
        return row.account
    customer = str(_fetched(subscription_id).customer)
    found: Account | None = Account.objects.filter(stripe_customer_id=customer).first()
    return found


def _fetched(subscription_id: str) -> "sdk.Subscription":
    with asking() as stripe:
        return stripe.subscriptions.retrieve(subscription_id)


def _keep(account: Account, told: "sdk.Subscription") -> Subscription:
    item = told["items"].data[0]
    values: dict[str, Any] = {
        "account": account,
        "status": told.status,
        "plan": plan_of(item.price.id, item.price.lookup_key),
        "started_at": _moment(told.created),
        "trial_end": _moment(told.trial_end),
        "period_start": _moment(item.current_period_start),
        "period_end": _moment(item.current_period_end),
        "cancel_at": _moment(told.cancel_at),
        "ended_at": _moment(told.ended_at),
    }
    row, _made = Subscription.objects.update_or_create(stripe_id=told.id, defaults=values)
    return row


def _moment(seconds: int | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC)
