"""An invitation: read the agreement item by item, then accept what one chooses, or decline."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.registry import queries
from federation.registry.models import MembershipInvitation, SharingAgreement
from huiguan.access import page
from huiguan.tenancy.models import Chamber
from tenants.affiliation import actions
from tenants.affiliation.forms import ItemsForm, JoiningForm, ReasonForm
from tenants.affiliation.models.entries import facts_of_the_chamber


@page("affiliation.view", methods=("GET", "HEAD"))
def invitation(request: Any, pk: Any) -> HttpResponse:
    """What would leave and why, before anything is decided."""
    found, agreement = _found(request, pk)
    return _shown(request, found, JoiningForm(agreement=agreement))


@page("affiliation.change", methods=("POST",))
def accept(request: Any, pk: Any) -> HttpResponse:
    """Join with the chosen items."""
    found, agreement = _found(request, pk)
    form = JoiningForm(request.POST, agreement=agreement)
    if not form.is_valid():
        return _shown(request, found, form)
    try:
        affiliation = actions.join(invitation=found, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _shown(request, found, form)
    messages.success(request, _("The chamber has joined {federation}.").format(federation=affiliation))
    return redirect("affiliation-detail", pk=affiliation.pk)


@page("affiliation.change", methods=("POST",))
def decline(request: Any, pk: Any) -> HttpResponse:
    found, _agreement = _found(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.decline(invitation=found, reason=reason)
    messages.success(request, _("The invitation was declined."))
    return redirect("affiliation-home")


def _found(request: Any, pk: Any) -> tuple[MembershipInvitation, SharingAgreement]:
    """An open invitation of this very chamber; any other does not exist."""
    found = queries.invitation(chamber_id=request.actor.chamber_id, pk=pk)
    if found is None:
        raise Http404(pk)
    return found, queries.agreement(found.federation_id)


def _shown(request: Any, found: MembershipInvitation, form: ItemsForm) -> HttpResponse:
    facts = facts_of_the_chamber()
    context = {
        "invitation": found,
        "form": form,
        "agreement": form.agreement,
        "members": queries.members(found.federation_id),
        "facts": facts,
        "kind": Chamber.Kind(facts["kind"]).label,
        "refusal": ReasonForm(),
        "may_change": request.actor.can("affiliation.change"),
    }
    return render(request, "affiliation/invitation.html", context)
