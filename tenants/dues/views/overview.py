"""The treasurer's first page: the year at a glance, and the ladder as a board."""

from typing import Any

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from huiguan.access import page
from tenants.dues import figures
from tenants.dues.ladder import next_rung
from tenants.dues.models import Assessment, Charge, Ruleset

MOST_CARDS = 12
COLUMNS = (
    Charge.Status.OPEN,
    Charge.Status.REMINDED,
    Charge.Status.EASED,
    Charge.Status.SUSPENDED,
    Charge.Status.TALK,
    Charge.Status.REMOVAL,
)


@page("dues.view", methods=("GET", "HEAD"))
def overview(request: HttpRequest) -> HttpResponse:
    """Rate, ageing, forecast, by level, group and district."""
    year = _year(request)
    dues = figures.YearOfDues(year)
    context = {
        "year": year,
        "years": _years(),
        "standing": dues.standing,
        "levels": dues.by_level(),
        "groups": dues.by_group(),
        "regions": dues.by_region(),
        "forecast": figures.forecast(year, dues.standing) if year == localdate().year else None,
        "ageing": figures.ageing_chart(),
        "months": figures.month_by_month(),
        "ruleset": Ruleset.objects.in_force(localdate()),
        "assessed": Assessment.objects.filter(year=year, status=Assessment.Status.DONE).first(),
    }
    return render(request, "dues/overview.html", context)


@page("dues.view", methods=("GET", "HEAD"))
def ladder(request: HttpRequest) -> HttpResponse:
    """Late charges as cards in the column of the step they have reached."""
    late = Charge.objects.overdue(localdate()) | Charge.objects.open().exclude(status=Charge.Status.OPEN)
    columns = [_column(status, late.filter(status=status)) for status in COLUMNS]
    return render(request, "dues/ladder.html", {"columns": columns, "total": sum(c["number"] for c in columns)})


def _column(status: Any, charges: Any) -> dict[str, Any]:
    shown = charges.select_related("member", "ruleset").order_by("due_on", "id")[:MOST_CARDS]
    cards = [{"charge": charge, "rung": next_rung(charge)} for charge in shown]
    return {"status": status, "label": status.label, "cards": cards, "number": charges.count()}


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 1949 <= int(asked) <= 2200 else localdate().year


def _years() -> list[int]:
    """From the first year that was charged to this one, the newest first."""
    this = localdate().year
    first = Charge.objects.order_by().aggregate(first=Min("year"))["first"] or this
    return list(range(max(this, first), min(this, first) - 1, -1))
