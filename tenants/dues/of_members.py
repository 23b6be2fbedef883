"""What dues add to a member's page: the account, its moments, and how well the member pays."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.kit.formats import money
from huiguan.parts import Mark, Marks, Members, Moment
from tenants.dues.models import Charge, Entry
from tenants.dues.models.entries import any_of

NEWEST = 6
LATE_IS_BAD_DAYS = 180
WITHOUT_SERVICES = (Charge.Status.SUSPENDED, Charge.Status.TALK, Charge.Status.REMOVAL)
TOLD = (Entry.Kind.PAID, Entry.Kind.WAIVED, Entry.Kind.OFFSET, Entry.Kind.REFUNDED)


def account_of(member: Any, actor: Actor) -> dict[str, Any]:
    """The newest charges and what is open in all."""
    standing = list(member.charges.standing())  # a handful of years
    open_fen = sum(charge.open_fen for charge in standing)
    credit = Entry.objects.credit(member.pk)
    noted = member.trail_words["paid_before"](member.paid_before)
    may_book = actor.can("dues.book")
    sums = {"open_fen": open_fen, "credit": credit}
    return {"member": member, "charges": standing[:NEWEST], **sums, "noted": noted, "may_book": may_book}


def moments_of(member: Any) -> Iterator[Moment]:
    """Every payment, waiver and refund."""
    url = reverse("dues-account", args=[member.pk])
    for entry in Entry.objects.of(member.pk).filter(kind__in=TOLD, reversed_by=None).select_related("charge"):
        said = {"what": entry.get_kind_display(), "amount": money(abs(entry.amount_fen))}
        text = _("{what} {amount}").format(**said)
        yield Moment(entry.booked_on, f"{text} · {entry.charge}" if entry.charge else text, url, "coins")


def paying(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """1 for who owes nothing of what fell due, less for each day that something is late."""
    due = Charge.objects.standing().filter(due_on__range=(since, until))
    if members is not None:
        due = due.filter(member__in=members)
    late: dict[UUID, int] = defaultdict(int)
    for member, due_on, open_fen in due.values_list("member", "due_on", "open_fen"):
        late[member] = max(late[member], (until - due_on).days if open_fen else 0)
    return {member: Mark(max(0.0, 1 - days / LATE_IS_BAD_DAYS), _words(days)) for member, days in late.items()}


def _words(days: int) -> str:
    if not days:
        return _("Dues are paid")
    return ngettext("Dues are {n} day late", "Dues are {n} days late", days).format(n=days)


def without_services(members: Members) -> dict[UUID, Any]:
    """Members whose services were suspended because their dues are late. [002 §3]"""
    late = Charge.objects.open().filter(any_of("status", *WITHOUT_SERVICES))
    late = late if members is None else late.filter(member__in=members)
    return dict.fromkeys(late.values_list("member", flat=True), Charge.Status.SUSPENDED.label)
