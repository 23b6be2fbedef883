"""Who must have a second factor where, until when; and those of a place who have none. [ASVS 6.3]"""

import datetime
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from huiguan.accounts.models import Appointment, Person, SecondFactorRule
from huiguan.tenancy.hosts import Host

GRACE_OF_OPERATORS = datetime.timedelta(days=1)


def deadline_for(person: Any, host: Host) -> datetime.datetime | None:
    """Until when this person must have a second factor here; None when they have one, or need none."""
    if person.has_second_factor:
        return None
    if host.kind == "site":
        is_needed = person.is_operator and settings.OPERATORS_NEED_SECOND_FACTOR
        return person.created_at + GRACE_OF_OPERATORS if is_needed else None
    here = str(host.chamber.pk if host.chamber else host.federation_id)
    held = [a["second_factor_by"] for a in person.appointments if here in (a["chamber"], a["federation"])]
    return min((datetime.datetime.fromisoformat(by) for by in held if by), default=None)


@transaction.atomic
def require_second_factor(*, host: Host, roles: Collection[str], grace: datetime.timedelta) -> None:
    """Of exactly these roles. Whoever had to have one already gets no more time by this."""
    rules = SecondFactorRule.objects.filter(**place_of(host)).select_for_update()
    for rule in rules:
        if rule.role not in roles:
            rule.delete()
        elif grace < rule.grace:
            rule.grace = grace
            rule.save()
    known = set(rules.values_list("role", flat=True))
    for role in sorted(set(roles) - known):
        SecondFactorRule(role=role, grace=grace, **place_of(host)).save()


def without_second_factor(host: Host) -> list[tuple[Appointment, datetime.datetime | None]]:
    """Who works here and has none, with the last day that they may, those first who must soonest."""
    held = Appointment.objects.filter(ended_at=None, person__is_active=True, **place_of(host))
    by_person = {each.person_id: each for each in held.select_related("person")}
    people = Person.objects.with_appointments().filter(pk__in=by_person)
    found = [(by_person[p.pk], deadline_for(p, host)) for p in people if not p.has_second_factor]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: (one[1] is None, one[1] or now(), str(one[0].person)))


def place_of(host: Host) -> dict[str, Any]:
    return {"chamber": host.chamber} if host.chamber else {"federation_id": host.federation_id}
