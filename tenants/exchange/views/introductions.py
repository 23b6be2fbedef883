"""Introductions: what waits for an answer, what both sides agreed to, the contact, the result."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from federation.matching import queries
from federation.matching.models import ExpressionOfInterest
from federation.matching.queries import Introduction
from huiguan.access import page
from huiguan.outbox.models import Message
from tenants.exchange import actions
from tenants.exchange.forms import AcceptForm, ContactForm, DeclineForm, OutcomeForm, QuestionForm, WordsForm
from tenants.exchange.models import Listing
from tenants.exchange.views.matches import SECONDS_ON_THE_WAY

STATES = ExpressionOfInterest.Status


class Step(NamedTuple):
    """What one side can do next; `leaves` says what goes to the other side."""

    label: Promise
    form: type[forms.Form]
    work: Callable[..., None]
    done: Promise
    leaves: Promise
    danger: bool = False


STEPS = {
    "acceptance": Step(
        _("Accept"),
        AcceptForm,
        actions.accept,
        _("Accepted. Both contacts appear as soon as the other side gives its own."),
        _("Your answer; and this contact, which the other side sees only after giving its own."),
    ),
    "refusal": Step(
        _("Decline"),
        DeclineForm,
        actions.decline,
        _("Declined."),
        _("The reason and your message; no contact."),
        danger=True,
    ),
    "question": Step(
        _("Ask for more"),
        QuestionForm,
        actions.ask_more,
        _("Your question is on its way."),
        _("Your message; no contact."),
    ),
    "reply": Step(
        _("Tell more"), QuestionForm, actions.tell_more, _("Your reply is on its way."), _("Your message; no contact.")
    ),
    "contact": Step(
        _("Agree and give our contact"),
        ContactForm,
        actions.give_contact,
        _("Given. Both contacts appear in a moment."),
        _("This contact, for this introduction only."),
    ),
    "result": Step(
        _("Report the result"),
        OutcomeForm,
        actions.report_outcome,
        _("The result was reported."),
        _("The result; it is counted for both chambers."),
    ),
    "withdrawal": Step(
        _("Step back"),
        WordsForm,
        actions.step_back,
        _("You have stepped back."),
        _("Your message; no contact."),
        danger=True,
    ),
}


@page("exchange.view", methods=("GET", "HEAD"))
def overview(request: Any) -> HttpResponse:
    """All introductions of the chamber; those that wait for it on top."""
    found = queries.introductions(chamber_id=request.actor.chamber_id)
    mine = [i for i in found if i.is_waiting_for_me]
    others = [i for i in found if not i.is_waiting_for_me]
    return render(request, "exchange/introductions.html", {"mine": mine, "others": others})


@page("exchange.view", methods=("GET", "HEAD"))
def introduction(request: Any, pk: Any) -> HttpResponse:
    return _show(request, _found(request, pk))


@page("exchange.agree", methods=("POST",))
def take_step(request: Any, pk: Any, step: str) -> HttpResponse:
    """One of the steps that are open now, with the words that were read."""
    found = _found(request, pk)
    if step not in _open_steps(found):
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
    names = [] if is_moving or not request.actor.can("exchange.agree") else _open_steps(found)
    context = {
        "found": found,
        "interest": found.interest,
        "is_on_the_way": is_moving,
        "steps": [(name, STEPS[name], (filled or {}).get(name) or _blank(name, found)) for name in names],
        "sent": Message.objects.filter(content__interest_id=str(found.interest.pk)).order_by("id"),
    }
    answer = render(request, "exchange/introduction.html", context)
    if is_moving:
        answer["Refresh"] = SECONDS_ON_THE_WAY
    return answer


def _open_steps(found: Introduction) -> list[str]:
    """What this side can do in the state the introduction is in."""
    match found.interest.status:
        case STATES.SENT if found.is_incoming:
            return ["acceptance", "question", "refusal"]
        case STATES.SENT:
            return ["withdrawal"]
        case STATES.MORE_INFO:
            return ["acceptance", "refusal"] if found.is_incoming else ["reply", "withdrawal"]
        case STATES.ACCEPTED:
            return ["withdrawal"] if found.has_given_contact else ["contact", "withdrawal"]
        case STATES.CONTACTS_EXCHANGED:
            return [] if found.was_ended_by_me else ["result"]
    return []


def _blank(name: str, found: Introduction) -> forms.Form:
    """The contact written with the listing is proposed, and can be changed."""
    listing = Listing.objects.filter(pk=found.mine.id).values("contact_name", "contact_phone").first()
    return STEPS[name].form(prefix=name, initial=listing or {})


def _found(request: Any, pk: Any) -> Introduction:
    found = queries.introduction(chamber_id=request.actor.chamber_id, interest_id=pk)
    if found is None:
        raise Http404(pk)
    return found
