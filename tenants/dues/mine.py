"""What a member sees of its own dues: open, being confirmed, paid, to be invoiced; and where money is paid to."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.capability import Item
from huiguan.kit.formats import money
from huiguan.papers.models import Letterhead
from huiguan.parts import Own
from tenants.dues import online
from tenants.dues.models import Charge, Entry, InvoiceRequest, OnlinePayment, Payment, Receipt, Repayment
from tenants.dues.models.terms import WAYS

MOST = 40


def account_of(member: Any) -> dict[str, Any]:
    """Everything that the page shows; a few queries at any size."""
    charges = list(open_charges(member))
    return {
        "charges": charges,
        "total_fen": sum(charge.open_fen for charge in charges),
        "credit_fen": Entry.objects.credit(member.pk),
        "ways": _ways(),
        "confirming": OnlinePayment.objects.filter(member=member, status=OnlinePayment.Status.PROCESSING),
        "bank": Letterhead.current().bank_facts(),
        "payments": _payments(member),
    }


def open_charges(member: Any) -> Any:
    return Charge.objects.open().filter(member=member).order_by("due_on", "year", "id")


def waits(own: Own) -> Iterator[Item]:
    """What is open, the oldest first."""
    today = localdate()
    for charge in open_charges(own.member):
        level = "late" if charge.due_on < today else "due"
        title = _("{charge}: {amount} to pay").format(charge=charge, amount=money(charge.open_fen))
        yield Item(title, reverse("dues-mine"), due=charge.due_on, level=level)


def _ways() -> list[str]:
    """In words, as they are offered."""
    offered = online.ways()
    return [str(label) for way, label in WAYS if way in offered]


def _payments(member: Any) -> list[dict[str, Any]]:
    """The newest first, each with what it was for, its receipt and what came of its invoice."""
    paid = Payment.objects.standing().filter(entries__member=member).distinct()
    paid = paid.prefetch_related("entries__charge")[:MOST]
    keys = [payment.pk for payment in paid]
    receipts = {each.payment_id: each for each in Receipt.objects.standing().filter(member=member, payment__in=keys)}
    asked = InvoiceRequest.objects.filter(member=member, payment__in=keys).order_by("id")
    invoices = {each.payment_id: each for each in asked}
    gone: dict[Any, list[Repayment]] = {}
    for each in Repayment.objects.filter(online__payment__in=keys, online__member=member).select_related("online"):
        gone.setdefault(each.online.payment_id, []).append(each)
    return [
        _payment(payment, member, receipts.get(payment.pk), invoices.get(payment.pk), gone.get(payment.pk, []))
        for payment in paid
    ]


def _payment(
    payment: Payment, member: Any, receipt: Receipt | None, invoice: InvoiceRequest | None, gone: list[Repayment]
) -> dict[str, Any]:
    own = [e for e in payment.entries.all() if e.member_id == member.pk and e.kind == Entry.Kind.PAID]
    fen = -sum(entry.amount_fen for entry in own)
    back = sum(each.amount_fen for each in gone if each.status != Repayment.Status.FAILED)
    return {
        "payment": payment,
        "fen": fen,
        "what": "、".join(dict.fromkeys(str(e.charge) if e.charge else _("Credit") for e in own)),
        "receipt": receipt,
        "invoice": invoice,
        "gone": gone,
        "may_ask": fen > back and (invoice is None or invoice.status == InvoiceRequest.Status.REFUSED),
    }
