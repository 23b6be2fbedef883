"""The ladder of the rules: which step a late charge is due for, and when. [002 §3 暂停服务、理事沟通、直至除名]"""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.dues.models import Charge, Ruleset

Status = Charge.Status


class Rung(NamedTuple):
    """A step: the state it leads to, the states it starts from, the rule that says after how many days."""

    to: str
    sources: tuple[str, ...]
    days: str
    label: Promise


RUNGS = (
    Rung(Status.REMINDED, (Status.OPEN,), "grace_days", gettext_lazy("Remind")),
    Rung(Status.SUSPENDED, (Status.OPEN, Status.REMINDED), "suspend_after_days", gettext_lazy("Suspend services")),
    Rung(Status.TALK, (Status.SUSPENDED,), "talk_after_days", gettext_lazy("Council talk")),
    Rung(Status.REMOVAL, (Status.TALK,), "removal_after_days", gettext_lazy("Propose removal")),
)


def refuse_too_early(charge: Charge, step: str) -> None:
    """No step before the rules allow it. Raises ValidationError with the day from which it can be taken."""
    rules = charge.ruleset or Ruleset.objects.in_force(localdate()) or Ruleset()
    allowed_on = charge.due_on + datetime.timedelta(days=getattr(rules, step))
    if localdate() < allowed_on:
        raise ValidationError(_("By the rules this can be done from {day:%Y-%m-%d} on.").format(day=allowed_on))


def next_rung(charge: Charge, on: datetime.date | None = None) -> Rung | None:
    """The furthest step that is due for a late charge; None while nothing is."""
    rules = charge.ruleset or Ruleset()
    late = charge.days_late(on)
    due = [r for r in RUNGS if charge.status in r.sources and late >= getattr(rules, r.days)]
    return due[-1] if late and due else None


def due_for_a_step(on: datetime.date | None = None, most: int | None = None) -> Iterator[tuple[Charge, Rung]]:
    """Late charges for which the rules ask for the next step, the latest first; all of them without `most`."""
    day = on or localdate()
    rules: dict[Any, Ruleset] = {None: Ruleset(), **Ruleset.objects.in_bulk()}
    steps = [_has_come(day, key, each, rung) for key, each in rules.items() for rung in RUNGS]
    found = Charge.objects.overdue(day).filter(Q(*steps, _connector=Q.OR))
    for charge in found.select_related("member").order_by("due_on", "id")[:most]:
        charge.ruleset = rules[charge.ruleset_id] if charge.ruleset_id else None
        if rung := next_rung(charge, on):
            yield charge, rung


def _has_come(day: datetime.date, key: Any, rules: Ruleset, rung: Rung) -> Q:
    """By the days of each ruleset, so that an index finds the oldest: reading every late charge takes a second.

    Without rules their fields' defaults count.
    """
    latest = day - datetime.timedelta(days=getattr(rules, rung.days))
    return Q(ruleset=key, status__in=rung.sources, due_on__lte=latest)
