"""What the chamber took on at liaison meetings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from federation.liaison import queries
from huiguan.access import page
from tenants.meetings import actions
from tenants.meetings.forms import ReportForm
from tenants.meetings.models import ActionReport
from tenants.meetings.models.replies import on_its_way
from tenants.meetings.views import found


@page("meetings.view", methods=("GET", "HEAD"))
def action_items(request: Any) -> HttpResponse:
    """To do first, by date; then what is done."""
    mine = queries.action_items(chamber_id=request.actor.chamber_id)
    context = {"open": [a for a in mine if a.is_to_do], "done": [a for a in mine if not a.is_to_do]}
    return render(request, "meetings/actions.html", {**context, "sent": _sent()})


@page("meetings.view")
def action(request: Any, pk: Any) -> HttpResponse:
    """Its facts, what the chamber has reported, and the report to write. POST reports it done."""
    seen = found.action(request, pk)
    report = ActionReport.objects.for_action(seen)
    form = ReportForm(request.POST or None, initial={"evidence": report.evidence, "remark": report.remark})
    if request.method == "POST":
        request.actor.require("meetings.answer")
        if form.is_valid() and found.say(request, actions.finish_action, action=seen, **form.cleaned_data):
            return redirect("meetings-action", pk)
    context = {"action": seen, "report": report, "form": form, "is_sent": str(pk) in _sent()}
    return render(request, "meetings/action.html", {**context, "may_answer": request.actor.can("meetings.answer")})


@page("meetings.answer", methods=("POST",))
def start(request: Any, pk: Any) -> HttpResponse:
    """The federation learns that it is being worked on."""
    found.say(request, actions.start_action, action=found.action(request, pk))
    return redirect("meetings-action", pk)


def _sent() -> set[str]:
    """Reported, but not arrived yet."""
    return {key for name, key in on_its_way() if name == "meetings.action_reported"}
