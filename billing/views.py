"""A chamber's pages: what it has, what it uses, what it pays; and the way to the payment service and back."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billing import actions, overview
from billing.customers import start_trial
from billing.models import Plan
from billing.provider import ProviderError
from huiguan.access import page
from huiguan.entitlements import forget_standing
from huiguan.tenancy.binding import in_site
from huiguan.tenancy.models import Chamber


@page("billing.view", methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    if session_id := request.GET.get("paid"):
        return _back_from_paying(request, session_id)
    forget_standing(_chamber(request).pk)  # where the plan is shown, the banner above it says the same
    usage = overview.measured()
    with in_site():
        shown = overview.of(start_trial(_chamber(request)), usage)
    return render(request, "billing/home.html", shown)


@page("billing.view", methods=("GET", "HEAD"))
def invoices(request: HttpRequest) -> HttpResponse:
    found, problem = [], ""
    try:
        with in_site():
            found = [_invoice(told) for told in actions.invoices(start_trial(_chamber(request)))]
    except ProviderError as error:
        problem = str(error)
    return render(request, "billing/invoices.html", {"invoices": found, "problem": problem})


@page("billing.change", methods=("POST",))
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """A first plan is paid at the hosted page; another one replaces it at once."""
    chamber = _chamber(request)
    with in_site():
        plan = get_object_or_404(Plan.objects.offered(), code=code)
        current = start_trial(chamber).subscriptions.all().current()
    if not (current and current.is_bought):
        return _leave(request, actions.open_checkout, plan=plan)
    done = _("From now on the plan is “{plan}”.").format(plan=plan.name)
    return _try(request, lambda: actions.change_plan(chamber_id=chamber.pk, plan=plan), done)


@page("billing.change", methods=("POST",))
def portal(request: HttpRequest) -> HttpResponse:
    return _leave(request, actions.open_portal)


@page("billing.change", methods=("POST",))
def cancellation(request: HttpRequest) -> HttpResponse:
    done = _("The plan is cancelled. Everything works to the end of the paid period.")
    return _try(request, lambda: actions.cancel(chamber_id=_chamber(request).pk), done)


@page("billing.change", methods=("POST",))
def continuation(request: HttpRequest) -> HttpResponse:
    return _try(request, lambda: actions.keep(chamber_id=_chamber(request).pk), _("The cancellation is taken back."))


def _back_from_paying(request: HttpRequest, session_id: str) -> HttpResponse:
    """Looks at once, so that the page does not depend on how fast the event comes; then drops the parameter."""
    bought = None
    try:
        with in_site():
            bought = actions.confirm(chamber_id=_chamber(request).pk, session_id=session_id)
    except ProviderError:
        pass  # the event will come, or the sweep
    if bought and bought.status == bought.Status.ACTIVE:
        messages.success(request, _("Paid. Thank you: the plan is active."))
    else:
        messages.info(request, _("The payment is being confirmed. Look again in a minute; do not pay twice."))
    return redirect("billing-home")


def _leave(request: HttpRequest, find: Callable[..., str], **given: Any) -> HttpResponse:
    """To the payment service, which sends the person back here."""
    chamber, home_url = _chamber(request), request.build_absolute_uri(reverse("billing-home"))
    try:
        with in_site():
            start_trial(chamber)
            language = get_language() or "zh-hans"
            return redirect(find(chamber_id=chamber.pk, return_url=home_url, language=language, **given))
    except ProviderError as error:
        messages.error(request, str(error))
        return redirect("billing-home")


def _try(request: HttpRequest, work: Callable[[], None], done: str) -> HttpResponse:
    try:
        with in_site():
            work()
        messages.success(request, done)
    except ProviderError as error:
        messages.error(request, str(error))
    return redirect("billing-home")


def _chamber(request: HttpRequest) -> Chamber:
    return request.host.chamber  # type: ignore[attr-defined, no-any-return]


def _invoice(told: Any) -> dict[str, Any]:
    made = datetime.datetime.fromtimestamp(told.created, datetime.UTC)
    return {
        "number": told.number,
        "made_at": made,
        "fen": told.total,
        "status": told.status,
        "url": told.hosted_invoice_url,
    }
