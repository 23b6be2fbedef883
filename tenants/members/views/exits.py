"""Who left and who was removed, year by year, and why: what the chamber can learn from it. [S1]"""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.kit.charts import Chart, Series
from tenants.members.models import EarlierMembership, Member
from tenants.members.models.belonging import Why


@page("members.view", methods=("GET", "HEAD"))
def exits(request: Any) -> HttpResponse:
    """`?year=` chooses one; the present year otherwise."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else localdate().year
    rows = exits_of(year)
    context = {
        "rows": rows,
        "year": year,
        "years": _years(),
        "removed": sum(row["is_removal"] for row in rows),
        "returned": EarlierMembership.objects.filter(member__joined_on__year=year).values("member").distinct().count(),
        "chart": reasons(rows),
    }
    return render(request, "members/exits.html", context)


def exits_of(year: int) -> list[dict[str, Any]]:
    """The newest first; the exits of those who came back since are among them."""
    now = Member.objects.filter(left_on__year=year)
    earlier = EarlierMembership.objects.filter(left_on__year=year, member__merged_into=None).select_related("member")
    rows = [_row(member, member, member.status == Member.Status.REMOVED) for member in now]
    rows += [_row(each.member, each, each.was_removed) for each in earlier]
    return sorted(rows, key=lambda row: row["ended"].left_on, reverse=True)


def reasons(rows: list[dict[str, Any]]) -> Chart:
    """How many left for each kind of reason, the commonest first."""
    counted = Counter(row["why"] for row in rows).most_common()
    series = [Series(_("Members"), [number for _why, number in counted])]
    return Chart(_("Why members left"), [why for why, _number in counted], series, sideways=True)


def _row(member: Member, ended: Any, is_removal: bool) -> dict[str, Any]:
    why = str(Why(ended.left_why).label) if ended.left_why else _("Not said")
    return {"member": member, "ended": ended, "is_removal": is_removal, "why": why, "is_back": ended is not member}


def _years() -> list[int]:
    """Those in which anybody left, and this one."""
    found = {localdate().year}
    for rows in (Member.objects.exclude(left_on=None), EarlierMembership.objects.all()):
        found |= {day.year for day in rows.order_by().dates("left_on", "year")}
    return sorted(found, reverse=True)
