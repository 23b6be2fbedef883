"""A chamber's account for what its members pay: made, completed at the hosted page, mirrored, disconnected."""

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from billing.models import Operation, Payout, ReceivingAccount
from billing.models.receiving import METHODS
from billing.operations import is_ours, once
from billing.provider import ProviderRefused, asking, of_account

COUNTRIES = ("HK", "SG", "US", "GB", "AU", "CA", "JP", "MY")  # where the service opens accounts that take all three
WANTED = ("card_payments", "transfers")  # wallets are no capabilities: the account offers them by its settings
# The chamber has the service's own dashboard, pays its fees and answers for its balance: the money is never ours.
CONTROLLER = {
    "fees": {"payer": "account"}, "losses": {"payments": "stripe"}, "requirement_collection": "stripe",
    "stripe_dashboard": {"type": "full"},
}  # fmt: skip


@transaction.atomic
def connect(*, chamber_id: UUID, name: str, country: str, email: str = "") -> ReceivingAccount:
    """The chamber's account: the one it has, the one it had, or a new one. Raises ProviderError."""
    there = ReceivingAccount.objects.of(chamber_id)
    if there is not None:
        return there
    before = ReceivingAccount.objects.filter(chamber_id=chamber_id, country=country).order_by("-created_at").first()
    if before is not None:
        before.disconnected_at = None
        before.save(verb="connected again")
        return mirror_account(before.stripe_id) or before
    count = ReceivingAccount.objects.filter(chamber_id=chamber_id).count()
    stripe_id = once(
        key=f"account-{chamber_id}-{country}-{count}",
        kind=Operation.Kind.ACCOUNT,
        chamber_id=chamber_id,
        ask=lambda key: _make(chamber_id, name, country, email, key),
        find=_find,
    )
    made = ReceivingAccount(chamber_id=chamber_id, stripe_id=stripe_id, name=name[:120], country=country)
    made.save(verb="connected")
    return mirror_account(stripe_id) or made


def onboarding(account: ReceivingAccount, *, return_url: str, refresh_url: str) -> str:
    """The address of the hosted page on which the chamber gives what is missing. It works once, for minutes."""
    given: Any = {
        "account": account.stripe_id, "type": "account_onboarding", "return_url": return_url,
        "refresh_url": refresh_url, "collection_options": {"fields": "eventually_due"},
    }  # fmt: skip
    with asking() as stripe:
        return stripe.account_links.create(given).url


def disconnect(account: ReceivingAccount) -> None:
    """Nobody pays into it through us from now on; the account itself is the chamber's and stays."""
    account.disconnected_at = now()
    account.save(verb="disconnected")


def mirror_account(stripe_id: str) -> ReceivingAccount | None:
    """As the service has it now; None for one that is no chamber's. Raises ProviderError."""
    with transaction.atomic():
        row = ReceivingAccount.objects.filter(stripe_id=stripe_id).select_for_update().first()
        if row is None:
            return None
        with asking() as stripe:
            told: Any = stripe.accounts.retrieve(stripe_id)
            ways: Any = stripe.payment_method_configurations.list({"limit": 100}, of_account(stripe_id))
        _keep(row, told.to_dict(), _offered(told.to_dict(), [each.to_dict() for each in ways.data]))
        return row  # type: ignore[no-any-return]


def mirror_payouts(account: ReceivingAccount, since: datetime.date) -> None:
    """What was paid out to the bank, so that a bank statement's line is known as that."""
    with asking() as stripe:
        asked: Any = {"arrival_date": {"gte": int(_midnight(since).timestamp())}, "limit": 100}
        for told in stripe.payouts.list(asked, of_account(account.stripe_id)).auto_paging_iter():
            values = {
                "account": account, "amount_fen": told.amount, "currency": told.currency, "status": told.status,
                "arrives_on": datetime.datetime.fromtimestamp(told.arrival_date, datetime.UTC).date(),
            }  # fmt: skip
            Payout.objects.update_or_create(stripe_id=told.id, defaults=values)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _make(chamber_id: UUID, name: str, country: str, email: str, key: str) -> str:
    given: Any = {
        "country": country,
        "controller": CONTROLLER,
        "capabilities": {wanted: {"requested": True} for wanted in WANTED},
        "business_profile": {"name": name},
        "metadata": {"chamber": str(chamber_id), "operation": key},
        **({"email": email} if email else {}),
    }
    with asking() as stripe:
        return stripe.accounts.create(given, {"idempotency_key": key}).id


def _find(key: str) -> str | None:
    with asking() as stripe:
        made = stripe.accounts.list({"limit": 100}).auto_paging_iter()
        return next((one.id for one in made if is_ours(one.metadata, key)), None)


def _offered(told: dict[str, Any], ways: list[dict[str, Any]]) -> list[str]:
    """Cards by the account's capability, wallets by the settings that are its default."""
    default = next((each for each in ways if each["is_default"] and each["active"]), {})
    card = ["card"] if (told.get("capabilities") or {}).get("card_payments") == "active" else []
    return card + [name for name in METHODS if name != "card" and (default.get(name) or {}).get("available")]


def _keep(row: ReceivingAccount, told: dict[str, Any], offered: list[str]) -> None:
    wanted = told.get("requirements") or {}
    row.name = ((told.get("business_profile") or {}).get("name") or row.name)[:120]
    row.details_submitted = bool(told.get("details_submitted"))
    row.charges_enabled, row.payouts_enabled = bool(told.get("charges_enabled")), bool(told.get("payouts_enabled"))
    row.offered = offered
    names = ("currently_due", "past_due", "pending_verification", "disabled_reason", "current_deadline")
    row.requirements = {name: wanted.get(name) for name in names if wanted.get(name)}
    row.mirrored_at = now()
    row.save()


def require_ready(chamber_id: UUID) -> ReceivingAccount:
    """The account that can take a payment now. Raises ProviderRefused."""
    account = ReceivingAccount.objects.of(chamber_id)
    if account is None or not account.methods:
        raise ProviderRefused(_("Online payment is not possible at the moment. Please pay by bank transfer."))
    return account
