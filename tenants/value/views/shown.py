"""Reports as their member opens them: one by its signed link, all of them among the pages of a member's contact."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from huiguan import access, links
from huiguan.access import page
from huiguan.own.pages import own_page
from huiguan.rates import Rate
from tenants.value.addresses import REPORT, here
from tenants.value.models import Report
from tenants.value.presenting import shown
from tenants.value.views.desk import pdf_of


@page(access.PUBLIC, methods=("GET", "HEAD"))
@never_cache
def report(request: Any, token: str) -> HttpResponse:
    found = _sent(token)
    if found is None:
        return render(request, "value/unknown.html", status=404)
    return render(request, "value/shown.html", {**_opened(request, found), "token": token})


@page(access.PUBLIC, methods=("GET", "HEAD"), rate=Rate(20))
@never_cache
def report_paper(request: HttpRequest, token: str) -> HttpResponse:
    """The same as PDF; setting it costs more, so it is asked for less often."""
    found = _sent(token)
    if found is None:
        return render(request, "value/unknown.html", status=404)
    try:
        return pdf_of(found)
    except ValidationError:
        return render(request, "value/unknown.html", {"is_paper": True}, status=404)


@own_page(methods=("GET", "HEAD"))
def my_reports(request: Any) -> HttpResponse:
    reports = Report.objects.sent().filter(member=request.own.member).defer("content")
    return render(request, "value/my_reports.html", {"reports": reports})


@own_page(methods=("GET", "HEAD"))
def my_report(request: Any, pk: Any) -> HttpResponse:
    found = get_object_or_404(Report.objects.sent(), pk=pk, member=request.own.member)
    return render(request, "value/my_report.html", _opened(request, found))


@own_page(methods=("GET", "HEAD"))
def my_report_paper(request: Any, pk: Any) -> HttpResponse:
    found = get_object_or_404(Report.objects.sent(), pk=pk, member=request.own.member)
    try:
        return pdf_of(found)
    except ValidationError:
        return render(request, "value/unknown.html", {"is_paper": True}, status=404)


def _opened(request: HttpRequest, found: Report) -> dict[str, Any]:
    """What the page shows; that it was opened is noted the first time."""
    if request.method == "GET":
        found.note_opened()
    newer = Report.objects.sent().filter(member=found.member_id, year=found.year, version__gt=found.version)
    return {"report": found, "shown": shown(found.content), "newer": newer.first()}


def _sent(token: str) -> Report | None:
    """Drafts are nobody's business."""
    try:
        key = links.read_key(REPORT, here(), token)
    except links.BadLink:
        return None
    found: Report | None = Report.objects.sent().filter(pk=key).first()
    return found
