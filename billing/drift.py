"""Compares a chamber's account at the service with our rows: payments, refunds and disputes of the last days."""

import datetime
from collections.abc import Iterator
from typing import Any

import structlog
from django.utils.timezone import now

from billing.collecting import look_again
from billing.models import Collection, ReceivingAccount
from billing.provider import asking, of_account

log = structlog.get_logger(__name__)
LOOK_BACK = datetime.timedelta(days=10)


def find_drift(account: ReceivingAccount) -> int:
    """How many payments were not as we knew them; each is then brought up to date. Raises ProviderError."""
    said = dict.fromkeys(_recent(account))
    known = {row.payment_id: row for row in Collection.objects.filter(account=account, payment_id__in=said)}
    pages = {row.key: row for row in Collection.objects.filter(account=account, payment_id="", key__in=_keys(account))}
    for row in [*known.values(), *pages.values()]:
        look_again(row.pk)
    return len(pages)


def _recent(account: ReceivingAccount) -> Iterator[str]:
    """Payments of which something went back."""
    options, about = of_account(account.stripe_id), _lately()
    with asking() as stripe:
        for refund in stripe.refunds.list(about, options).auto_paging_iter():
            yield str(refund.payment_intent)
        for dispute in stripe.disputes.list(about, options).auto_paging_iter():
            yield str(dispute.payment_intent)


def _keys(account: ReceivingAccount) -> list[str]:
    """What payments that came in were for, by the mark that each of ours carries; the chamber may have others."""
    with asking() as stripe:
        made = stripe.payment_intents.list(_lately(), of_account(account.stripe_id)).auto_paging_iter()
        marks = [one.metadata.to_dict() for one in made if one.status in ("succeeded", "processing")]
    ours = [mark["collection"] for mark in marks if mark.get("chamber") == str(account.chamber_id)]
    there = set(Collection.objects.filter(account=account, key__in=ours).values_list("key", flat=True))
    for lost in set(ours) - there:
        log.error("a_payment_is_not_in_our_rows", account=account.stripe_id, key=lost)
    return ours


def _lately() -> Any:
    return {"created": {"gte": int((now() - LOOK_BACK).timestamp())}, "limit": 100}
