"""Removes what its retention rule says has been kept long enough, and writes down how much by which rule."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from huiguan.capability import Place, capabilities
from huiguan.months import months_after
from huiguan.privacy.models import Removal
from huiguan.retention import Retention
from huiguan.tenancy.binding import current_schema
from huiguan.tenancy.owner import as_owner_of

AT_ONCE = 500


def rules() -> list[Retention]:
    """Of every folder, in the order of the navigation."""
    return [rule for capability in capabilities(Place.CHAMBER) for rule in capability.retention]


def remove_due(today: datetime.date | None = None) -> list[Removal]:
    """In the bound chamber; each rule by itself, so that one at fault does not keep the others."""
    done = (_removed(rule, today or localdate()) for rule in rules())
    return [removal for removal in done if removal is not None]


def before_day(rule: Retention, today: datetime.date) -> datetime.date:
    """What began before this day has been kept long enough."""
    return months_after(today, -rule.months_now())


@transaction.atomic
def _removed(rule: Retention, today: datetime.date) -> Removal | None:
    before = before_day(rule, today)
    due = rule.over(before)
    number = rule.remove(due) if rule.remove else _delete(due)
    if not number:
        return None
    made = Removal(rule=rule.name, number=number, before=before)
    made.save()
    return made


def _delete(due: Any) -> int:
    """A book, that only the owner can take a page from, by the owner; everything else with what hangs on it."""
    if getattr(due.model, "is_added_to_only", False):
        return _delete_from_a_book(due)
    number = 0
    while keys := list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        due.model.objects.filter(pk__in=keys).delete()
        number += len(keys)
    return number


def _delete_from_a_book(due: Any) -> int:
    keys = list(due.values_list("pk", flat=True))
    if not keys:
        return 0
    with as_owner_of(current_schema()):
        rows = due.model._base_manager.using("owner").filter(pk__in=keys)
        return int(rows._raw_delete("owner"))
