"""A report as its member opens it, by a signed link and without an account."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from huiguan import access, links, rates
from huiguan.access import page
from tenants.value.addresses import REPORT, here
from tenants.value.models import Report
from tenants.value.presenting import shown
from tenants.value.views.desk import pdf_of

LOOKS, PAPERS, SECONDS = 120, 20, 60


@page(access.PUBLIC, methods=("GET", "HEAD"))
@never_cache
def report(request: Any, token: str) -> HttpResponse:
    if not rates.is_within("value.report", rates.caller_of(request), most=LOOKS, seconds=SECONDS):
        return render(request, "value/too_often.html", status=429)
    found = _sent(token)
    if found is None:
        return render(request, "value/unknown.html", status=404)
    if request.method == "GET":
        Report.objects.filter(pk=found.pk, opened_at=None).update(opened_at=now())
    newer = Report.objects.sent().filter(member=found.member_id, year=found.year, version__gt=found.version)
    context = {"report": found, "shown": shown(found.content), "token": token, "newer": newer.first()}
    return render(request, "value/shown.html", context)


@page(access.PUBLIC, methods=("GET", "HEAD"))
@never_cache
def report_paper(request: HttpRequest, token: str) -> HttpResponse:
    """The same as PDF; setting it costs more, so it is asked for less often."""
    if not rates.is_within("value.paper", rates.caller_of(request), most=PAPERS, seconds=SECONDS):
        return render(request, "value/too_often.html", status=429)
    found = _sent(token)
    if found is None:
        return render(request, "value/unknown.html", status=404)
    try:
        return pdf_of(found)
    except ValidationError:
        return render(request, "value/unknown.html", {"is_paper": True}, status=404)


def _sent(token: str) -> Report | None:
    """Drafts are nobody's business."""
    try:
        key = links.read_key(REPORT, here(), token)
    except links.BadLink:
        return None
    found: Report | None = Report.objects.sent().filter(pk=key).first()
    return found
