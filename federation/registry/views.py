"""Inviting a chamber, and the next version of the sharing agreement."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.registry import actions, queries
from federation.registry.forms import AgreementForm, FederationForm, InvitationForm
from federation.registry.models import Federation
from huiguan.access import page


@page("registry.change")
def invite(request: Any) -> HttpResponse:
    """The chamber is looked up by its address: a federation sees no list of the platform's chambers."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite_chamber(federation_id=request.actor.federation_id, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("{chamber} was invited.").format(chamber=made))
            return redirect("registry-membershipinvitation-detail", pk=made.pk)
    return render(request, "registry/invite.html", {"form": form})


@page("registry.change")
def describe(request: Any) -> HttpResponse:
    """What invited chambers read about the federation, and which member leads it."""
    federation = Federation.objects.get(pk=request.actor.federation_id)
    form = FederationForm(request.POST or None, instance=federation, members=queries.members(federation.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("registry-membership-list")
    return render(request, "registry/describe.html", {"form": form, "federation": federation})


@page("registry.change")
def issue(request: Any) -> HttpResponse:
    """A new version. What chambers accepted goes on under the old words until they accept the new ones."""
    before = queries.agreement(request.actor.federation_id)
    form = AgreementForm(request.POST or None, before=before)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = actions.issue_agreement(
            before.federation_id, introduction=given["introduction"], changes=given["changes"], words=form.words()
        )
        messages.success(request, _("Version {version} was issued.").format(version=made.version))
        return redirect("registry-sharingagreement-detail", pk=made.pk)
    return render(request, "registry/issue.html", {"form": form, "before": before})
