"""What a chamber does about its plan: buy, change, pay, cancel. Each raises ProviderError with words for the person."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from billing import operations
from billing.customers import ensure_customer, settle, start_trial
from billing.mirror import mirror
from billing.models import Account, Operation, Plan, Subscription
from billing.prices import price_of
from billing.provider import ProviderRefused, asking

LOCALES = {"zh-hans": "zh", "zh-hant": "zh-HK", "en": "en"}

__all__ = ["cancel", "change_plan", "confirm", "keep", "open_checkout", "open_portal", "settle", "start_trial"]


class AlreadyBought(ProviderRefused):
    """There is a paid subscription: it is changed, not bought a second time."""


@transaction.atomic
def open_checkout(*, chamber_id: UUID, plan: Plan, return_url: str, language: str = "zh-hans") -> str:
    """The address of the hosted page; the same one while it is open, and never two open at once."""
    account = Account.objects.locked(chamber_id=chamber_id)
    current = Subscription.objects.filter(account=account).current()
    if current and current.is_bought:
        raise AlreadyBought(_("This chamber already has a plan. Change it instead of buying a second one."))
    ensure_customer(account)
    opened = _open_session(account, plan)
    if opened:
        return opened
    return _new_session(account, plan, return_url, language)


def confirm(*, chamber_id: UUID, session_id: str) -> Subscription | None:
    """The person is back from the hosted page: look at once, without waiting for the event."""
    with asking() as stripe:
        session = stripe.checkout.sessions.retrieve(session_id)
    account = Account.objects.of(chamber_id)
    if account is None or session.customer != account.stripe_customer_id or not session.subscription:
        return None
    return bought(account, str(session.subscription))


def bought(account: Account, subscription_id: str) -> Subscription | None:
    """The new subscription counts from now; the trial that it replaces ends."""
    row = mirror(subscription_id)
    others = account.subscriptions.living().exclude(stripe_id=subscription_id)
    for replaced in others.filter(status=Subscription.Status.TRIALING, started_at__lte=row.started_at) if row else []:
        _end_now(replaced)
    return row


def open_portal(*, chamber_id: UUID, return_url: str, language: str = "zh-hans") -> str:
    """The address where the card is changed and open invoices are paid."""
    account = Account.objects.get(chamber_id=chamber_id)
    given: Any = {
        "customer": ensure_customer(account), "return_url": return_url, "locale": LOCALES.get(language, "zh"),
    }  # fmt: skip
    with asking() as stripe:
        return stripe.billing_portal.sessions.create(given).url


def change_plan(*, chamber_id: UUID, plan: Plan) -> None:
    """From now on the other plan; what is left of the paid period counts towards it. A smaller one loses nothing."""
    current = _bought(chamber_id)
    price = price_of(plan)
    with asking() as stripe:
        item = stripe.subscriptions.retrieve(current.stripe_id)["items"].data[0]
        given: Any = {"items": [{"id": item.id, "price": price}], "proration_behavior": "create_prorations"}
        stripe.subscriptions.update(current.stripe_id, given)
    mirror(current.stripe_id)


def cancel(*, chamber_id: UUID) -> None:
    """Everything works to the end of the paid period."""
    _set_cancelling(chamber_id, True)


def keep(*, chamber_id: UUID) -> None:
    """Takes a cancellation back."""
    _set_cancelling(chamber_id, False)


def invoices(account: Account) -> list[Any]:
    """The newest two dozen, asked live; those of nothing (a trial's) left out."""
    if not account.stripe_customer_id:
        return []
    with asking() as stripe:
        return [
            one for one in stripe.invoices.list({"customer": account.stripe_customer_id, "limit": 24}).data if one.total
        ]


def _bought(chamber_id: UUID) -> Subscription:
    current = Account.objects.get(chamber_id=chamber_id).subscriptions.all().current()
    if current is None or not current.is_bought:
        raise ProviderRefused(_("There is no plan yet. Choose one first."))
    return current


def _set_cancelling(chamber_id: UUID, cancelling: bool) -> None:
    current = _bought(chamber_id)
    with asking() as stripe:
        stripe.subscriptions.update(current.stripe_id, {"cancel_at_period_end": cancelling})
    mirror(current.stripe_id)


def _open_session(account: Account, plan: Plan) -> str | None:
    """A page left open for the same plan is used again; one for another plan is closed, so that nobody pays twice."""
    last = Operation.objects.filter(chamber_id=account.chamber_id, kind=Operation.Kind.CHECKOUT).first()
    if last is None or not last.result_id:
        return None
    with asking() as stripe:
        session = stripe.checkout.sessions.retrieve(last.result_id)
        if session.status != "open":
            return None
        if last.asked["plan"] == plan.code:
            return session.url
        stripe.checkout.sessions.expire(session.id)
    return None


def _new_session(account: Account, plan: Plan, return_url: str, language: str) -> str:
    count = Operation.objects.filter(
        chamber_id=account.chamber_id, kind=Operation.Kind.CHECKOUT, result_id__gt=""
    ).count()
    given: Any = {
        "mode": "subscription",
        "customer": account.stripe_customer_id,
        "client_reference_id": str(account.chamber_id),
        "line_items": [{"price": price_of(plan), "quantity": 1}],
        "success_url": return_url + "?paid={CHECKOUT_SESSION_ID}",
        "cancel_url": return_url,
        "locale": LOCALES.get(language, "zh"),
        "subscription_data": {"metadata": {"chamber": str(account.chamber_id), "plan": plan.code}},
    }
    found: dict[str, str] = {}

    def ask(key: str) -> str:
        with asking() as stripe:
            session = stripe.checkout.sessions.create(given, {"idempotency_key": f"{key}-{language}"})
        found["url"] = str(session.url)
        return session.id

    operations.once(
        key=f"checkout-{account.chamber_id}-{count + 1}-{plan.code}", kind=Operation.Kind.CHECKOUT,
        chamber_id=account.chamber_id, ask=ask, find=lambda key: None, asked={"plan": plan.code},
    )  # fmt: skip
    return found["url"]


def _end_now(replaced: Subscription) -> None:
    try:
        with asking() as stripe:
            stripe.subscriptions.cancel(replaced.stripe_id)
    except ProviderRefused as error:
        if error.code != "resource_missing":
            raise
    mirror(replaced.stripe_id)
