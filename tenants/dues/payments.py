"""Booking a payment once: by hand, from a bank statement, or told by the payment provider."""

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from tenants.dues import ledger
from tenants.dues.ledger import Part
from tenants.dues.models import Entry, Payment


@transaction.atomic
def record(
    *,
    member_id: UUID,
    method: str,
    fen: int,
    received_on: datetime.date,
    payer: str = "",
    reference: str = "",
    note: str = "",
    parts: Sequence[Part] | None = None,
    is_another: bool = False,
) -> Payment:
    """A payment of one member that a person books. Raises ValidationError if it is booked already."""
    current_actor().require("dues.book")
    facts = {"member_id": member_id, "method": method, "fen": fen, "received_on": received_on, "reference": reference}
    trail.take_turn()  # of two who book it at once, the second finds it booked
    if (there := same(facts)) and not is_another:
        raise ValidationError(_("This payment is booked already: {payment}.").format(payment=there))
    made = Payment(method=method, amount_fen=fen, received_on=received_on, payer=payer, reference=reference, note=note)
    made.key = _key(facts) + (f"#{Payment.objects.filter(key__startswith=_key(facts)).count()}" if is_another else "")
    made.save()
    ledger.pay(made, parts if parts is not None else ledger.oldest_first(member_id, fen))
    return made


@transaction.atomic
def record_once(payment: Payment, parts: Sequence[Part]) -> Payment:
    """A payment with a key of its own (a line of a statement, the provider's number): booked the first time only."""
    current_actor().require("dues.book")
    trail.take_turn()
    if there := Payment.objects.filter(key=payment.key).first():
        return there  # type: ignore[no-any-return]
    payment.save()
    ledger.pay(payment, parts)
    return payment


def same(facts: dict[str, Any]) -> Payment | None:
    """The payment that was booked by hand with the same facts."""
    found: Payment | None = Payment.objects.standing().filter(key__startswith=_key(facts)).first()
    return found


def booked_by(payment: Payment) -> str:
    entry = Entry.objects.filter(payment=payment).first()
    return entry.by if entry else ""


def _key(facts: dict[str, Any]) -> str:
    """The same member, way, day, amount and reference is the same money, unless a person says otherwise."""
    said = [facts["member_id"], facts["method"], facts["received_on"], facts["fen"], facts.get("reference") or ""]
    return "hand:" + "|".join(map(str, said))
