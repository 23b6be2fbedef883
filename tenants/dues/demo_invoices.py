"""Members of the demo ask for invoices: some are issued, some wait for the treasurer."""

from typing import Any

from huiguan.demo.stage import Stage
from tenants.dues.invoicing import request_invoice
from tenants.dues.models import InvoiceRequest, Payment

HOW_MANY, ISSUED = 7, 4
KINDS = ("dues", "dues", "plain", "dues", "dues", "plain", "dues")
NUMBERS = ("26612000000018", "26612000000019", "26612000000024", "26612000000031")


def ask_for_invoices(stage: Stage) -> None:
    """The newest payments by transfer; the oldest requests are issued, the others wait."""
    asked = [_ask(stage, payment, at) for at, payment in enumerate(_payments())]
    for at, (request, number) in enumerate(zip(asked[:ISSUED], NUMBERS, strict=False)):
        request.issue(number=number, issued_on=stage.days_ago(20 - 4 * at))


def _payments() -> Any:
    paid = Payment.objects.standing().filter(method=Payment.Method.TRANSFER)
    return paid.prefetch_related("entries__member").order_by("-received_on", "-id")[:HOW_MANY]


def _ask(stage: Stage, payment: Payment, at: int) -> InvoiceRequest:
    entry = payment.entries.all()[0]
    member = entry.member
    contact = next(iter(member.contacts.all()), None)
    return request_invoice(
        InvoiceRequest(
            member=member,
            payment=payment,
            contact_id=contact.pk if contact else None,
            kind=KINDS[at],
            title=member.name,
            tax_number=member.credit_code,
            email=f"caiwu{at + 1}@example.com",
            asked_on=stage.days_ago(24 - 3 * at),
        )
    )
