"""Paying dues online: a hosted page for what is open, and what the payment service tells of it booked once."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from billing import collecting
from billing.models import Collection
from billing.provider import ProviderError
from billing.purposes import Collected
from huiguan import trail
from huiguan.tenancy.binding import bound_chamber
from tenants.dues import payments
from tenants.dues.ledger import Part
from tenants.dues.models import Charge, OnlinePayment, OnlineTerms, Payment
from tenants.dues.models.online import METHODS
from tenants.dues.papers import issue_receipts
from tenants.dues.repaying import follow_returns

PURPOSE = "dues"
Status = OnlinePayment.Status


def ways() -> list[str]:
    """How members of this chamber can pay online now: what the account takes and the terms allow."""
    terms = OnlineTerms.current()
    if not terms.is_offered:
        return []
    return [way for way in collecting.methods(_chamber_id()) if way in terms.ways]


def begin(*, member: Any, charge_ids: Sequence[Any], back: str, language: str) -> str:
    """The address of the hosted page for these charges: the same one while it is open, never two for one charge.

    Raises ValidationError with words for the member, and ProviderError.
    """
    _close_others(member, {str(pk) for pk in charge_ids})
    charges = list(Charge.objects.open().filter(member=member, pk__in=charge_ids).order_by("due_on", "year", "id"))
    if not charges:
        raise ValidationError(_("Nothing of this is open any more."))
    parts = [{"charge": str(charge.pk), "fen": charge.open_fen} for charge in charges]
    key = _key(member.pk, parts)
    page = collecting.open_page(
        chamber_id=_chamber_id(),
        purpose=PURPOSE,
        key=key,
        title="、".join(str(charge) for charge in charges),
        payer=member.name,
        lines=[(str(charge), charge.open_fen) for charge in charges],
        return_url=f"{back}?paid=1",
        cancel_url=back,
        language=language,
        wanted=ways(),
    )
    _remember(member, parts, key, page)
    return page.url


def look(member: Any) -> None:
    """What became of the member's open pages, asked at once. Raises ProviderError."""
    for online in OnlinePayment.objects.undecided().filter(member=member):
        collecting.confirm(chamber_id=_chamber_id(), collection_id=online.collection_id)


def follow(told: Collected) -> None:
    """Brings the books to what the payment service says. The whole state is told each time: order is nothing."""
    trail.take_turn()
    online = OnlinePayment.objects.select_related("payment", "member").get(collection_id=told.id)
    before = _shown(online)
    if told.status == Status.PAID and online.payment is None:
        online.payment = _book(online, told)
    online.status, online.dispute, online.method = told.status, told.dispute, METHODS.get(told.method, "")
    online.reference = told.reference
    if before != _shown(online):
        online.save()
    if online.payment:
        _know_fee(online.payment, told.fee_fen)
    follow_returns(online, told.returned)


def _book(online: OnlinePayment, told: Collected) -> Payment:
    """What is open of each charge now; what is not open any more, waived or paid otherwise, becomes credit."""
    payment = Payment(
        method=METHODS.get(told.method, Payment.Method.CARD),  # money that came is booked, by whatever new way
        amount_fen=told.fen,
        fee_fen=min(told.fee_fen, told.fen),
        received_on=told.paid_on or localdate(),
        payer=online.member.name,
        key=f"online:{told.id}",
    )
    made = payments.record_once(payment, _parts(online, told.fen))
    if OnlineTerms.current().is_receipted:
        issue_receipts(made)
    return made


def _parts(online: OnlinePayment, fen: int) -> list[Part]:
    meant = {UUID(part["charge"]): part["fen"] for part in online.parts}
    parts = []
    for charge in Charge.objects.open().filter(pk__in=meant).order_by("due_on", "year", "id"):
        taken = min(charge.open_fen, meant[charge.pk], fen)
        parts += [Part(charge.member_id, taken, charge.pk)] if taken else []
        fen -= taken
    return [*parts, Part(online.member_id, fen)] if fen else parts


def _shown(online: OnlinePayment) -> tuple[Any, ...]:
    return online.status, online.dispute, online.method, online.reference, online.payment_id


def _know_fee(payment: Payment, fee_fen: int) -> None:
    """The fee may be known later than the payment."""
    fee = min(fee_fen, payment.amount_fen)
    if payment.fee_fen != fee:
        payment.fee_fen = fee
        payment.save()


def _close_others(member: Any, charges: set[str]) -> None:
    """A page that is open for some of the same charges is closed, unless it is for exactly these."""
    for online in OnlinePayment.objects.undecided().filter(member=member):
        meant = {part["charge"] for part in online.parts}
        if not meant & charges:
            continue
        now = collecting.confirm(chamber_id=_chamber_id(), collection_id=online.collection_id)
        if now.status == Status.OPEN and not (meant == charges and _is_as_it_was(online)):
            now = collecting.close(chamber_id=_chamber_id(), collection_id=online.collection_id)
        if now.status == Status.PROCESSING:
            raise ValidationError(_("A payment for this is being confirmed. Look again in a minute; do not pay twice."))


def _is_as_it_was(online: OnlinePayment) -> bool:
    """Whether its charges are open with the same amounts as on its page."""
    still = {str(pk): fen for pk, fen in Charge.objects.values_list("pk", "open_fen").filter(
        pk__in=[part["charge"] for part in online.parts]
    )}  # fmt: skip
    return all(still.get(part["charge"]) == part["fen"] for part in online.parts)


def _key(member_id: UUID, parts: list[dict[str, Any]]) -> str:
    """The same for everybody who asks for the same at once; another one when the page for it has ended."""
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
    stem = f"{member_id}-{digest}"
    ended = OnlinePayment.objects.filter(key__startswith=stem).exclude(status=Status.OPEN).count()
    return f"{stem}-{ended}"


def _remember(member: Any, parts: list[dict[str, Any]], key: str, page: Collection) -> None:
    trail.take_turn()
    if not OnlinePayment.objects.filter(collection_id=page.pk).exists():
        fen = sum(part["fen"] for part in parts)
        OnlinePayment(member=member, parts=parts, amount_fen=fen, key=key, collection_id=page.pk).save()


def _chamber_id() -> UUID:
    chamber = bound_chamber()
    return chamber.pk  # type: ignore[no-any-return]


__all__ = ["PURPOSE", "ProviderError", "begin", "follow", "look", "ways"]
