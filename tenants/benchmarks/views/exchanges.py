"""A practice exchange, for the chamber that learns and for the one that shows how."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.benchmarking.exchanges import SeenExchange, exchanges_of, may_ask
from federation.registry.queries import FederationOfChamber
from huiguan.access import page
from huiguan.capability import kpi_label, kpis
from huiguan.kpis import in_unit
from tenants.benchmarks import exchanges
from tenants.benchmarks.forms import AnswerForm, RatingForm, ReportForm, TargetForm, WishForm
from tenants.benchmarks.models import Share, Target
from tenants.benchmarks.views.home import federation_of, required, tell


@page("benchmarks.share", methods=("POST",))
def ask(request: Any, code: str) -> HttpResponse:
    """Before this nobody knows that the chamber would like to learn."""
    if code not in kpis():
        raise Http404(code)
    form, federation = WishForm(request.POST), required(request)
    if form.is_valid():
        tell(request, partial(exchanges.ask, kpi=kpis()[code], federation=federation, **form.cleaned_data), _sent())
    return redirect("benchmarks-kpi", code)


@page("benchmarks.view", methods=("GET", "HEAD"))
def exchange(request: Any, pk: Any) -> HttpResponse:
    return _page(request, _find(request, pk))


@page("benchmarks.share", methods=("POST",))
def end(request: Any, pk: Any) -> HttpResponse:
    found = _find(request, pk)
    tell(request, partial(exchanges.end, found), _sent())
    return redirect("benchmarks-kpi", found.code)


@page("benchmarks.share", methods=("POST",))
def answer(request: Any, pk: Any) -> HttpResponse:
    """Who declines sees it no longer."""
    found, form = _find(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found)
    tell(request, partial(exchanges.answer, found, **form.cleaned_data), _sent())
    return redirect("benchmarks-exchange", pk) if form.cleaned_data["accepts"] else redirect("benchmarks-home")


@page("benchmarks.share", methods=("POST",))
def report(request: Any, pk: Any) -> HttpResponse:
    return _say(request, pk, ReportForm(request.POST), exchanges.report)


@page("benchmarks.share", methods=("POST",))
def take_on(request: Any, pk: Any) -> HttpResponse:
    return _say(request, pk, TargetForm(request.POST), exchanges.take_on)


@page("benchmarks.share", methods=("POST",))
def rate(request: Any, pk: Any) -> HttpResponse:
    return _say(request, pk, RatingForm(request.POST), exchanges.rate)


def of_kpi(request: Any, code: str, federation: FederationOfChamber | None) -> dict[str, Any]:
    """What the page of a figure says about exchanges."""
    if federation is None:
        return {"exchanges": [], "wish": None}
    whose = {"chamber_id": request.host.chamber.pk, "federation_id": federation.id}
    own = [each for each in exchanges_of(**whose) if each.code == code]
    is_on_its_way = code in exchanges.on_its_way()
    is_asking = is_on_its_way or any(each.is_mentee and each.is_unfinished for each in own)
    is_shared = Share.objects.standing(federation.id).filter(code=code).exists()
    may = is_shared and not is_asking and request.actor.can("benchmarks.share") and may_ask(code=code, **whose)
    return {"exchanges": own, "wish": WishForm() if may else None, "is_on_its_way": is_on_its_way}


def _find(request: Any, pk: Any) -> SeenExchange:
    federation = federation_of(request)
    own = exchanges_of(chamber_id=request.host.chamber.pk, federation_id=federation.id) if federation else []
    found = next((each for each in own if each.id == pk), None)
    if found is None:
        raise Http404(pk)
    return found


def _say(request: Any, pk: Any, form: Any, act: Any) -> HttpResponse:
    found = _find(request, pk)
    if not form.is_valid():
        return _page(request, found, form)
    tell(request, partial(act, found, **form.cleaned_data), _sent())
    return redirect("benchmarks-exchange", pk)


def _page(request: Any, found: SeenExchange, form: Any = None) -> HttpResponse:
    unit = kpis()[found.code].unit if found.code in kpis() else ""
    context = {
        "exchange": found,
        "label": kpi_label(found.code),
        "target": in_unit(found.target, unit),
        "steps": [step.label for step in found.steps],
        "form": form or _form_for(found),
        "may_say": request.actor.can("benchmarks.share"),
        "is_on_its_way": str(found.id) in exchanges.on_its_way(),
    }
    return render(request, "benchmarks/exchange.html", context)


def _form_for(found: SeenExchange) -> Any:
    """The chamber's own target stands in the form already; it leaves only when it is sent."""
    if found.may_report:
        return ReportForm()
    if found.may_take_on:
        own = Target.objects.filter(code=found.code, status=Target.Status.STANDING).first()
        return TargetForm(initial={"target": own.middle, "target_by": own.middle_by} if own else {})
    return RatingForm() if found.may_rate else None


def _sent() -> str:
    return _("Sent. It stands word for word in the sharing ledger.")
