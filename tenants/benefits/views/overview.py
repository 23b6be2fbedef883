"""The year of benefits at a glance: who gives what, how often it is used, what it saves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from huiguan.access import page
from tenants.benefits import figures


@page("benefits.view", methods=("GET", "HEAD"))
def overview(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    context = {
        "year": year,
        "years": figures.years(),
        "sums": figures.sums_of(year),
        "merchants": figures.by_merchant(year),
        "offers": figures.by_offer(year),
        "unused": figures.unused_offers(year),
        "months": figures.month_by_month(year),
        "kinds": figures.by_category(year),
    }
    return render(request, "benefits/overview.html", context)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 1949 <= int(asked) <= 2200 else localdate().year
