"""All federations of the chamber on one page: invitations first, then memberships, then applications."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.registry import queries
from huiguan.access import page
from tenants.affiliation import actions
from tenants.affiliation.forms import ApplicationForm
from tenants.affiliation.models import Affiliation, Application


@page("affiliation.view", methods=("GET", "HEAD"))
def overview(request: Any) -> HttpResponse:
    """What waits for an answer stands on top."""
    chamber_id = request.actor.chamber_id
    context = {
        "invitations": queries.invitations_of(chamber_id),
        "affiliations": Affiliation.objects.current(),
        "past": Affiliation.objects.exclude(status=Affiliation.Status.MEMBER).order_by("-created_at"),
        "applications": applications(chamber_id),
        "may_change": request.actor.can("affiliation.change"),
    }
    return render(request, "affiliation/overview.html", context)


@page("affiliation.change")
def apply(request: HttpRequest) -> HttpResponse:
    """Ask a federation to be let in."""
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.apply_to(federation=form.federation, message=form.cleaned_data["message"])  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, [str(m) for m in error.messages])
        else:
            messages.success(request, _("The application was sent."))
            return redirect("affiliation-home")
    return render(request, "affiliation/apply.html", {"form": form})


@page("affiliation.change", methods=("POST",))
def withdraw_application(request: HttpRequest, pk: Any) -> HttpResponse:
    actions.withdraw(get_object_or_404(Application, pk=pk, is_withdrawn=False))
    messages.success(request, _("The application was withdrawn."))
    return redirect("affiliation-home")


def applications(chamber_id: Any) -> list[dict[str, Any]]:
    """The chamber's own applications, each with what the federation has made of it so far; none for a membership."""
    members = set(Affiliation.objects.current().values_list("federation_id", flat=True))
    own = [a for a in Application.objects.filter(is_withdrawn=False) if a.federation_id not in members]
    answers: dict[Any, Any] = {}
    for received in queries.applications_of(chamber_id) if own else []:
        answers.setdefault(received.federation_id, received)
    return [{"application": a, "answer": answers.get(a.federation_id)} for a in own]
