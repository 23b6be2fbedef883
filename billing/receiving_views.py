"""The chamber's page about the account that members pay into: connect, complete, see what is missing, disconnect."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing import receiving
from billing.asked_facts import in_words
from billing.models import Collection, Payout, ReceivingAccount
from billing.models.receiving import METHODS
from billing.provider import ProviderError
from huiguan.access import page
from huiguan.tenancy.binding import in_site
from huiguan.tenancy.models import Chamber

COUNTRY_NAMES = {
    "HK": gettext_lazy("Hong Kong"), "SG": gettext_lazy("Singapore"), "US": gettext_lazy("United States"),
    "GB": gettext_lazy("United Kingdom"), "AU": gettext_lazy("Australia"), "CA": gettext_lazy("Canada"),
    "JP": gettext_lazy("Japan"), "MY": gettext_lazy("Malaysia"),
}  # fmt: skip


class ConnectForm(forms.Form):
    """Where the organisation that receives the money is registered: it cannot be changed afterwards."""

    country = forms.ChoiceField(
        label=gettext_lazy("Registered in"),
        choices=[(code, COUNTRY_NAMES[code]) for code in receiving.COUNTRIES],
        help_text=gettext_lazy("Of the organisation that receives the money. It cannot be changed afterwards."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail of the person in charge"),
        help_text=gettext_lazy("The payment service writes there and opens its own pages with it."),
    )


@page("billing.view", methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """Looks at once when the person comes back from the hosted page."""
    chamber = _chamber(request)
    with in_site():
        account = ReceivingAccount.objects.of(chamber.pk)
        if account and "back" in request.GET:
            account = _looked_at(request, account)
        shown = _told(account) if account else {}
    return render(request, "billing/receiving.html", {"account": account, "form": ConnectForm(), **shown})


@page("billing.receive", methods=("POST",))
def connect(request: HttpRequest) -> HttpResponse:
    """Makes the account and leads to the hosted page."""
    form = ConnectForm(request.POST)
    if not form.is_valid():
        return render(request, "billing/receiving.html", {"account": None, "form": form}, status=422)
    chamber = _chamber(request)
    try:
        with in_site():
            account = receiving.connect(chamber_id=chamber.pk, name=chamber.name, **form.cleaned_data)
            return redirect(_onboarding(request, account))
    except ProviderError as error:
        messages.error(request, str(error))
        return redirect("billing-receiving")


@page("billing.receive")
def complete(request: HttpRequest) -> HttpResponse:
    """To the hosted page; the service itself leads here when its link has grown old."""
    try:
        with in_site():
            account = ReceivingAccount.objects.of(_chamber(request).pk)
            if account is not None:
                return redirect(_onboarding(request, account))
    except ProviderError as error:
        messages.error(request, str(error))
    return redirect("billing-receiving")


@page("billing.receive", methods=("POST",))
def disconnect(request: HttpRequest) -> HttpResponse:
    with in_site():
        account = ReceivingAccount.objects.of(_chamber(request).pk)
        if account is not None:
            receiving.disconnect(account)
    messages.success(request, _("Members cannot pay online any more. The account itself stays yours."))
    return redirect("billing-receiving")


def _told(account: ReceivingAccount) -> dict[str, Any]:
    paid = Collection.objects.filter(account=account, status=Collection.Status.PAID)
    return {
        "missing": in_words(account.missing),
        "checked": in_words(account.requirements.get("pending_verification") or []),
        "methods": [METHODS[name] for name in account.methods],
        "country": COUNTRY_NAMES.get(account.country, account.country),
        "sums": paid.aggregate(number=Count("pk"), fen=Sum("paid_fen"), fees=Sum("fee_fen")),
        "payouts": list(Payout.objects.filter(account=account)[:6]),
        "disputes": paid.filter(dispute__in=("needs_response", "warning_needs_response")).count(),
    }


def _looked_at(request: HttpRequest, account: ReceivingAccount) -> ReceivingAccount:
    try:
        return receiving.mirror_account(account.stripe_id) or account
    except ProviderError as error:
        messages.info(request, str(error))
        return account


def _onboarding(request: HttpRequest, account: ReceivingAccount) -> str:
    back = request.build_absolute_uri(reverse("billing-receiving") + "?back=1")
    again = request.build_absolute_uri(reverse("billing-receiving-complete"))
    return receiving.onboarding(account, return_url=back, refresh_url=again)


def _chamber(request: HttpRequest) -> Chamber:
    return request.host.chamber  # type: ignore[attr-defined, no-any-return]
