"""Finds what was left behind or has drifted, and mends it."""

import datetime
from collections.abc import Callable
from functools import partial

import structlog
from django.utils.timezone import localdate, now

from billing import events
from billing.collecting import look_again
from billing.customers import settle, start_trial
from billing.drift import find_drift
from billing.handing import hand_over_waiting
from billing.mirror import mirror_all
from billing.models import Account, Collection, ReceivingAccount, Return
from billing.provider import ProviderError
from billing.receiving import mirror_account, mirror_payouts
from billing.standings import review_all
from huiguan.tenancy.models import Chamber

log = structlog.get_logger(__name__)
LONG_ENOUGH = datetime.timedelta(minutes=3)  # for the event to come by itself
PAYOUTS_SINCE = datetime.timedelta(days=21)
MOST = 200


def sweep() -> None:
    """Chambers without an account get a trial; what Stripe was not told is told; what we were not told is fetched."""
    begin_missing_trials()
    for chamber_id in Account.objects.filter(stripe_customer_id="").values_list("chamber_id", flat=True):
        _try("settle", partial(settle, chamber_id))
    _try("events", events.sweep)
    look_at_unsettled()
    hand_over_waiting()
    review_all()


def reconcile() -> None:
    for account in Account.objects.exclude(stripe_customer_id=""):
        _try("mirror", partial(mirror_all, account))
        _try("settle", partial(settle, account.chamber_id))
    for receiving in ReceivingAccount.objects.filter(disconnected_at=None):
        _try("receiving account", partial(mirror_account, receiving.stripe_id))
        _try("payouts", partial(mirror_payouts, receiving, localdate() - PAYOUTS_SINCE))
        _try("drift", partial(find_drift, receiving))
    forget_erased()


def forget_erased() -> None:
    """Of a chamber that was erased nothing is kept that says for what, and to whom; the sums stay for the books."""
    gone = Chamber.objects.filter(status=Chamber.Status.ERASED).values_list("pk", flat=True)
    Collection.objects.filter(chamber_id__in=list(gone)).exclude(title="").update(title="", url="")
    Return.objects.filter(collection__chamber_id__in=list(gone)).exclude(reason="").update(reason="")
    ReceivingAccount.objects.filter(chamber_id__in=list(gone)).exclude(name="").update(name="")


def look_at_unsettled() -> None:
    """Events of chambers' accounts that never came: pages left open are looked at, the longest unseen first."""
    waiting = Collection.objects.unsettled().exclude(session_id="").filter(created_at__lt=now() - LONG_ENOUGH)
    for pk in waiting.order_by("mirrored_at").values_list("pk", flat=True)[:MOST]:
        _try("collection", partial(look_again, pk))


def begin_missing_trials() -> None:
    known = Account.objects.values("chamber_id")
    for chamber in Chamber.objects.filter(status=Chamber.Status.ACTIVE).exclude(pk__in=known):
        start_trial(chamber)


def _try(what: str, work: Callable[[], object]) -> None:
    """One that fails does not keep the others waiting; it is tried again at the next sweep."""
    try:
        work()
    except ProviderError as error:
        log.warning("billing_left_for_later", what=what, why=str(error))
