"""Online payment from the treasurer's side: its terms, and giving money back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from billing import collecting
from billing.provider import ProviderError
from huiguan.access import page
from tenants.dues.forms.online import OnlineTermsForm, RepaymentForm
from tenants.dues.models import OnlineTerms, Payment
from tenants.dues.repaying import repay, repayable_fen


@page("dues.book")
def terms(request: Any) -> HttpResponse:
    """Which ways are offered; which the account can take stands beside."""
    form = OnlineTermsForm(request.POST or None, instance=OnlineTerms.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("dues-online-terms")
    possible = collecting.methods(request.host.chamber.pk)
    return render(request, "dues/online_terms.html", {"form": form, "possible": possible})


@page("dues.book")
def repayment(request: HttpRequest, pk: Any) -> HttpResponse:
    """Give back what was paid online, all or a part of it."""
    payment = get_object_or_404(Payment.objects.select_related("online"), pk=pk, online__isnull=False)
    most = repayable_fen(payment.online)
    form = RepaymentForm(request.POST or None, initial={"fen": most, "key": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid():
        try:
            repay(payment, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("fen", error)
        except ProviderError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The repayment was handed to the payment service."))
            return redirect("dues-payment-detail", pk=pk)
    context = {"form": form, "title": _("Pay back online"), "about": payment, "most": most}
    return render(
        request, "dues/amount.html", {**context, "back": "dues-payment-detail", "submit": _("Pay back online")}
    )
