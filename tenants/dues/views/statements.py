"""A bank statement in the browser: hand it in, read what was found about each line, decide the rest, book, undo."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.access import page
from huiguan.actors import current_actor
from huiguan.limits import TooMuch
from huiguan.spreadsheets.problems import Refused
from huiguan.states import moves_of
from tenants.dues import reconciling
from tenants.dues.forms.statements import LineForm, StatementUploadForm, open_for
from tenants.dues.models import BankStatement, StatementLine

Decision = StatementLine.Decision
TABS = {
    Decision.ASK: gettext_lazy("To be decided"),
    Decision.BOOK: gettext_lazy("To be booked"),
    Decision.LEAVE: gettext_lazy("Not dues"),
}
ROWS = 50


@page("dues.book")
def hand_in(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is read and matched, and nothing is booked."""
    form = StatementUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = reconciling.keep(upload.read(), filename=upload.name)
        except (Refused, TooMuch) as error:
            form.add_error("file", _refusal(error))
        else:
            return redirect("dues-bankstatement-detail", pk=made.pk)
    return render(request, "dues/statement_new.html", {"form": form})


@page("dues.view", methods=("GET", "HEAD"))
def check(request: Any, pk: Any) -> HttpResponse:
    """The lines in three heaps; the open questions first."""
    statement = get_object_or_404(BankStatement, pk=pk)
    counts = {decision: statement.lines.filter(decision=decision).count() for decision in TABS}
    shown = request.GET.get("show") or (Decision.ASK if counts[Decision.ASK] else Decision.BOOK)
    lines = Paginator(statement.lines.filter(decision=shown), ROWS).get_page(request.GET.get("page"))
    context = {
        "record": statement,
        "tabs": [(name, label, counts[name], name == shown) for name, label in TABS.items()],
        "page": lines,
        "rows": _with_names(lines),
        "moves": [_move(statement, each) for each in moves_of(statement, request.actor)],
        "may_decide": statement.status == "read" and request.actor.can("dues.book"),
    }
    return render(request, "dues/statement.html", context)


@page("dues.book")
def decide(request: Any, pk: Any) -> HttpResponse:
    """One line: what the bank says, what it may be, and the person's answer."""
    line = get_object_or_404(StatementLine.objects.select_related("statement"), pk=pk, statement__status="read")
    form = LineForm(request.POST or None, line=line)
    if request.method == "POST" and ("leave" in request.POST or form.is_valid()):
        parts = [] if "leave" in request.POST else form.answer()
        reconciling.decide(line, parts, by=current_actor().name)
        messages.success(request, _("Row {row} was decided.").format(row=line.row))
        return _next(line)
    names = _names([each["member"] for each in line.candidates])
    candidates = [{**each, "name": names.get(each["member"], "")} for each in line.candidates]
    context = {"line": line, "form": form, "candidates": candidates, "owed": open_for(list(names))}
    return render(request, "dues/statement_line.html", context)


def _with_names(lines: Iterable[StatementLine]) -> list[dict[str, Any]]:
    """Lines with the names of the members that they are for: one query for all."""
    lines = list(lines)
    keys = [each["member"] for line in lines for each in (line.allocations or line.candidates)]
    names = _names(keys)
    return [{"line": line, "parts": [_part(each, names) for each in line.allocations]} for line in lines]


def _part(said: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {**said, "name": names.get(said["member"], "")}


def _names(keys: Iterable[str]) -> dict[str, str]:
    found = apps.get_model("members", "Member").objects.filter(pk__in=set(keys)).values_list("pk", "name")
    return {str(key): name for key, name in found}


def _move(statement: BankStatement, declared: Any) -> dict[str, Any]:
    url = reverse("dues-bankstatement-move", args=[statement.pk, declared.name])
    said = {"name": declared.name, "label": declared.label, "url": url, "danger": declared.danger}
    return {**said, "needs_form": False, "description": declared.description}


def _next(line: StatementLine) -> HttpResponse:
    """The next open question, else the statement."""
    later = line.statement.lines.with_questions().filter(order__gt=line.order).first()
    if later is not None:
        return redirect("dues-statement-line", pk=later.pk)
    return redirect("dues-bankstatement-detail", pk=line.statement_id)


def _refusal(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    return _("The file is too large or too complicated to be read. Split it into several files.")
