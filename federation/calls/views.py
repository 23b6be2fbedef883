"""A call as the coordinator works at it: its form while it is written, then what the chambers have signed."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from federation.calls import naming, reporting
from federation.calls.editions import changes_of
from federation.calls.forms import QuestionForm, TemplateForm
from federation.calls.models import AnswerFile, Call, ReportTemplate
from federation.calls.punctuality import punctuality
from federation.calls.sheet import exported, sheet_of
from huiguan import trail
from huiguan.access import page
from huiguan.files.contents import CONTENT_TYPES
from huiguan.files.purposes import Kind
from huiguan.files.views import HEADERS
from huiguan.screens.moving import form_of
from huiguan.screens.records import RecordDetail, RecordMove
from huiguan.states import Move

OF_A_QUESTION = {"ask", "change_question", "raise_question", "drop_question"}


class CallPage(RecordDetail):
    """Moves of a question stand beside it."""

    def get_template_names(self) -> list[str]:
        """A button that stays on the page gets back only what it replaces."""
        return ["calls/_list.html"] if self.request.htmx else super().get_template_names()  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call, context = self.object, super().get_context_data(**kwargs)
        every = {m["name"]: m for m in context["moves"]}
        return {
            **context,
            "moves": [m for name, m in every.items() if name not in OF_A_QUESTION],
            "can": every,
            "may_report": self.actor.can("calls.change"),
            "questions": call.form,
            "question_form": QuestionForm() if "ask" in every else None,
            "changes": changes_of(call),
            "next_edition": getattr(call, "next_edition", None),
            "sheet": sheet_of(call) if call.status != Call.Status.DRAFT else None,
        }


class CallMove(RecordMove):
    """The form of a question that is there begins with what it says."""

    def form_for(self, record: Any, declared: Move, data: Any = None) -> Any:
        asked = self.request.GET.get("question", "")
        if declared.name != "change_question" or not asked:
            return super().form_for(record, declared, data)
        question = next((q for q in record.form if str(q.pk) == asked), None)
        return form_of(Call, declared)(data, question=question)


class SheetFile(RecordDetail):
    """What the chambers have signed, as xlsx."""

    def render_to_response(self, context: Any, **response: Any) -> Any:
        trail.record_export(Call, len(sheet_of(self.object).rows), str(self.object))
        return as_file(exported(self.object), f"{self.object}.xlsx", Kind.XLSX)


@page("calls.view", methods=("GET", "HEAD"))
def on_time(request: Any) -> HttpResponse:
    rows = punctuality(request.actor.federation_id)
    return render(request, "calls/punctuality.html", {"rows": sorted(rows, key=lambda row: row.share)})


@page("calls.change", methods=("GET", "HEAD"))
def answer_file(request: Any, pk: Any) -> FileResponse:
    """The one door of what chambers attached: to be saved, whatever it is."""
    file: AnswerFile = get_object_or_404(AnswerFile, pk=pk, federation_id=request.actor.federation_id)
    content = io.BytesIO(bytes(file.content))
    return FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type, headers=HEADERS
    )


@page("calls.change", methods=("GET", "HEAD"))
def reports(request: Any, pk: Any) -> HttpResponse:
    return _reports_page(request, _call_here(request, pk), TemplateForm())


@page("calls.change", methods=("POST",))
def add_report(request: Any, pk: Any) -> HttpResponse:
    """Whatever is wrong with the file stands at the field; nothing of it is kept."""
    call, form = _call_here(request, pk), TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            reporting.add_template(call=call, content=form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("calls-reports", pk)
    return _reports_page(request, call, form)


@page("calls.change", methods=("GET", "HEAD"))
def report_file(request: Any, pk: Any) -> Any:
    template = _template_here(request, pk)
    try:
        made = reporting.filled(template)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("calls-reports", template.call_id)
    trail.record_export(ReportTemplate, 1, template.name)
    return as_file(made, template.name, Kind(template.kind))


@page("calls.change", methods=("POST",))
def remove_report(request: Any, pk: Any) -> HttpResponse:
    template = _template_here(request, pk)
    template.delete()
    return redirect("calls-reports", template.call_id)


def _reports_page(request: Any, call: Call, form: TemplateForm) -> HttpResponse:
    known = {"templates": call.templates.all(), "offered": list(naming.named_of(call).offered())}
    return render(request, "calls/reports.html", {"call": call, "form": form, **known})


def _call_here(request: Any, pk: Any) -> Call:
    call: Call = get_object_or_404(Call, pk=pk, federation_id=request.actor.federation_id)
    return call


def _template_here(request: Any, pk: Any) -> ReportTemplate:
    here = ReportTemplate.objects.select_related("call")
    template: ReportTemplate = get_object_or_404(here, pk=pk, federation_id=request.actor.federation_id)
    return template


def as_file(content: bytes, name: str, kind: Kind) -> FileResponse:
    """For saving, never for showing."""
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])
