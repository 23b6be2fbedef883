"""How far behind a chamber may fall: everything works, then read-only, then closed; never deleted. [product B3]"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction

from billing.models import Account, Event, Subscription
from huiguan.actors import SYSTEM, acting_as
from huiguan.entitlements import Level, forget_standing

GRACE = datetime.timedelta(days=7)
READ_ONLY = datetime.timedelta(days=30)


def level_after(behind_since: datetime.datetime | None, moment: datetime.datetime) -> Level:
    """A week in which everything works, a month in which all can be read, then closed until it is paid."""
    if behind_since is None or moment < behind_since:
        return Level.OPEN
    if moment < restricted_from(behind_since):
        return Level.GRACE
    return Level.RESTRICTED if moment < suspended_from(behind_since) else Level.SUSPENDED


def restricted_from(behind_since: datetime.datetime) -> datetime.datetime:
    return behind_since + GRACE


def suspended_from(behind_since: datetime.datetime) -> datetime.datetime:
    return behind_since + GRACE + READ_ONLY


def behind_since(account: Account, current: Subscription | None, moment: datetime.datetime) -> datetime.datetime | None:
    """Since when payment is missing; once it is, a new unpaid period does not start the count again."""
    since = current.behind_since if current else account.trial_end
    if since is None or since > moment:
        return None
    return min(since, account.behind_since) if account.behind_since else since


def review(account_id: Any) -> None:
    """Moves the account to the step its subscriptions call for, and says so in the trail."""
    with transaction.atomic():
        account = Account.objects.locked(pk=account_id)
        moment = Event.objects.newest_moment()
        since = behind_since(account, Subscription.objects.filter(account=account).current(), moment)
        wanted = level_after(since, moment)
        if wanted != account.status:
            with acting_as(SYSTEM):
                _moves(account, since)[wanted]()
            transaction.on_commit(lambda: forget_standing(account.chamber_id))


def review_all() -> None:
    for account_id in Account.objects.values_list("pk", flat=True):
        review(account_id)


def _moves(account: Account, since: Any) -> dict[str, Callable[[], None]]:
    return {
        Level.OPEN: account.recover,
        Level.GRACE: lambda: _to_grace(account, since),
        Level.RESTRICTED: lambda: account.restrict(since=since),
        Level.SUSPENDED: lambda: account.suspend(since=since),
    }


def _to_grace(account: Account, since: Any) -> None:
    if account.status == Account.Status.OPEN:
        account.fall_behind(since=since)
    else:
        account.relent(since=since)
