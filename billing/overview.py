"""What the plan page shows: the plan, how much of it is used, what can be bought, what can be done."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing import banners
from billing.entitlements import LIMITED_BY, plan_of
from billing.models import Account, Event, Plan, Subscription
from billing.standings import restricted_from, suspended_from
from huiguan.entitlements import gauges

LABELS: dict[str, str | Promise] = {
    "members.add": _("Members"),
    "seats.add": _("People who sign in"),
    "files.store": _("Files (MB)"),
}


class Use(NamedTuple):
    """`limit=None` is without limit."""

    label: str | Promise
    used: int
    limit: int | None

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.used / self.limit)) if self.limit else 0

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.used >= self.limit


class Offer(NamedTuple):
    """A plan as it is offered to this chamber; `too_small` says what would not fit."""

    plan: Plan
    is_current: bool
    too_small: bool


def measured() -> dict[str, int]:
    """Counted in the chamber's own schema: ask before leaving it."""
    return {what: gauge() for what, gauge in gauges().items() if what in LABELS}


def of(account: Account, usage: dict[str, int]) -> dict[str, Any]:
    """The context of the page; reads public tables only."""
    current = account.subscriptions.select_related("plan").current()
    plan = plan_of(account)
    moment = Event.objects.newest_moment()
    return {
        "account": account,
        "current": current,
        "plan": plan,
        "notice": banners.text_for(account, current, moment),
        "what_next": _what_next(account),
        "trial_end": None if current and current.is_bought else (current and current.trial_end) or account.trial_end,
        "uses": [Use(LABELS[what], used, _limit(plan, what)) for what, used in usage.items()],
        "offers": [_offer(each, current, usage) for each in Plan.objects.offered()],
        "is_bought": bool(current and current.is_bought),
    }


def _limit(plan: Plan | None, what: str) -> int | None:
    return getattr(plan, LIMITED_BY[what], None)


def _offer(plan: Plan, current: Subscription | None, usage: dict[str, int]) -> Offer:
    is_current = bool(current and current.is_bought and current.plan_id == plan.pk)
    over = [what for what, used in usage.items() if used > (_limit(plan, what) or used)]
    return Offer(plan, is_current, bool(over))


def _what_next(account: Account) -> list[tuple[Any, Any, bool]]:
    """The steps that follow when nothing is paid: (day, what happens, whether it is so now)."""
    if not account.behind_since:
        return []
    since, status = account.behind_since, account.status
    return [
        (since, _("Payment was due. Everything works."), status == Account.Status.GRACE),
        (restricted_from(since), _("Everything can be read, nothing changed."), status == Account.Status.RESTRICTED),
        (
            suspended_from(since),
            _("The chamber closes until the plan is paid. Nothing is deleted."),
            status == Account.Status.SUSPENDED,
        ),
    ]
