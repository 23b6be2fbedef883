"""One membership: what is shared, changing it, leaving, and the directory of the other members."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.registry import queries
from federation.registry.narrowing import narrowed
from huiguan.access import page
from huiguan.outbox.models import Message
from huiguan.screens.history import history_of
from tenants.affiliation.actions import refuse_another_version
from tenants.affiliation.forms import ItemsForm, ReasonForm
from tenants.affiliation.models import Affiliation


@page("affiliation.view", methods=("GET", "HEAD"))
def membership(request: Any, pk: Any) -> HttpResponse:
    """What is shared since when, what has left, and what can be done."""
    affiliation = get_object_or_404(Affiliation, pk=pk)
    agreement = queries.agreement(affiliation.federation_id, affiliation.version)
    newest = queries.agreement(affiliation.federation_id)
    context = {
        "affiliation": affiliation,
        "is_member": affiliation.status == Affiliation.Status.MEMBER,
        "clauses": [(clause, clause.item in affiliation.items) for clause in agreement.clauses.all()]
        if agreement
        else [],
        "newer": newest if newest.version > affiliation.version else None,
        "entry": affiliation.entries.first(),
        "sent": Message.objects.filter(record_id=affiliation.pk).order_by("-id")[:10],
        "trouble": affiliation.trouble(),
        "history": history_of(affiliation),
        "may_change": request.actor.can("affiliation.change"),
    }
    return render(request, "affiliation/membership.html", context)


@page("affiliation.change")
def change_items(request: Any, pk: Any) -> HttpResponse:
    """Accept more, or take items back; always under the newest version."""
    affiliation = _current(pk)
    form = _items_form(request, affiliation)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_another_version(affiliation.federation_id, form.cleaned_data["version"])
            affiliation.change_items(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The accepted items were changed."))
            return redirect("affiliation-detail", pk=pk)
    context = {"affiliation": affiliation, "form": form, "agreement": form.agreement}
    return render(request, "affiliation/items.html", context)


@page("affiliation.change")
def leave(request: Any, pk: Any) -> HttpResponse:
    """Says first what becomes of everything that was published."""
    affiliation = _current(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        affiliation.leave(reason=form.cleaned_data["reason"])
        messages.success(request, _("The chamber has left {federation}.").format(federation=affiliation))
        return redirect("affiliation-home")
    agreement = queries.agreement(affiliation.federation_id, affiliation.version)
    kept = [c for c in agreement.clauses.all() if c.item in affiliation.items]
    return render(request, "affiliation/leave.html", {"affiliation": affiliation, "form": form, "clauses": kept})


@page("affiliation.view", methods=("GET", "HEAD"))
def directory(request: Any, pk: Any) -> HttpResponse:
    """The published profiles of the other members."""
    affiliation = _current(pk)
    try:
        profiles = queries.published_profiles(
            federation_id=affiliation.federation_id, chamber_id=request.actor.chamber_id
        )
    except queries.NotAMember as refusal:
        messages.error(request, str(refusal))
        return redirect("affiliation-detail", pk=pk)
    context = {"affiliation": affiliation, **narrowed(profiles, request.GET)}
    return render(request, "affiliation/directory.html", context)


def _current(pk: Any) -> Affiliation:
    """A membership that has not ended."""
    found: Affiliation = get_object_or_404(Affiliation.objects.current(), pk=pk)
    return found


def _items_form(request: Any, affiliation: Affiliation) -> ItemsForm:
    agreement = queries.agreement(affiliation.federation_id)
    return ItemsForm(request.POST or None, agreement=agreement, initial={"items": affiliation.items})
