"""The demo's chambers as customers, in every state, made through the real SDK."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from billing.actions import bought
from billing.customers import ensure_customer, settle, start_trial
from billing.mirror import mirror
from billing.models import Account, Plan
from billing.prices import price_of
from billing.provider import ProviderDown, asking
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_site
from huiguan.tenancy.models import Chamber

GOOD_CARD, BAD_CARD = "pm_card_unionpay", "pm_card_chargeCustomerFail"


def load(_stage: Any = None) -> None:
    """Every chamber that has no subscription yet gets its state; may be said again."""
    with in_site(), acting_as(SYSTEM), payments():
        for chamber in Chamber.objects.filter(slug__in=STATES, status=Chamber.Status.ACTIVE).order_by("opened_at"):
            account = start_trial(chamber)
            if not account.subscriptions.exists():
                STATES[chamber.slug](account)


def _trying(account: Account) -> None:
    settle(account.chamber_id)


def _paying_monthly(account: Account) -> None:
    _subscribe(account, "standard-monthly", GOOD_CARD)


def _paying_yearly(account: Account) -> None:
    _subscribe(account, "standard-yearly", GOOD_CARD)


def _ended(account: Account) -> None:
    subscription_id = _subscribe(account, "small-monthly", GOOD_CARD)
    with asking() as stripe:
        stripe.subscriptions.cancel(subscription_id)
    mirror(subscription_id)


def _failing(account: Account) -> None:
    """A change to a larger plan is invoiced at once, and the new card does not pay it."""
    subscription_id = _subscribe(account, "small-monthly", GOOD_CARD)
    card = _attach(account, BAD_CARD)
    with asking() as stripe:
        item = stripe.subscriptions.retrieve(subscription_id)["items"].data[0]
        larger = {"items": [{"id": item.id, "price": price_of(Plan.objects.get(code="standard-monthly"))}]}
        change: Any = larger | {"default_payment_method": card, "proration_behavior": "always_invoice"}
        stripe.subscriptions.update(subscription_id, change)
    mirror(subscription_id)


# 常德 is left on its trial, so that whoever tries the demo can pay; 邵阳's payment has just failed.
STATES = {
    "sxhunan": _paying_yearly, "changde": _trying, "shaoyang": _failing, "hengyang": _paying_monthly,
    "chenzhou": _paying_yearly, "yueyang": _trying, "yongzhou": _paying_monthly, "xiangtan": _ended,
}  # fmt: skip


def _subscribe(account: Account, code: str, card: str) -> str:
    customer, method = ensure_customer(account), _attach(account, card)
    given: Any = {
        "customer": customer,
        "items": [{"price": price_of(Plan.objects.get(code=code))}],
        "default_payment_method": method,
        "metadata": {"chamber": str(account.chamber_id)},
    }
    with asking() as stripe:
        made = stripe.subscriptions.create(given, {"idempotency_key": f"demo-{account.chamber_id}-{now().date()}"})
    bought(account, made.id)
    return made.id


def _attach(account: Account, card: str) -> str:
    customer = ensure_customer(account)
    with asking() as stripe:
        method = stripe.payment_methods.attach(card, {"customer": customer}).id
        stripe.customers.update(customer, {"invoice_settings": {"default_payment_method": method}})
    return method


@contextmanager
def payments() -> Iterator[None]:
    """The payment service that answers; else the sandbox's own state, served while the demo is loaded."""
    if _answers():
        yield
        return
    from django.test import override_settings  # imported late: a web process loads this module, and no demo

    from billing.sandbox.server import Sandbox

    sandbox = Sandbox(settings.RUN_DIR / "stripe-sandbox.sqlite3", delivering=False)
    with sandbox, override_settings(STRIPE_API_BASE=sandbox.address):
        yield


def _answers() -> bool:
    try:
        with asking() as stripe:
            stripe.products.list({"limit": 1})
    except ProviderDown:
        return False
    return True
