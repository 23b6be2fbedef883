"""A member's own dues on a phone: what is open, paying it, what was paid, receipts, asking for an invoice."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billing.provider import ProviderError
from huiguan.files.keeping import content_of
from huiguan.own.pages import own_page
from huiguan.papers.rendering import render_pdf
from tenants.dues import mine, online
from tenants.dues.forms.invoices import InvoiceRequestForm
from tenants.dues.invoicing import paid_fen, remembered, request_invoice
from tenants.dues.models import InvoiceRequest, OnlinePayment, Payment, Receipt
from tenants.dues.papers import receipt_paper

READING = ("GET", "HEAD")


@own_page(methods=READING)
def my_dues(request: Any) -> HttpResponse:
    """Whoever comes back from the hosted page is told what became of it, whether or not the news has come."""
    member = request.own.member
    if "paid" in request.GET:
        return _back_from_paying(request, member)
    return render(request, "dues/mine.html", mine.account_of(member))


@own_page(methods=("POST",))
def pay(request: Any) -> HttpResponse:
    """To the hosted page, for what was ticked."""
    back = request.build_absolute_uri(reverse("dues-mine"))
    try:
        chosen = [str(charge.pk) for charge in mine.open_charges(request.own.member)]
        ticked = [pk for pk in chosen if pk in request.POST.getlist("charge")]
        language = get_language() or "zh-hans"
        return redirect(online.begin(member=request.own.member, charge_ids=ticked, back=back, language=language))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ProviderError as error:
        messages.error(request, str(error))
    return redirect("dues-mine")


@own_page(methods=READING)
def receipt(request: Any, pk: Any) -> HttpResponse:
    found = get_object_or_404(Receipt.objects.standing().select_related("payment"), pk=pk, member=request.own.member)
    try:
        return _pdf(render_pdf(receipt_paper(found)), found.shown_number())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("dues-mine")


@own_page()
def invoice(request: Any, pk: Any) -> HttpResponse:
    """Ask for the invoice of a payment; what was written last time stands in the form."""
    own = request.own
    payment = get_object_or_404(Payment.objects.standing().filter(entries__member=own.member).distinct(), pk=pk)
    blank = InvoiceRequest(member=own.member, payment=payment, contact_id=own.contact.pk)
    form = InvoiceRequestForm(request.POST or None, instance=blank, initial=remembered(own.member, own.contact))
    if request.method == "POST" and form.is_valid():
        try:
            request_invoice(form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Your request is with the secretariat. You are told when the invoice is there.")
            )
            return redirect("dues-mine")
    context = {"form": form, "payment": payment, "fen": paid_fen(payment, own.member)}
    return render(request, "dues/mine_invoice.html", context)


@own_page(methods=READING)
def invoice_file(request: Any, pk: Any) -> HttpResponse:
    issued = InvoiceRequest.objects.select_related("file").exclude(file=None)
    found = get_object_or_404(issued, pk=pk, member=request.own.member)
    try:
        return _pdf(content_of(found.file), found.number)
    except FileNotFoundError as error:
        raise Http404(pk) from error


def _back_from_paying(request: Any, member: Any) -> HttpResponse:
    """Looks at once, then drops the parameter, so that a reload says nothing twice."""
    with suppress(ProviderError):  # the news will come, or the sweep
        online.look(member)
    newest = OnlinePayment.objects.filter(member=member).first()
    status = newest.status if newest else ""
    if status == OnlinePayment.Status.PAID:
        messages.success(request, _("Paid. Thank you!"))
    elif status == OnlinePayment.Status.FAILED:
        messages.error(request, _("The payment failed. Nothing was charged; try again or choose another way."))
    elif status == OnlinePayment.Status.PROCESSING:
        messages.info(request, _("The payment is being confirmed. Look again in a minute; do not pay twice."))
    return redirect("dues-mine")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
