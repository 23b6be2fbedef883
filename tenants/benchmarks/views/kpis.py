"""One key figure: what it means, where the chamber stands in each release, and what to do about a gap."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.capability import kpis
from huiguan.kpis import Kpi, in_unit, quarter_name
from tenants.benchmarks import actions, targets
from tenants.benchmarks.charts import band_chart
from tenants.benchmarks.models import Figure, Share, Target
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


@page("benchmarks.share", methods=("POST",))
def topics(request: Any, pk: Any) -> HttpResponse:
    """Whether the figure may count when topics are suggested."""
    given, counts = get_object_or_404(Share, pk=pk, withdrawn_on=None), "counts" in request.POST
    told = _("From the next sending on it may count.") if counts else _("From the next sending on it does not count.")
    tell(request, partial(actions.count_for_topics, given, counts=counts), told)
    return redirect("benchmarks-kpi", given.code)


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
