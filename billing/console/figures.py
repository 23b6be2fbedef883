"""Revenue, trials, arrears and what is stuck, from our own tables."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Account, Event, Operation, Subscription
from huiguan.kit.formats import money, number
from huiguan.tenancy.models import Chamber

SOON = datetime.timedelta(days=7)
EARNING = ("active", "past_due")


def figures() -> list[dict[str, Any]]:
    """What stands at the top of the page."""
    current = _current()
    trying = sum(1 for s in current if s.status == Subscription.Status.TRIALING)
    without = Chamber.objects.filter(status=Chamber.Status.ACTIVE).count() - len(current)
    return [
        {
            "label": _("Revenue per month"),
            "value": money(revenue_a_month()),
            "trend": _("Paid and owed plans; a year counts as a twelfth"),
        },
        {"label": _("Chambers that pay"), "value": number(sum(1 for s in current if s.status in EARNING))},
        {"label": _("On trial"), "value": number(trying)},
        {"label": _("Without a subscription"), "value": number(max(0, without))},
        {"label": _("In arrears"), "value": number(overdue().count()), "level": "danger" if overdue().exists() else ""},
    ]


def revenue_a_month() -> int:
    """In fen. A subscription that is owed still counts; one on trial or ended does not."""
    return sum(s.plan.fen_a_month for s in _current() if s.status in EARNING and s.plan)


def overdue() -> Any:
    return Account.objects.exclude(status=Account.Status.OPEN).order_by("behind_since")


def trials_ending() -> list[Subscription]:
    until = Event.objects.newest_moment() + SOON
    return [s for s in _current() if s.status == Subscription.Status.TRIALING and s.trial_end and s.trial_end < until]


def stuck() -> list[dict[str, Any]]:
    """What could not be done yet, and why; the sweep goes on trying."""
    events = [{"what": e.kind, "why": e.problem, "at": e.received_at} for e in Event.objects.stuck()[:20]]
    waiting = Operation.objects.waiting().exclude(problem="")[:20]
    return events + [{"what": str(o.get_kind_display()), "why": o.problem, "at": o.created_at} for o in waiting]


def _current() -> list[Subscription]:
    """One per account: the one that counts."""
    accounts = Account.objects.prefetch_related("subscriptions__plan", "subscriptions__account")
    found = (Subscription.most_telling(account.subscriptions.all()) for account in accounts)
    return [s for s in found if s is not None]
