"""A chamber of the demo takes payments: its account is connected, and members pay at the stand-in's hosted page."""

from typing import Any
from uuid import UUID

import httpx
from django.conf import settings
from django.utils.timezone import localdate

from billing import receiving
from billing.models import ReceivingAccount
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_site

ANYWHERE = "http://localhost/"
SECONDS = 10


def is_stand_in() -> bool:
    """Only its pages can be filled in by a program."""
    if not settings.STRIPE_API_BASE:
        return False
    try:
        return httpx.get(f"{settings.STRIPE_API_BASE}/_sandbox/", timeout=SECONDS).is_success
    except httpx.HTTPError:
        return False


def connect_account(chamber: Any, facts: dict[str, str]) -> None:
    """The account, complete, as its owner would make it at the hosted page."""
    with in_site(), acting_as(SYSTEM):
        account = receiving.connect(chamber_id=chamber.pk, name=chamber.name, country="HK", email=facts["email"])
        if not account.methods:
            page = receiving.onboarding(account, return_url=ANYWHERE, refresh_url=ANYWHERE)
            httpx.post(page, data={**facts, "terms": "yes"}, timeout=SECONDS)
            receiving.mirror_account(account.stripe_id)


def pay_at(page: str, method: str) -> None:
    """As a member does on the phone."""
    if method == "card":
        httpx.post(page, data={"method": "card", "number": "6200 0000 0000 0005"}, timeout=SECONDS)
    else:
        httpx.post(f"{page}/{method}", data={"outcome": "now"}, timeout=SECONDS)


def pay_out(account_of: UUID) -> None:
    """What came in goes to the chamber's bank account."""
    with in_site():
        account = ReceivingAccount.objects.of(account_of)
        if account is not None:
            httpx.post(f"{settings.STRIPE_API_BASE}/_sandbox/payout", data={"id": account.stripe_id}, timeout=SECONDS)
            receiving.mirror_payouts(account, since=localdate())
