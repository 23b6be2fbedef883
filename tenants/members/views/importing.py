"""The import of a register in the browser: choose a file, check what was read, correct, import, undo. [T11]"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

from huiguan.access import page
from huiguan.actors import Actor
from huiguan.limits import TooMuch
from huiguan.spreadsheets.problems import Refused
from huiguan.states import moves_of
from tenants.members.forms.importing import ColumnsForm, RowForm, UploadForm
from tenants.members.importing import jobs, waiting
from tenants.members.importing.reading import read_again, read_again_later, read_file, receive_file
from tenants.members.models import ImportedRow, RegisterImport
from tenants.members.register.rows import RowClass
from tenants.members.register.texts import DUPLICATES

QUESTIONS = "question"
MOST_BYTES_AT_ONCE = 100_000  # about a thousand rows; of more the worker reads
LABELS = {
    QUESTIONS: gettext_lazy("To be decided"),
    RowClass.MEMBER.value: gettext_lazy("Members"),
    RowClass.DUPLICATE.value: gettext_lazy("Duplicates"),
    RowClass.UNIMPORTABLE.value: gettext_lazy("Cannot be imported"),
    RowClass.WITHDRAWN.value: gettext_lazy("Left already"),
    RowClass.IGNORED.value: gettext_lazy("Not members"),
}


@page("members.import")
def import_register(request: Any) -> HttpResponse:
    """Choose a file; below it, the imports so far."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        receive = receive_file if upload.size > MOST_BYTES_AT_ONCE else read_file
        try:
            made = receive(content=upload.read(), filename=upload.name)
        except (Refused, TooMuch) as error:
            form.add_error("file", _refusal(error))
        else:
            return redirect("members-registerimport-detail", pk=made.pk)
    return render(request, "members/import.html", {"form": form, "imports": RegisterImport.objects.all()[:20]})


@page("members.import")
def check_import(request: Any, pk: Any) -> HttpResponse:
    """What was read, row by row, with what must still be decided."""
    source = get_object_or_404(RegisterImport, pk=pk)
    if source.job:
        return _wait(request, source)
    shown = request.GET.get("show", QUESTIONS if source.status == "read" else RowClass.MEMBER.value)
    rows = Paginator(_rows(source, shown), 50).get_page(request.GET.get("page"))
    context = {
        "record": source,
        "tabs": _tabs(source, shown),
        "show": shown,
        "page": rows,
        "moves": _moves(source, request.actor),
        "to_import": source.rows.taken().count(),
    }
    template = "members/_import_rows.html" if request.htmx else "members/registerimport_detail.html"
    return render(request, template, context)


@page("members.import")
def import_progress(request: Any, pk: Any) -> HttpResponse:
    """How far the worker is, asked every other second; when it is done, the page itself."""
    source = get_object_or_404(RegisterImport, pk=pk)
    if not source.job:
        return HttpResponseClientRefresh()
    jobs.wake_again(source)
    return render(request, "members/_import_progress.html", {"record": source, "waiting": waiting.told(source)})


@page("members.import")
def map_columns(request: Any, pk: Any) -> HttpResponse:
    """What each column holds, as it was guessed; another choice reads the file again."""
    source = get_object_or_404(RegisterImport, pk=pk, status=RegisterImport.Status.READ, job="")
    form = ColumnsForm(request.POST or None, sheets=source.sheets)
    if request.method == "POST" and form.is_valid():
        is_long = len(source.content or b"") > MOST_BYTES_AT_ONCE
        try:
            (read_again_later if is_long else read_again)(source, form.mapping())
        except (Refused, TooMuch) as error:
            form.add_error(None, _refusal(error))
        else:
            if not is_long:
                messages.success(request, _("The file was read again."))
            return redirect("members-registerimport-detail", pk=pk)
    return render(request, "members/import_columns.html", {"form": form, "record": source})


@page("members.import")
def decide_row(request: Any, pk: Any) -> HttpResponse:
    """One row: the cells as written beside what was read; correct it, and say what becomes of it."""
    row = get_object_or_404(
        ImportedRow.objects.select_related("source", "duplicate_of", "existing").defer("source__content"), pk=pk
    )
    form = RowForm(request.POST or None, row=row)
    is_open = row.source.status == RegisterImport.Status.READ and not row.source.job
    if request.method == "POST" and is_open and form.is_valid():
        form.save()
        messages.success(request, _("Row {row} was decided.").format(row=row.row))
        return _next(row, request)
    context = {"row": row, "form": form, "record": row.source, "how": _how(row), "is_open": is_open}
    return render(request, "members/import_row.html", context)


def _wait(request: Any, source: RegisterImport) -> HttpResponse:
    offered = {"call_off"} if source.rows.exists() else {"discard"}
    moves = [_move(source, m) for m in moves_of(source, request.actor) if m.name in offered]
    context = {"record": source, "waiting": waiting.told(source), "moves": moves}
    return render(request, "members/import_waiting.html", context)


def _rows(source: RegisterImport, shown: str) -> Any:
    rows = source.rows.select_related("duplicate_of", "existing")
    return rows.with_questions() if shown == QUESTIONS else rows.filter(row_class=shown)


def _tabs(source: RegisterImport, shown: str) -> list[dict[str, Any]]:
    counts = {**source.counts(), QUESTIONS: source.rows.with_questions().count()}
    return [{"name": n, "label": t, "count": counts.get(n, 0), "current": n == shown} for n, t in LABELS.items()]


def _moves(source: RegisterImport, actor: Actor) -> list[dict[str, Any]]:
    """What is long is only begun here; the rest is done at once."""
    hidden = {"call_off", *(("apply", "undo") if source.is_long else ("apply_later", "undo_later"))}
    return [_move(source, m) for m in moves_of(source, actor) if m.name not in hidden]


def _move(source: RegisterImport, declared: Any) -> dict[str, Any]:
    from django.urls import reverse

    url = reverse("members-registerimport-move", args=[source.pk, declared.name])
    return {"name": declared.name, "label": declared.label, "url": url, "danger": declared.danger, "needs_form": False}


def _next(row: ImportedRow, request: Any) -> HttpResponse:
    """The next open question, when the person works through them."""
    later = row.source.rows.with_questions().filter(order__gt=row.order).first()
    if "next" in request.POST and later is not None:
        return redirect("members-import-row", pk=later.pk)
    return redirect("members-registerimport-detail", pk=row.source_id)


def _how(row: ImportedRow) -> str:
    problem = next((p["text"] for p in row.problems if p["field"] == "name"), "")
    return problem or str(DUPLICATES.get(row.reason, ""))


def _refusal(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    return _("The file is too large or too complicated to be read. Split it into several files.")
