"""Receipts and notices of dues as papers, and the receipts' numbers."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import current_actor
from huiguan.kit.formats import day, money
from huiguan.papers.kinds import Item, Letter
from huiguan.papers.kinds import Receipt as ReceiptPaper
from huiguan.papers.models import Letterhead
from huiguan.papers.numbers import next_number
from tenants.dues.models import Charge, Entry, Payment, Receipt
from tenants.dues.models.receipts import SERIES


@transaction.atomic
def issue_receipts(payment: Payment) -> list[Receipt]:
    """One for each member of a payment that has none yet. Raises ValidationError for a payment that was reversed."""
    current_actor().require("dues.book")
    if payment.status != Payment.Status.RECEIVED:
        raise ValidationError(_("The payment was reversed: there is nothing to give a receipt for."))
    has_one = set(payment.receipts.standing().values_list("member", flat=True))
    parts = _parts(payment)
    return [_issue(payment, member, lines) for member, lines in parts.items() if member not in has_one]


def receipt_paper(receipt: Receipt) -> ReceiptPaper:
    """A void receipt says so: it may be in a member's hands."""
    payment = receipt.payment
    is_void = receipt.status == Receipt.Status.VOID
    return ReceiptPaper(
        heading=_("Receipt (void)") if is_void else _("Receipt of dues"),
        number=receipt.shown_number(),
        payer=receipt.payer,
        items=[Item(line["what"], line["fen"], line["period"]) for line in receipt.lines],
        method=payment.get_method_display(),
        note=payment.reference,
        handled_by=receipt.issued_by,
        signed_on=receipt.issued_on,
    )


def notice_paper(member: Any) -> Letter:
    """What a member owes, until when, to which account, with the code that a transfer should carry."""
    charges = list(Charge.objects.open().filter(member=member).order_by("due_on"))
    if not charges:
        raise ValidationError(_("Nothing is open for this member."))
    letterhead = Letterhead.current()
    owed = [(str(c), _("{amount}, due {day}").format(amount=money(c.open_fen), day=day(c.due_on))) for c in charges]
    total = sum(charge.open_fen for charge in charges)
    codes = "、".join(charge.payment_code() for charge in charges)
    return Letter(
        heading=_("Notice of dues"),
        to=_("{member}:").format(member=member.name),
        paragraphs=[
            _("Thank you for belonging to our chamber. By our records {amount} is open:").format(amount=money(total)),
            _("Please write the payment code into the remark of your transfer: {codes}.").format(codes=codes),
            _("If you are in difficulty, talk to the secretariat: instalments and deferral can be granted."),
        ],
        facts=[*owed, *letterhead.bank_facts()],
        closing=[_("With this we remain"), _("yours respectfully.")],
        signatory=letterhead.signatory,
        signed_on=localdate(),
    )


def _issue(payment: Payment, member: UUID, lines: list[dict[str, Any]]) -> Receipt:
    today = localdate()
    made = Receipt(
        year=today.year,
        number=next_number(SERIES, today.year),
        payment=payment,
        member_id=member,
        amount_fen=sum(line["fen"] for line in lines),
        lines=lines,
        issued_by=current_actor().name,
    )
    made.payer = made.member.name
    made.save()
    return made


def _parts(payment: Payment) -> dict[UUID, list[dict[str, Any]]]:
    """What each member's share of the money was for, in the words of a receipt."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for entry in payment.entries.filter(kind=Entry.Kind.PAID, reversed_by=None).select_related("charge"):
        charge = entry.charge
        what = charge.title or _("Membership dues") if charge else _("Dues paid ahead")
        period = str(charge.year) if charge else ""
        found[entry.member_id].append({"what": what, "period": period, "fen": -entry.amount_fen})
    return found
