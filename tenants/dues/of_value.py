"""What dues say in a member's statement of value: what was paid, what was waived, which services it had."""

import datetime
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.kit.formats import day
from huiguan.parts import Line, Lines, Members, ValuePart, Worth
from tenants.dues.models import Charge, Entry


def paid(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Payments that stand, money that was paid back taken off."""
    return _told(members, since, until, (Entry.Kind.PAID, Entry.Kind.REFUNDED), _paid)


def waived(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    return _told(members, since, until, (Entry.Kind.WAIVED,), _waived)


def sponsored(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Dues that were offset by what the member gave in kind."""
    return _told(members, since, until, (Entry.Kind.OFFSET,), _waived)


def services(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """What the member ordered and is charged for: it had it. The money stands where it is paid."""
    charges = Charge.objects.standing().filter(kind=Charge.Kind.SERVICE, created_at__date__range=(since, until))
    charges = charges if members is None else charges.filter(member__in=members)
    found: dict[UUID, list[Line]] = defaultdict(list)
    for member, title in charges.order_by("pk").values_list("member", "title"):
        found[member].append(Line(title or _("Service")))
    return found


PARTS = [
    ValuePart("services", gettext_lazy("Services"), Worth.RECEIVED, services, order=40),
    ValuePart("waived", gettext_lazy("Dues waived"), Worth.SAVED, waived, order=20),
    ValuePart("paid", gettext_lazy("Dues and services paid"), Worth.PAID, paid, order=10),
    ValuePart("sponsored", gettext_lazy("Dues offset by sponsorship"), Worth.PAID, sponsored, order=20),
]


def _told(members: Members, since: datetime.date, until: datetime.date, kinds: Any, say: Any) -> Lines:
    entries = Entry.objects.filter(kind__in=kinds, reversed_by=None, booked_on__range=(since, until))
    entries = entries if members is None else entries.filter(member__in=members)
    found: dict[UUID, list[Line]] = defaultdict(list)
    for entry in entries.select_related("charge").order_by("booked_on", "pk"):
        found[entry.member_id].append(say(entry))
    return found


def _paid(entry: Entry) -> Line:
    what = str(entry.charge) if entry.charge else _("Dues paid ahead")
    if entry.kind == Entry.Kind.REFUNDED:
        what = str(Entry.Kind.REFUNDED.label)
    return Line(what, -entry.amount_fen, _("booked on {day}").format(day=day(entry.booked_on)))


def _waived(entry: Entry) -> Line:
    return Line(str(entry.charge), -entry.amount_fen, entry.reason)
