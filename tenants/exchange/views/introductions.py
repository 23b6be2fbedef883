"""Introductions: what waits for an answer, what both sides agreed to, the contact, the result."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from federation.matching import queries
from federation.matching.allotments import allotment_of
from federation.matching.introductions import Introduction
from huiguan.access import page
from huiguan.outbox.models import Message
from tenants.exchange import actions
from tenants.exchange.models import Listing
from tenants.exchange.steps import STEPS, open_steps
from tenants.exchange.views.matches import SECONDS_ON_THE_WAY


@page("exchange.view", methods=("GET", "HEAD"))
def overview(request: Any) -> HttpResponse:
    """All introductions of the chamber; those that wait for it on top."""
    found = queries.introductions(chamber_id=request.actor.chamber_id)
    mine = [i for i in found if i.is_waiting_for_me]
    others = [i for i in found if not i.is_waiting_for_me]
    mediations = queries.mediations(chamber_id=request.actor.chamber_id)
    context = {"mine": mine, "others": others, "mediations": mediations}
    return render(request, "exchange/introductions.html", context)


@page("exchange.view", methods=("GET", "HEAD"))
def introduction(request: Any, pk: Any) -> HttpResponse:
    return _show(request, _found(request, pk))


@page("exchange.agree", methods=("POST",))
def take_step(request: Any, pk: Any, step: str) -> HttpResponse:
    """One of the steps that are open now, with the words that were read."""
    found = _found(request, pk)
    if step not in open_steps(found):
        messages.error(request, _("This can no longer be done."))
        return redirect("exchange-introduction", pk=pk)
    taken = STEPS[step]
    form = taken.form(request.POST, prefix=step)
    if not form.is_valid():
        return _show(request, found, {step: form})
    taken.work(introduction=found, **form.cleaned_data)
    messages.success(request, str(taken.done))
    return redirect("exchange-introduction", pk=pk)


def _show(request: Any, found: Introduction, filled: dict[str, forms.Form] | None = None) -> HttpResponse:
    is_moving = actions.is_on_the_way(found)
    names = [] if is_moving or not request.actor.can("exchange.agree") else open_steps(found)
    context = {
        "found": found,
        "interest": found.interest,
        "allotment": allotment_of(chamber_id=found.chamber_id, interest=found.interest),
        "is_on_the_way": is_moving,
        "steps": [(name, STEPS[name], (filled or {}).get(name) or _blank(name, found)) for name in names],
        "sent": Message.objects.filter(content__interest_id=str(found.interest.pk)).order_by("id"),
    }
    answer = render(request, "exchange/introduction.html", context)
    if is_moving:
        answer["Refresh"] = SECONDS_ON_THE_WAY
    return answer


def _blank(name: str, found: Introduction) -> forms.Form:
    """The contact written with the listing and the value that was agreed are proposed, and can be changed."""
    proposed = Listing.objects.filter(pk=found.mine.id).values("contact_name", "contact_phone").first() or {}
    if found.agreement:
        proposed["amount_band"] = found.agreement.value_band
    return STEPS[name].form(prefix=name, initial=proposed)


def _found(request: Any, pk: Any) -> Introduction:
    found = queries.introduction(chamber_id=request.actor.chamber_id, interest_id=pk)
    if found is None:
        raise Http404(pk)
    return found
