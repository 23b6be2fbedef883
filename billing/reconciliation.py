"""Finds what was left behind or has drifted, and mends it."""

from collections.abc import Callable
from functools import partial

import structlog

from billing import events
from billing.customers import settle, start_trial
from billing.mirror import mirror_all
from billing.models import Account
from billing.provider import ProviderError
from billing.standings import review_all
from huiguan.tenancy.models import Chamber

log = structlog.get_logger(__name__)


def sweep() -> None:
    """Chambers without an account get a trial; what Stripe was not told is told; what we were not told is fetched."""
    begin_missing_trials()
    for chamber_id in Account.objects.filter(stripe_customer_id="").values_list("chamber_id", flat=True):
        _try("settle", partial(settle, chamber_id))
    _try("events", events.sweep)
    review_all()


def reconcile() -> None:
    for account in Account.objects.exclude(stripe_customer_id=""):
        _try("mirror", partial(mirror_all, account))
        _try("settle", partial(settle, account.chamber_id))


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
