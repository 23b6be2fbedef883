"""Receipts and notices as PDF: opened one by one, or a notice for everybody who is late, bound for the printer."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.papers.kinds import Paper
from huiguan.papers.rendering import render_bound, render_pdf
from huiguan.papers.stationery import Stationery
from tenants.dues.models import Charge, Payment, Receipt
from tenants.dues.papers import issue_receipts, notice_paper, receipt_paper

MOST_BOUND = 200


@page("dues.book", methods=("POST",))
def issue(request: HttpRequest, pk: Any) -> HttpResponse:
    """The receipts of a payment."""
    payment = get_object_or_404(Payment, pk=pk)
    try:
        made = issue_receipts(payment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        done = _("{n} receipts were issued.").format(n=len(made))
        messages.success(request, done if made else _("There was a receipt already."))
    return redirect("dues-payment-detail", pk=pk)


@page("dues.view", methods=("GET", "HEAD"))
def receipt(request: Any, pk: Any) -> HttpResponse:
    found = get_object_or_404(Receipt.objects.select_related("payment"), pk=pk)
    return _answer(request, receipt_paper(found), f"{found.shown_number()}.pdf", back=found.payment_id)


@page("dues.collect", methods=("GET", "HEAD"))
def notice(request: Any, pk: Any) -> HttpResponse:
    """One member's notice."""
    member = get_object_or_404(apps.get_model("members", "Member"), pk=pk)
    try:
        return _pdf(render_pdf(notice_paper(member), sealed=_may_seal(request)), "notice.pdf")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("dues-account", pk=pk)


@page("dues.collect", methods=("GET", "HEAD"))
def notices(request: Any) -> HttpResponse:
    """Everybody who is late, in one file for the printer: the latest two hundred."""
    late = Charge.objects.overdue(localdate()).exclude(status=Charge.Status.EASED).order_by("due_on", "id")
    keys = list(dict.fromkeys(late.values_list("member", flat=True)))[:MOST_BOUND]
    members = apps.get_model("members", "Member").objects.in_bulk(keys)
    try:
        bound = next(render_bound([notice_paper(members[key]) for key in keys], sealed=_may_seal(request)), b"")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("dues-ladder")
    if not bound:
        messages.info(request, _("Nobody is late."))
        return redirect("dues-ladder")
    return _pdf(bound, "notices.pdf")


def _answer(request: Any, paper: Paper, name: str, *, back: Any) -> HttpResponse:
    try:
        return _pdf(render_pdf(paper, sealed=_may_seal(request)), name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("dues-payment-detail", pk=back)


def _may_seal(request: Any) -> bool:
    """The seal is put on papers by those who may, where there is a picture of it."""
    return bool(request.actor.can("papers.seal") and Stationery.current().has_seal)


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
