"""A new term of the council, and the rotation of those who preside. [001 轮值会长, 003 换届]"""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.access import page
from tenants.members import actions
from tenants.members.forms.terms import RotationForm, TermForm
from tenants.members.models import Member, Position, Term, Turn


@page("members.change")
def begin(request: Any) -> HttpResponse:
    """Which positions go on is chosen; all others end the day before the term begins."""
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            term = actions.begin_term(**{key: said[key] for key in ("number", "starts_on", "ends_on", "carried")})
        except ValidationError as error:
            form.add_error(None, [str(message) for message in error.messages])
        else:
            messages.success(
                request, _("{term} begins; {n} positions go on.").format(term=term, n=len(said["carried"]))
            )
            return redirect("members-term-detail", pk=term.pk)
    return render(request, "members/term_begin.html", {"form": form, "groups": form.positions()})


@page("members.view", methods=("GET", "HEAD"))
def rotation(request: Any) -> HttpResponse:
    """Who presides now, who comes next, who did before."""
    today = localdate()
    context = {
        "now": Turn.objects.on(today),
        "next": Turn.objects.after(today).prefetch_related("member__contacts"),
        "past": Turn.objects.filter(ends_on__lt=today).select_related("member").order_by("-starts_on"),
        "may_change": request.actor.can("members.change"),
    }
    return render(request, "members/rotation.html", context)


@page("members.change")
def plan(request: Any) -> HttpResponse:
    """The turns are shown before they are kept."""
    form = RotationForm(request.POST or None, members=_rotating(), initial={"until": _end_of_term()})
    planned: list[Turn] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        planned = actions.turns(form.in_order(), first=said["first"], months=said["months"], until=said["until"])
        if "keep" in request.POST:
            actions.plan_rotation(planned)
            messages.success(request, _("{n} turns were planned.").format(n=len(planned)))
            return redirect("members-rotation")
    return render(request, "members/rotation_plan.html", {"form": form, "planned": planned})


def _rotating() -> list[Member]:
    """Who holds a position in the rotation now, the highest first."""
    held = Position.objects.held().filter(is_rotating=True, member__status=Member.Status.ACTIVE)
    return list(dict.fromkeys(position.member for position in held.select_related("member")))


def _end_of_term() -> datetime.date | None:
    term = Term.objects.first()
    return term.ends_on if term else None
