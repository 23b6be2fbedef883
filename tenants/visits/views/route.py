"""The way of a day: whom to see, in which order, where, with which number to call; on a phone or on paper."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiguan.access import page
from huiguan.papers.kinds import Column, Report, Section, Table
from huiguan.papers.rendering import render_pdf
from huiguan.privacy.accesses import note_export
from huiguan.screens.converters import is_uuid
from huiguan.screens.fields import shown
from tenants.visits.models import Visit
from tenants.visits.visitors import possible_visitors

DAYS_SHOWN = 8


@page("visits.view", methods=("GET", "HEAD"))
def route(request: Any) -> HttpResponse:
    """`?day=` or the next day with visits; `?visitor=` for those of one person."""
    visitor = _visitor(request)
    day = _day(request, visitor)
    context = {
        "day": day,
        "stops": [_stop(visit) for visit in _visits(day, visitor)],
        "days": _days(visitor),
        "visitor": visitor,
        "visitors": [{"key": each.person_id, "name": each.name} for each in possible_visitors()],
        "today": localdate(),
    }
    return render(request, "visits/route.html", context)


@page("visits.view", methods=("GET", "HEAD"))
def route_paper(request: Any) -> HttpResponse:
    """The same on paper."""
    visitor = _visitor(request)
    day = _day(request, visitor)
    stops = [_stop(visit) for visit in _visits(day, visitor)]
    note_export(Visit._meta.get_field("contact").related_model, ["phone"], len(stops))
    try:
        content = render_pdf(_paper(day, stops))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("visits-route")
    headers = {"Content-Disposition": 'inline; filename="route.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _stop(visit: Visit) -> dict[str, Any]:
    people = [visit.contact] if visit.contact else [c for c in visit.member.contacts.all() if c.phone][:1]
    return {"visit": visit, "member": visit.member, "person": people[0] if people else None, "where": visit.where()}


def _visits(day: datetime.date, visitor: uuid.UUID | None) -> list[Visit]:
    """Those of the day that were not cancelled."""
    found = Visit.objects.filter(on=day).exclude(status=Visit.Status.CANCELLED)
    found = found.of(visitor) if visitor else found
    return list(found.select_related("member", "contact").prefetch_related("member__contacts").in_order_of_the_way())


def _visitor(request: Any) -> uuid.UUID | None:
    asked = request.GET.get("visitor", "")
    return uuid.UUID(asked) if is_uuid(asked) else None


def _day(request: Any, visitor: uuid.UUID | None) -> datetime.date:
    """What the address says, or the next day on which somebody is visited."""
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError:
        asked = None
    if asked:
        return asked
    ahead = Visit.objects.planned().filter(on__gte=localdate()).order_by("on")
    ahead = ahead.of(visitor) if visitor else ahead
    return ahead.values_list("on", flat=True).first() or localdate()


def _days(visitor: uuid.UUID | None) -> list[dict[str, Any]]:
    """The next days on which somebody is visited, how many."""
    ahead = Visit.objects.planned().filter(on__gte=localdate())
    ahead = ahead.of(visitor) if visitor else ahead
    counted = ahead.order_by("on").values("on").annotate(n=Count("pk"))[:DAYS_SHOWN]
    return [{"day": row["on"], "n": row["n"]} for row in counted]


def _paper(day: datetime.date, stops: Sequence[dict[str, Any]]) -> Report:
    whom = pgettext("visit", "With whom")
    labels = (_("No."), _("Hour"), _("Member"), whom, _("Address"), _("Who goes"), _("What for"))
    columns = [Column(label, "text" if at in (2, 4, 6) else "short") for at, label in enumerate(labels)]
    rows = [_line(number, stop) for number, stop in enumerate(stops, start=1)]
    when = date_format(day, "DATE_FORMAT")
    section = Section(heading=when, table=Table(columns, rows))
    return Report(heading=_("Visits of {day}").format(day=when), sections=[section], signed_on=localdate())


def _line(number: int, stop: dict[str, Any]) -> list[str]:
    visit, person = stop["visit"], stop["person"]
    called = f"{person.name}\n{shown(person, 'phone').text}".strip() if person else ""
    hour = f"{visit.at:%H:%M}" if visit.at else ""
    return [str(number), hour, str(stop["member"]), called, stop["where"], visit.who(), visit.purpose[:80]]
