"""The calls addressed to the chamber, and its answer to each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.calls import queries
from federation.calls.queries import Asked, SeenCall
from federation.calls.shapes import heading
from huiguan.access import page
from huiguan.states import WrongState
from tenants.reporting import actions, prefilling
from tenants.reporting.attaching import kept_of
from tenants.reporting.forms import AnswerForm
from tenants.reporting.models import Answer, on_its_way


@page("reporting.view", methods=("GET", "HEAD"))
def home(request: Any) -> HttpResponse:
    calls = queries.calls(chamber_id=request.actor.chamber_id)
    context = {
        "open": [c for c in calls if c.is_to_answer],
        "past": [c for c in calls if not c.is_to_answer],
        "punctuality": queries.punctuality(chamber_id=request.actor.chamber_id),
    }
    return render(request, "reporting/home.html", context)


@page("reporting.view", methods=("GET", "HEAD"))
def call(request: Any, pk: Any) -> HttpResponse:
    return _call_page(request, _found(request, pk))


@page("reporting.answer", methods=("POST",))
def confirm_read(request: Any, pk: Any) -> HttpResponse:
    return _said(request, pk, actions.confirm_read)


@page("reporting.answer", methods=("POST",))
def save_draft(request: Any, pk: Any) -> HttpResponse:
    found = _found(request, pk)
    form = _form(found, _answer_to(found), request.POST, request.FILES)
    if not form.is_valid():
        return _call_page(request, found, form)
    return _said(request, pk, actions.save_draft, words=form.words)


@page("reporting.sign", methods=("POST",))
def sign(request: Any, pk: Any) -> HttpResponse:
    return _said(request, pk, actions.sign, digest=request.POST.get("digest", ""))


@page("reporting.sign", methods=("POST",))
def withdraw(request: Any, pk: Any) -> HttpResponse:
    return _said(request, pk, actions.withdraw)


def _found(request: Any, pk: Any) -> SeenCall:
    found = queries.call(chamber_id=request.actor.chamber_id, call_id=pk)
    if found is None:
        raise Http404(pk)
    return found


def _said(request: Any, pk: Any, verb: Callable[..., Answer], **given: Any) -> HttpResponse:
    try:
        verb(call=_found(request, pk), **given)
    except (ValidationError, WrongState) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        messages.success(request, _("Done."))
    return redirect("reporting-call", pk)


def _call_page(request: Any, found: SeenCall, form: AnswerForm | None = None) -> HttpResponse:
    answer = _answer_to(found)
    content = actions.leaving(found, answer)
    is_under_way = on_its_way(found.id)
    may_write = request.actor.can("reporting.answer") and found.is_to_answer and not is_under_way
    context = {
        "call": found,
        "answer": answer,
        "form": (form or _form(found, answer)) if may_write and found.questions else None,
        "content": content,
        "lines": _lines(found, answer, content),
        "is_complete": actions.is_complete(content),
        "digest": actions.digest_of(content),
        "is_on_its_way": is_under_way,
        "may_answer": request.actor.can("reporting.answer"),
        "may_sign": request.actor.can("reporting.sign"),
    }
    return render(request, "reporting/call.html", context)


def _answer_to(found: SeenCall) -> Answer:
    return Answer.objects.filter(call_id=found.id).first() or Answer(call_id=found.id, title=found.title)


def _lines(found: SeenCall, answer: Answer, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Exactly what leaves, with a link to each file as it is kept now."""
    shown = [_shown(q, line) for q, line in zip(found.questions, content["answers"], strict=True)]
    kept = kept_of(found, answer)
    for line in shown:
        if isinstance(line["answer"], dict):
            line["kept"] = kept.get(answer.words[line["question_id"]]["id"])
    return shown


def _shown(question: Asked, line: dict[str, Any]) -> dict[str, Any]:
    """A table row by row, below its columns with their units."""
    rows = line["answer"] if question.columns and line["answer"] else []
    return {**line, "rows": [{heading(part): row.get(part["name"], "") for part in question.parts} for row in rows]}


def _form(found: SeenCall, answer: Answer, *sent: Any) -> AnswerForm:
    """Filled from the chamber's own records where nobody has written yet; what they say stands below the field."""
    known = prefilling.prefilled(found, answer)
    return AnswerForm(*sent, call=found, initial=known.words, hints=prefilling.hints(found, known))
