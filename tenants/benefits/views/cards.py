"""Cards at the desk: one as PDF, one sent again, many issued or printed at once by the worker."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.files.models import KeptFile
from huiguan.papers.rendering import render_pdf
from huiguan.screens.converters import is_uuid
from tenants.benefits.addresses import Addresses
from tenants.benefits.forms.cards import PrintForm, RunForm
from tenants.benefits.models import Card, CardRun
from tenants.benefits.printing import sheets_of
from tenants.benefits.tasks import work_on_run
from tenants.benefits.telling import send


@page("benefits.issue")
def issue_many(request: HttpRequest) -> HttpResponse:
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _begin(form.save(commit=False), CardRun.Kind.ISSUE)
    return render(request, "benefits/issue_many.html", {"form": form})


@page("benefits.issue")
def print_many(request: HttpRequest) -> HttpResponse:
    """Of a segment, of everybody, or of one issue (`?run=`)."""
    asked = request.GET.get("run", "")
    of_run = CardRun.objects.filter(pk=asked, kind=CardRun.Kind.ISSUE).first() if is_uuid(asked) else None
    form = PrintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        run = form.save(commit=False)
        run.of_run = of_run
        return _begin(run, CardRun.Kind.PRINT)
    return render(request, "benefits/print_many.html", {"form": form, "of_run": of_run})


@page("benefits.view", methods=("GET", "HEAD"))
def run(request: HttpRequest, pk: Any) -> HttpResponse:
    """How far it is, or what came of it."""
    found = get_object_or_404(CardRun.objects.select_related("segment"), pk=pk)
    context = {"record": found, "files": KeptFile.objects.about(found)}
    context["may_ask"] = request.actor.can("benefits.issue")  # type: ignore[attr-defined]
    return render(request, "benefits/run.html", context)


@page("benefits.view", methods=("GET", "HEAD"))
def card_pdf(request: HttpRequest, pk: Any) -> HttpResponse:
    card = get_object_or_404(Card.objects.select_related("member"), pk=pk)
    try:
        [sheet] = sheets_of([card])
        pdf = render_pdf(sheet)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("benefits-card-detail", pk=pk)
    headers = {"Content-Disposition": f'inline; filename="{card}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@page("benefits.issue", methods=("POST",))
def send_card(request: HttpRequest, pk: Any) -> HttpResponse:
    card = get_object_or_404(Card.objects.usable().select_related("member"), pk=pk)
    if send(card, Addresses.here()):
        messages.success(request, _("The link to the card was sent."))
    else:
        messages.error(request, _("None of this member's people has a mail address or a mobile number."))
    return redirect("benefits-card-detail", pk=pk)


def _begin(started: CardRun, kind: str) -> HttpResponse:
    started.kind = kind
    started.ask(work_on_run)
    return redirect("benefits-cardrun-detail", pk=started.pk)
