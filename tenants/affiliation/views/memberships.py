"""One membership: what is shared, changing it, leaving, and the directory of the other members."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.registry import queries
from federation.registry.narrowing import narrowed
from huiguan.access import page
from huiguan.inbox.handlers import digest_of
from huiguan.outbox.models import Message
from huiguan.screens.history import history_of
from tenants.affiliation.actions import refuse_another_version
from tenants.affiliation.forms import ItemsForm, LeavingForm
from tenants.affiliation.models import Affiliation
from tenants.affiliation.models.affiliations import ReadAgain


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
    """Accept more, or take items back; always under the newest version. What ends with them is read before."""
    affiliation = _current(pk)
    form = _items_form(request, affiliation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            refuse_another_version(affiliation.federation_id, given["version"])
            if _must_read(request, affiliation, given["items"]):
                return _confirm(request, affiliation, form)
            affiliation.change_items(**given, read=request.POST.get("read"))
        except ReadAgain as changed:
            return _confirm(request, affiliation, form, changed)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The accepted items were changed."))
            return redirect("affiliation-detail", pk=pk)
    context = {"affiliation": affiliation, "form": form, "agreement": form.agreement}
    return render(request, "affiliation/items.html", context)


@page("affiliation.change")
def leave(request: Any, pk: Any) -> HttpResponse:
    """Says first what becomes of everything that was shared."""
    affiliation, changed = _current(pk), None
    form = LeavingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            affiliation.leave(**form.cleaned_data)
        except ReadAgain as error:
            changed = error
        else:
            messages.success(request, _("The chamber has left {federation}.").format(federation=affiliation))
            return redirect("affiliation-home")
    ends = _what_ends(affiliation, ())
    if changed or not form.is_bound:
        form = LeavingForm(initial={"reason": form.data.get("reason", ""), "read": ends["read"]})
    context = {"affiliation": affiliation, "form": form, "changed": changed, **ends}
    return render(request, "affiliation/leave.html", context)


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


def _must_read(request: Any, affiliation: Affiliation, keeping: list[str]) -> bool:
    """An item is taken back, and what ends with it has not been on the page."""
    is_less = set(affiliation.items) - set(keeping) or any(affiliation.foretold(keeping).values())
    return bool(is_less) and "read" not in request.POST


def _confirm(request: Any, affiliation: Affiliation, form: ItemsForm, changed: Any = None) -> HttpResponse:
    given = form.cleaned_data
    context = {"affiliation": affiliation, "given": given, "changed": changed}
    return render(request, "affiliation/taking_back.html", {**context, **_what_ends(affiliation, given["items"])})


def _what_ends(affiliation: Affiliation, keeping: Iterable[str]) -> dict[str, Any]:
    """Each item that is accepted now and not kept, with the words of its clause and what ends, in numbers."""
    ends = affiliation.foretold(keeping)
    clauses = queries.agreement(affiliation.federation_id, affiliation.version).clauses.all()
    shown = [(clause, ends.get(clause.item, [])) for clause in clauses if clause.item not in keeping]
    mine = [(clause, said) for clause, said in shown if said or clause.item in affiliation.items]
    return {"clauses": mine, "read": digest_of(ends)}


def _current(pk: Any) -> Affiliation:
    """A membership that has not ended."""
    found: Affiliation = get_object_or_404(Affiliation.objects.current(), pk=pk)
    return found


def _items_form(request: Any, affiliation: Affiliation) -> ItemsForm:
    agreement = queries.agreement(affiliation.federation_id)
    return ItemsForm(request.POST or None, agreement=agreement, initial={"items": affiliation.items})
