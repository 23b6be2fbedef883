"""The secretariat's side: the year at a glance, reports for many, one report made, read, printed."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from huiguan.access import page
from huiguan.files.models import KeptFile
from huiguan.papers.rendering import render_pdf
from tenants.value import figures
from tenants.value.forms import RunForm, years
from tenants.value.making import make_report
from tenants.value.models import Report, ReportRun
from tenants.value.printing import paper_of
from tenants.value.tasks import work_on_run


@page("value.view", methods=("GET", "HEAD"))
def overview(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("year", "")
    known = [year for year, _label in years()]
    year = int(asked) if asked.isdecimal() and int(asked) in known else localdate().year
    context = {
        "year": year,
        "years": known,
        "sums": figures.sums_of(year),
        "parts": figures.by_part(year),
        "runs": ReportRun.objects.filter(year=year).select_related("segment")[:10],
    }
    return render(request, "value/overview.html", context)


@page("value.make")
def make_many(request: HttpRequest) -> HttpResponse:
    form = RunForm(request.POST or None, initial={"year": request.GET.get("year")})
    if request.method == "POST" and form.is_valid():
        return _begin(form.save(commit=False))
    return render(request, "value/make_many.html", {"form": form})


@page("value.make", methods=("POST",))
def make_one(request: HttpRequest, pk: Any) -> HttpResponse:
    """For a member's page: of this year, or of the one that is asked for."""
    member = get_object_or_404(apps.get_model("members", "Member"), pk=pk)
    asked = request.POST.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in dict(years()) else localdate().year
    return redirect("value-report-detail", pk=make_report(member, year).pk)


@page("value.view", methods=("GET", "HEAD"))
def run(request: HttpRequest, pk: Any) -> HttpResponse:
    """How far it is, or what came of it."""
    found = get_object_or_404(ReportRun.objects.select_related("segment", "of_run"), pk=pk)
    context = {
        "record": found,
        "files": KeptFile.objects.about(found),
        "drafts": Report.objects.drafts().filter(run=found).count(),
        "sendings": found.sendings.all(),
        "may_ask": request.actor.can("value.make"),  # type: ignore[attr-defined]
    }
    return render(request, "value/run.html", context)


@page("value.send", methods=("POST",))
def send_many(request: HttpRequest, pk: Any) -> HttpResponse:
    """The drafts that a run made. Asked twice it is one errand: the second finds it waiting."""
    made = get_object_or_404(ReportRun, pk=pk, kind=ReportRun.Kind.MAKE)
    waiting = made.sendings.filter(done_at=None, failure="").first()
    if waiting is not None:
        return redirect("value-reportrun-detail", pk=waiting.pk)
    return _begin(ReportRun(kind=ReportRun.Kind.SEND, year=made.year, segment=made.segment, of_run=made))


@page("value.view", methods=("GET", "HEAD"))
def report_pdf(request: HttpRequest, pk: Any) -> HttpResponse:
    found = get_object_or_404(Report, pk=pk)
    try:
        return pdf_of(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("value-report-detail", pk=pk)


def pdf_of(found: Report) -> HttpResponse:
    """Made of the words that are kept: the same whenever it is asked for. Raises ValidationError."""
    name = f"{found.year}-{found.version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(render_pdf(paper_of(found.content)), content_type="application/pdf", headers=headers)


def _begin(started: ReportRun) -> HttpResponse:
    started.ask(work_on_run)
    return redirect("value-reportrun-detail", pk=started.pk)
