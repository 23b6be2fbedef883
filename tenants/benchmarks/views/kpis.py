"""One key figure: what it means, where the chamber stands in each release, and what to do about a gap."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.benchmarking.practices import practices_for
from federation.registry.queries import FederationOfChamber
from huiguan.access import page
from huiguan.capability import kpis
from huiguan.kpis import Kpi, in_unit, quarter_name
from tenants.benchmarks import actions, practices, targets
from tenants.benchmarks.charts import band_chart
from tenants.benchmarks.forms import PracticeForm
from tenants.benchmarks.models import Figure, Practice, Share, Target
from tenants.benchmarks.views import exchanges
from tenants.benchmarks.views.home import federation_of, required, tell


@page("benchmarks.view")
def kpi(request: Any, code: str) -> HttpResponse:
    """Its own page: definition, trend, quartile band, gap and target."""
    found, federation = _kpi(code), federation_of(request)
    standings = targets.standings(found, federation) if federation else []
    newest = next(iter(standings), None)
    context = {
        "kpi": found,
        "federation": federation,
        "standings": [(each, _words(each)) for each in standings],
        "newest": newest,
        "proposal": newest and newest.proposal,
        "chart": band_chart(found, standings),
        "trend": _trend(found),
        "targets": Target.objects.filter(code=code),
        "has_target": Target.objects.filter(code=code, status=Target.Status.STANDING).exists(),
        "share": Share.objects.standing(federation.id).filter(code=code).first() if federation else None,
        **_practices(request, found, federation),
        **exchanges.of_kpi(request, code, federation),
        "may_plan": request.actor.can("benchmarks.plan"),
        "may_share": request.actor.can("benchmarks.share"),
    }
    if newest and (proposal := newest.proposal):
        context |= {"first": in_unit(proposal.middle, found.unit), "second": in_unit(proposal.upper, found.unit)}
    return render(request, "benchmarks/kpi.html", context)


@page("benchmarks.plan", methods=("POST",))
def adopt(request: Any, code: str) -> HttpResponse:
    """Make the proposal the chamber's own target."""
    act = partial(targets.adopt, kpi=_kpi(code), federation=required(request))
    tell(request, act, _("Adopted. You are reminded to measure it again after two releases."))
    return redirect("benchmarks-kpi", code)


@page("benchmarks.share")
def share_practice(request: Any, code: str) -> HttpResponse:
    """The words that will leave, written and sent."""
    found, federation = _kpi(code), required(request)
    if not practices.may_share(found, federation):
        raise Http404(code)
    card = Practice.objects.filter(federation_id=federation.id, code=code, ended_on=None).first()
    form = PracticeForm(request.POST or None, instance=card)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "text", "takes_mentees")}
        act = partial(practices.share_practice, kpi=found, federation=federation, **said)
        tell(request, act, _("Shared. It stands word for word in the sharing ledger."))
        return redirect("benchmarks-kpi", code)
    return render(request, "benchmarks/practice.html", {"kpi": found, "federation": federation, "form": form})


@page("benchmarks.share", methods=("POST",))
def end_practice(request: Any, pk: Any) -> HttpResponse:
    card = get_object_or_404(Practice, pk=pk, ended_on=None)
    tell(request, partial(practices.end_practice, card), _("The card is no longer shown."))
    return redirect("benchmarks-kpi", card.code)


@page("benchmarks.share", methods=("POST",))
def topics(request: Any, pk: Any) -> HttpResponse:
    """Whether the figure may count when topics are suggested."""
    given, counts = get_object_or_404(Share, pk=pk, withdrawn_on=None), "counts" in request.POST
    told = _("From the next sending on it may count.") if counts else _("From the next sending on it does not count.")
    tell(request, partial(actions.count_for_topics, given, counts=counts), told)
    return redirect("benchmarks-kpi", given.code)


def _practices(request: Any, found: Kpi, federation: FederationOfChamber | None) -> dict[str, Any]:
    """Cards of others, the own one, and whether the chamber may write one."""
    if federation is None:
        return {"practices": [], "card": None, "may_write": False}
    told = {"chamber_id": request.host.chamber.pk, "federation_id": federation.id, "code": found.code}
    return {
        "practices": practices_for(**told),
        "card": Practice.objects.filter(federation_id=federation.id, code=found.code, ended_on=None).first(),
        "may_write": request.actor.can("benchmarks.share") and practices.may_share(found, federation),
    }


def _kpi(code: str) -> Kpi:
    if code not in kpis():
        raise Http404(code)
    return kpis()[code]


def _words(each: targets.Standing) -> dict[str, str]:
    unit = each.kpi.unit
    numbers = {**each.seen.bounds, "own": each.own}
    return {name: in_unit(value, unit) for name, value in numbers.items()}


def _trend(found: Kpi) -> list[tuple[str, str]]:
    """The quarters that were computed, the newest first."""
    figures = Figure.objects.filter(code=found.code)[:8]
    return [(quarter_name(f.year, f.quarter), in_unit(f.value, found.unit)) for f in figures]
