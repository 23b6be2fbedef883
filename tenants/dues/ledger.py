"""The only place that writes entries. What an entry changes, the charge it is for shows in the same transaction.

Everyone who books waits at the end of the trail first, so two bookings of one chamber never overtake each other.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.keys import uuid7
from huiguan.kit.formats import money
from tenants.dues.models import Arrangement, Charge, Entry, Payment

Kind = Entry.Kind


class Line(NamedTuple):
    """An entry to be booked; `fen` as in the ledger: owed is positive, settled negative."""

    member_id: UUID
    kind: str
    fen: int
    charge_id: UUID | None = None
    payment: Payment | None = None
    reverses: Entry | None = None
    batch: UUID | None = None
    on: datetime.date | None = None


class Part(NamedTuple):
    """A part of a payment, in fen: for a charge, or for a member's credit."""

    member_id: UUID
    fen: int
    charge_id: UUID | None = None


@transaction.atomic
def post(lines: Sequence[Line], *, reason: str = "", on: datetime.date | None = None) -> list[Entry]:
    """Book entries that belong together. Raises ValidationError, and then nothing is booked."""
    trail.take_turn()
    made = _write(lines, reason, on or localdate())
    _show_on_charges(made)
    _refuse_negative_credit({e.member_id for e in made if e.charge_id is None})
    return made


@transaction.atomic
def assess(charges: Sequence[Charge], *, reason: str = "") -> None:
    """New charges, each with the entry that it begins with. Many at once."""
    trail.take_turn()
    last = Charge.objects.aggregate(last=Max("serial"))["last"] or 0
    for serial, charge in enumerate(charges, start=last + 1):
        charge.serial, charge.open_fen = serial, charge.amount_fen
    Charge.objects.bulk_create(charges, batch_size=1000)
    _write([Line(c.member_id, Kind.ASSESSED, c.amount_fen, c.pk) for c in charges], reason, localdate())


def pay(payment: Payment, parts: Sequence[Part]) -> list[Entry]:
    """What a payment is for. Its parts make up its amount, to the fen."""
    return pay_many([(payment, parts)])


@transaction.atomic
def pay_many(paid: Sequence[tuple[Payment, Sequence[Part]]]) -> list[Entry]:
    """Several payments, all or none; each can be reversed by itself."""
    for payment, parts in paid:
        if sum(part.fen for part in parts) != payment.amount_fen:
            raise ValidationError(_("The parts do not add up to {amount}.").format(amount=money(payment.amount_fen)))
    return post(
        [
            Line(
                part.member_id, Kind.PAID, -part.fen, part.charge_id, payment, batch=payment.pk, on=payment.received_on
            )
            for payment, parts in paid
            for part in parts
            if part.fen
        ]
    )


def waive(charge: Charge, *, fen: int, reason: str) -> None:
    post([Line(charge.member_id, Kind.WAIVED, -fen, charge.pk)], reason=reason)


def offset(charge: Charge, *, fen: int, reason: str) -> None:
    """What a member gave instead of money, at the value that was agreed. [002 §3 企业赞助抵扣]"""
    current_actor().require("dues.book")
    post([Line(charge.member_id, Kind.OFFSET, -fen, charge.pk)], reason=reason)


def use_credit(charge: Charge, *, fen: int) -> None:
    """Take from what the member has paid ahead."""
    current_actor().require("dues.book")
    member = charge.member_id
    post([Line(member, Kind.MOVED, fen), Line(member, Kind.MOVED, -fen, charge.pk)], reason=_("From credit"))


def release(charge: Charge, *, fen: int, reason: str) -> list[Entry]:
    """What was paid for a charge becomes credit again, to be used elsewhere or paid back."""
    current_actor().require("dues.book")
    member = charge.member_id
    if fen > paid_for(charge):
        raise ValidationError(_("Only {amount} was paid for it.").format(amount=money(paid_for(charge))))
    return post([Line(member, Kind.MOVED, -fen), Line(member, Kind.MOVED, fen, charge.pk)], reason=reason)


def refund(member_id: UUID, *, fen: int, reason: str, on: datetime.date | None = None) -> list[Entry]:
    """Money that went back to the member, out of its credit."""
    current_actor().require("dues.book")
    return post([Line(member_id, Kind.REFUNDED, fen)], reason=reason, on=on)


@transaction.atomic
def reverse(entries: Iterable[Entry], *, reason: str) -> list[Entry]:
    """The opposite of entries and of all that was booked with them. What is reversed already stays so."""
    trail.take_turn()
    batches = {entry.batch for entry in entries}
    found = Entry.objects.filter(batch__in=batches, reversed_by=None).exclude(kind=Kind.REVERSED)
    lines = [Line(e.member_id, Kind.REVERSED, -e.amount_fen, e.charge_id, e.payment, e) for e in found]
    return post(lines, reason=reason) if lines else []


@transaction.atomic
def cancel(charge_ids: Sequence[UUID], *, reason: str) -> None:
    """Charges that should not have been: their first entry is reversed. Raises where something was paid or granted."""
    trail.take_turn()
    first = Entry.objects.filter(charge__in=charge_ids, kind=Kind.ASSESSED, reversed_by=None)
    lines = [Line(e.member_id, Kind.REVERSED, -e.amount_fen, e.charge_id, None, e) for e in first]
    post(lines, reason=reason)
    Charge.objects.filter(pk__in=charge_ids).update(status=Charge.Status.CANCELLED)


def balance(member_id: UUID) -> int:
    """What a member owes in fen; negative when the chamber owes."""
    return int(Entry.objects.of(member_id).total())


def paid_for(charge: Charge) -> int:
    """What money, moved credit included, has settled of a charge, in fen."""
    undone = Q(kind=Kind.REVERSED, reverses__kind__in=[Kind.PAID, Kind.MOVED])
    entries = Entry.objects.filter(Q(kind__in=[Kind.PAID, Kind.MOVED]) | undone, charge=charge)
    return -int(entries.aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def oldest_first(member_id: UUID, fen: int) -> list[Part]:
    """How an amount is used when nobody says otherwise: the oldest charge first, what is left as credit."""
    parts = []
    for charge in Charge.objects.open().filter(member=member_id).order_by("due_on", "year", "id"):
        if fen <= 0:
            break
        parts.append(Part(member_id, min(fen, charge.open_fen), charge.pk))
        fen -= charge.open_fen
    return [*parts, Part(member_id, fen)] if fen > 0 else parts


def _write(lines: Sequence[Line], reason: str, on: datetime.date) -> list[Entry]:
    actor, batch = current_actor(), uuid7()
    entries = [
        Entry(
            member_id=line.member_id,
            kind=line.kind,
            amount_fen=line.fen,
            charge_id=line.charge_id,
            payment=line.payment,
            reverses=line.reverses,
            batch=line.batch or batch,
            reason=reason[:200],
            booked_on=line.on or on,
            by_id=actor.person_id,
            by=actor.name[:120],
        )
        for line in lines
    ]
    made: list[Entry] = Entry.objects.bulk_create(entries, batch_size=1000)
    return made


def _show_on_charges(entries: Sequence[Entry]) -> None:
    """Each charge's open amount moves by its new entries: settled at nothing, open again above it."""
    moved: dict[Any, int] = defaultdict(int)
    for entry in entries:
        if entry.charge_id is not None:
            moved[entry.charge_id] += entry.amount_fen
    charges = list(Charge.objects.filter(pk__in=moved).select_for_update())
    for charge in charges:
        _move(charge, moved[charge.pk])
    Charge.objects.bulk_update(charges, ["open_fen", "status"], batch_size=1000)
    _keep_promises([c.pk for c in charges if c.status == Charge.Status.SETTLED])


def _move(charge: Charge, fen: int) -> None:
    open_now = charge.open_fen + fen
    if not 0 <= open_now <= charge.amount_fen:
        limit = charge.open_fen if open_now < 0 else charge.amount_fen - charge.open_fen
        text = _("“{charge}”: at most {amount} can be booked here.")
        raise ValidationError(text.format(charge=charge, amount=money(limit)))
    charge.open_fen, charge.status = open_now, _status_of(charge, open_now)


def _status_of(charge: Charge, open_now: int) -> str:
    if open_now == 0 and charge.status in Charge.COLLECTING:
        return Charge.Status.SETTLED
    return Charge.Status.OPEN if open_now and charge.status == Charge.Status.SETTLED else charge.status


def _keep_promises(settled: Sequence[UUID]) -> None:
    running = Arrangement.objects.running().filter(charge__in=settled)
    for arrangement in running.exclude(kind=Arrangement.Kind.WAIVER):
        arrangement.status = Arrangement.Status.KEPT
        arrangement.save(verb="kept")


def _refuse_negative_credit(member_ids: Iterable[UUID]) -> None:
    sums = Entry.objects.filter(member__in=list(member_ids), charge=None).values("member").annotate(s=Sum("amount_fen"))
    if short := [row["s"] for row in sums.order_by() if row["s"] > 0]:
        text = _("The member's credit is too small by {amount}: it has been used or paid back.")
        raise ValidationError(text.format(amount=money(max(short))))
