"""Invoices that members ask for: what can be asked, what they wrote last time, and telling them what came of it."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.models import Channel
from huiguan.kit.formats import day, money
from huiguan.own.actions import address_of, link_for
from huiguan.tenancy.binding import current_chamber
from tenants.dues.models import Entry, InvoiceRequest, Payment, Repayment
from tenants.dues.purposes import INVOICE

REMEMBERED = ("kind", "title", "tax_number", "address", "bank", "email")


def paid_fen(payment: Payment, member: Any) -> int:
    """What of a payment was this member's and has not gone back, in fen."""
    paid = -payment.entries.filter(member=member, kind=Entry.Kind.PAID, reversed_by=None).total()
    gone = Repayment.objects.filter(online__payment=payment).exclude(status=Repayment.Status.FAILED)
    return int(paid - sum(each.amount_fen for each in gone))


def remembered(member: Any, contact: Any) -> dict[str, Any]:
    """What the member wrote last time; before that, what the register knows."""
    last = InvoiceRequest.objects.filter(member=member).order_by("-id").first()
    if last is not None:
        return {name: getattr(last, name) for name in REMEMBERED}
    return {"kind": "dues", "title": member.name, "tax_number": member.credit_code, "email": contact.email}


@transaction.atomic
def request_invoice(request: InvoiceRequest) -> InvoiceRequest:
    """Raises ValidationError when it was asked for already, or nothing of the payment is left."""
    trail.take_turn()
    there = InvoiceRequest.objects.standing().filter(payment=request.payment, member=request.member)
    if there.exists():
        raise ValidationError(_("An invoice for this payment was asked for already."))
    request.amount_fen = paid_fen(request.payment, request.member)
    if request.amount_fen <= 0:
        raise ValidationError(_("Nothing of this payment is left to be invoiced."))
    request.save()
    return request


def tell_issued(request: InvoiceRequest) -> None:
    said = {**_words(request), "number": request.number, "day": day(request.issued_on)}
    body = _("{chamber} has issued your invoice over {amount} ({title}): number {number}, of {day}.").format(**said)
    _tell(request, _("Your invoice of {amount} is there").format(**said), body, "issued")


def tell_refused(request: InvoiceRequest, reason: str) -> None:
    said = {**_words(request), "reason": reason}
    body = _("{chamber} could not issue your invoice over {amount} ({title}): {reason}").format(**said)
    _tell(request, _("Your invoice of {amount} could not be issued").format(**said), body, "refused")


def _words(request: InvoiceRequest) -> dict[str, str]:
    chamber = current_chamber()
    name = chamber.name if chamber else ""
    return {"chamber": name, "amount": money(request.amount_fen), "title": request.title}


def _tell(request: InvoiceRequest, subject: str, body: str, what: str) -> None:
    """To the address in the request; with the link of whoever asked, where that is still known."""
    link = _link(request)
    lines = [body, _("You find it on your page: {url}").format(url=link)] if link else [body]
    deliver(
        about=request,
        channel=Channel.EMAIL,
        to=Recipient(request.member.name, request.email),
        subject=subject,
        body="\n".join(lines),
        purpose=INVOICE,
        dedupe=f"dues.invoice:{request.pk}:{what}",
    )


def _link(request: InvoiceRequest) -> str:
    contacts: Any = apps.get_model("members.Contact").objects
    contact = contacts.filter(pk=request.contact_id, member=request.member).first()
    if contact is None or request.member.status != "active" or not current_actor().can("own.send"):
        return ""
    return address_of(link_for(contact), to="dues-mine")
