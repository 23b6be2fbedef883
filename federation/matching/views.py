"""The coordinator's own pages: what came of the matching, chamber by chamber, and the rules it goes by."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.matching import actions
from federation.matching.forms import RulesForm
from federation.matching.models import AllocationRun, MatchingRules, ValueBand
from federation.matching.statistics import tallies_in
from federation.matching.years import asked_year
from huiguan.access import page
from huiguan.kpis import Period


@page("matching.view", methods=("GET", "HEAD"))
def statistics(request: Any) -> HttpResponse:
    """No member is named: a chamber is what is counted."""
    year, years = asked_year(request)
    rows = tallies_in(federation_id=request.actor.federation_id, period=Period.calendar_year(year))
    bands: Counter[str] = sum((tally.bands for _name, tally in rows), Counter())
    context = {
        "year": year,
        "years": years,
        "rows": rows,
        "agreements": sum(bands.values()) // 2,
        "bands": [(band.label, bands[band.value] // 2) for band in ValueBand],
    }
    return render(request, "matching/statistics.html", context)


@page("matching.distribute", methods=("POST",))
def distribute(request: Any) -> HttpResponse:
    """Now, without waiting for the night."""
    federation_id = request.actor.federation_id
    before = AllocationRun.objects.newest(federation_id)
    run = actions.distribute_scarce(federation_id=federation_id)
    if run is None:
        messages.info(request, _("No offer is asked for by more needs than can have it."))
        return redirect("matching-allocationrun-list")
    if run == before:
        messages.info(request, _("Nothing has changed since this distribution."))
    else:
        messages.success(request, _("The scarce offers were distributed."))
    return redirect("matching-allocationrun-detail", pk=run.pk)


@page("matching.change")
def rules(request: Any) -> HttpResponse:
    """They hold from the next list of suggestions on."""
    form = RulesForm(request.POST or None, instance=MatchingRules.of(request.actor.federation_id))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The rules were saved."))
        return redirect("matching-rules")
    return render(request, "matching/rules.html", {"form": form})
