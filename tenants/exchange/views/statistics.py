"""What came of this chamber's needs and offers, and its ledger with each other chamber."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from federation.matching.statistics import tally_of
from federation.matching.years import asked_year
from huiguan.access import page
from huiguan.kpis import Period


@page("exchange.view", methods=("GET", "HEAD"))
def statistics(request: Any) -> HttpResponse:
    year, years = asked_year(request)
    tally = tally_of(chamber_id=request.actor.chamber_id, period=Period.calendar_year(year))
    ledger = sorted(tally.balances.values(), key=lambda balance: -(balance.given + balance.received))
    context = {"year": year, "years": years, "tally": tally, "ledger": ledger, "bands": tally.values}
    return render(request, "exchange/statistics.html", context)
