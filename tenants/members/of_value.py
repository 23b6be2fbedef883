"""What the register says in a member's statement of value: the groups, the positions, the contacts of a year."""

import datetime
from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiguan.parts import Line, Lines, Members, ValuePart, Worth
from tenants.members.models import GroupPlace, Position, Touch


def groups(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Places that were held for some of the period; when a place began is not recorded before it was entered."""
    places = _of(GroupPlace.objects.order_by("group__kind", "group__name"), members)
    places = places.filter(Q(left_on=None) | Q(left_on__gte=since), created_at__date__lte=until)
    found: dict[UUID, list[Line]] = defaultdict(list)
    for place in places.select_related("group"):
        duties = "、".join(str(duty) for duty in place.duties())
        found[place.member_id].append(Line(f"{place.group}（{duties}）" if duties else str(place.group)))
    return found


def positions(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    begun = Q(starts_on=None) | Q(starts_on__lte=until)
    held = _of(Position.objects.order_by("rank", "pk"), members)
    held = held.filter(begun, Q(ends_on=None) | Q(ends_on__gte=since))
    found: dict[UUID, list[Line]] = defaultdict(list)
    for member, title in dict.fromkeys(held.values_list("member", "title")):
        found[member].append(Line(title))
    return found


def contacts(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """How often the secretariat visited, called or wrote, counted; what was said stays in the house."""
    made = _of(Touch.objects.made().filter(on__range=(since, until)), members).exclude(mood=Touch.Mood.UNREACHED)
    counted = Counter(made.order_by().values_list("member", "kind"))
    found: dict[UUID, list[Line]] = defaultdict(list)
    for kind in Touch.Kind.values:
        for (member, each), n in counted.items():
            if each == kind:
                found[member].append(Line(_times(Touch.Kind(kind), n)))
    return found


PARTS = [
    ValuePart("positions", gettext_lazy("Positions held"), Worth.ATTENDED, positions, order=10),
    ValuePart("groups", gettext_lazy("Groups"), Worth.ATTENDED, groups, order=20),
    ValuePart("contacts", gettext_lazy("Visits and talks"), Worth.RECEIVED, contacts, order=10),
]


def _times(kind: Touch.Kind, n: int) -> str:
    said: dict[Any, str] = {
        Touch.Kind.MET: ngettext("Visited or met {n} time", "Visited or met {n} times", n),
        Touch.Kind.CALLED: ngettext("Talked on the telephone {n} time", "Talked on the telephone {n} times", n),
        Touch.Kind.WROTE: ngettext("Written to {n} time", "Written to {n} times", n),
    }
    return said.get(kind, _("{n} times")).format(n=n)


def _of(rows: Any, members: Members) -> Any:
    return rows if members is None else rows.filter(member__in=members)
