"""Booking: payments by hand, a member's account, and what is done to one charge."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.access import page
from tenants.dues import ledger
from tenants.dues.forms.charges import AmountForm, CreditForm
from tenants.dues.forms.payments import MemberForm, PaymentForm
from tenants.dues.models import Charge, Entry


@page("dues.book")
def new_payment(request: HttpRequest) -> HttpResponse:
    """First whose payment it is, then what it is for."""
    chosen = MemberForm(request.GET if "member" in request.GET else None)
    if not chosen.is_valid():
        return render(request, "dues/payment_member.html", {"form": chosen})
    member = chosen.cleaned_data["member"]
    form = PaymentForm(member, request.POST or None, initial={"payer": member.name, "method": "transfer"})
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The payment was booked."))
            return redirect("dues-payment-detail", pk=made.pk)
    context = {"form": form, "member": member, "credit": Entry.objects.credit(member.pk)}
    return render(request, "dues/payment_new.html", context)


@page("dues.view", methods=("GET", "HEAD"))
def account(request: HttpRequest, pk: Any) -> HttpResponse:
    """Everything between a member and the chamber, added up line by line."""
    member = get_object_or_404(apps.get_model("members", "Member"), pk=pk)
    entries = list(Entry.objects.of(member.pk).select_related("charge", "payment"))
    lines, total = [], 0
    for entry in entries:
        total += entry.amount_fen
        lines.append({"entry": entry, "balance": total})
    context = {
        "member": member,
        "lines": lines[::-1],
        "balance": total,
        "owed": abs(total),
        "credit": Entry.objects.credit(member.pk),
        "charges": member.charges.standing(),
    }
    return render(request, "dues/account.html", context)


@page("dues.book")
def refund(request: HttpRequest, pk: Any) -> HttpResponse:
    """Pay a member's credit back."""
    member = get_object_or_404(apps.get_model("members", "Member"), pk=pk)
    credit = Entry.objects.credit(member.pk)
    form = AmountForm(request.POST or None, initial={"fen": credit})
    if request.method == "POST" and form.is_valid():
        try:
            ledger.refund(member.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("fen", error)
        else:
            messages.success(request, _("The refund was booked."))
            return redirect("dues-account", pk=pk)
    context = {"form": form, "title": _("Pay back"), "about": member, "most": credit, "back": "dues-account"}
    return render(request, "dues/amount.html", context)


class Step:
    """Something that is booked on one charge, with the form that asks for it."""

    def __init__(
        self, label: Promise, form: type[forms.Form], most: Callable[[Charge], int], work: Callable[..., Any]
    ) -> None:
        self.label, self.form, self.most, self.work = label, form, most, work


def _usable_credit(charge: Charge) -> int:
    return int(min(charge.open_fen, Entry.objects.credit(charge.member_id)))


STEPS = {
    "offset": Step(gettext_lazy("Offset by sponsorship"), AmountForm, lambda c: c.open_fen, ledger.offset),
    "credit": Step(gettext_lazy("Use the member's credit"), CreditForm, _usable_credit, ledger.use_credit),
    "release": Step(gettext_lazy("Make a payment credit again"), AmountForm, ledger.paid_for, ledger.release),
}


@page("dues.book")
def book_on_charge(request: HttpRequest, pk: Any, step: str) -> HttpResponse:
    """One of the steps, up to what is possible."""
    charge = get_object_or_404(Charge.objects.select_related("member"), pk=pk)
    if step not in STEPS:
        raise Http404(step)
    taken = STEPS[step]
    most = taken.most(charge)
    form = taken.form(request.POST or None, initial={"fen": most})
    if request.method == "POST" and form.is_valid():
        try:
            taken.work(charge, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("fen", error)
        else:
            messages.success(request, _("Booked."))
            return redirect("dues-charge-detail", pk=pk)
    context = {"form": form, "title": taken.label, "about": charge, "most": most, "back": "dues-charge-detail"}
    return render(request, "dues/amount.html", context)


@page("dues.book", methods=("POST",))
def reverse_entry(request: HttpRequest, pk: Any) -> HttpResponse:
    """Takes back a waiver, an offset, a refund or moved credit; payments and assessments have moves of their own."""
    entry = get_object_or_404(Entry, pk=pk)
    if entry.payment_id or entry.kind in (Entry.Kind.ASSESSED, Entry.Kind.REVERSED):
        raise Http404(pk)
    try:
        done = ledger.reverse([entry], reason=_("Reversed by hand"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Reversed.") if done else _("It was reversed already."))
    return redirect("dues-account", pk=entry.member_id)


@page("dues.assess", methods=("POST",))
def cancel_charge(request: HttpRequest, pk: Any) -> HttpResponse:
    """A charge that should not have been, while nothing was paid for it."""
    charge = get_object_or_404(Charge.objects.standing(), pk=pk)
    try:
        ledger.cancel([charge.pk], reason=_("Cancelled by hand"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The charge was cancelled."))
    return redirect("dues-charge-detail", pk=pk)
