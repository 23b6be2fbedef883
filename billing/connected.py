"""What the service tells of chambers' own accounts. Whose it is says our table, never what an event claims."""

from typing import Any

from django.utils.timezone import localdate, now

from billing.collecting import look_again
from billing.models import Collection, Event, ReceivingAccount
from billing.provider import asking, of_account
from billing.receiving import mirror_account, mirror_payouts

ABOUT_PAYMENTS = ("checkout.session.", "payment_intent.", "charge.", "refund.")
ABOUT_ACCOUNTS = ("account.updated", "capability.updated")


def act(event: Event) -> None:
    """Raises ProviderError."""
    account = ReceivingAccount.objects.filter(stripe_id=event.account_id).first()
    if account is None:
        return
    if event.kind in ABOUT_ACCOUNTS:
        mirror_account(account.stripe_id)
    elif event.kind == "account.application.deauthorized" and account.disconnected_at is None:
        account.disconnected_at = now()
        account.save(verb="disconnected")
    elif event.kind.startswith(ABOUT_PAYMENTS):
        if found := _collection(account, event):
            look_again(found.pk)
    elif event.kind.startswith("payout."):
        mirror_payouts(account, since=localdate(event.happened_at))


def _collection(account: ReceivingAccount, event: Event) -> Collection | None:
    """Of this account only: another chamber's payment is not found by its number."""
    ours = Collection.objects.filter(account=account)
    if event.object_kind == "checkout.session":
        return ours.filter(session_id=event.object_id).first()
    if not event.payment_id:
        return None
    return ours.filter(payment_id=event.payment_id).first() or _by_the_page(account, event.payment_id)


def _by_the_page(account: ReceivingAccount, payment_id: str) -> Collection | None:
    """News of a payment may overtake the news that its page was completed."""
    with asking() as stripe:
        asked: Any = {"payment_intent": payment_id}
        pages = [one.id for one in stripe.checkout.sessions.list(asked, of_account(account.stripe_id)).data]
    found: Collection | None = Collection.objects.filter(account=account, session_id__in=pages).first()
    return found
