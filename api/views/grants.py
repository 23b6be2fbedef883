"""A chamber's partners: who may do what until when, every call they made, and taking it back. [A1]"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from api.forms import GrantForm
from api.models import Grant
from api.scopes import labels
from huiguan.access import page


@page("partners.view", on_shared_tables=True)
def grants(request: Any) -> HttpResponse:
    """All grants of this chamber, the live ones first."""
    found = (
        _mine(request)
        .annotate(number=Count("calls"), last=Max("calls__created_at"))
        .order_by("revoked_at", "-created_at")
    )
    return render(request, "api/grants.html", {"grants": found, "may_change": request.actor.can("partners.change")})


@page("partners.change", on_shared_tables=True)
def new_grant(request: Any) -> HttpResponse:
    """Let a partner in."""
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.chamber, form.instance.granted_by = request.host.chamber, request.actor.name
        grant = form.save()
        messages.success(request, _("{partner} may now call.").format(partner=grant))
        return redirect("partner", pk=grant.pk)
    return render(request, "api/new_grant.html", {"form": form})


@page("partners.view", on_shared_tables=True)
def grant(request: Any, pk: Any) -> HttpResponse:
    """One grant with its log."""
    found = get_object_or_404(_mine(request), pk=pk)
    calls = Paginator(found.calls.all(), 50).get_page(request.GET.get("page"))
    known = labels()
    context = {
        "grant": found,
        "scopes": [known.get(s, s) for s in found.scopes],
        "page": calls,
        "may_change": request.actor.can("partners.change"),
    }
    return render(request, "api/grant.html", context)


@page("partners.change", methods=("POST",), on_shared_tables=True)
def revoke_grant(request: Any, pk: Any) -> HttpResponse:
    """The partner's next call is refused."""
    found = get_object_or_404(_mine(request), pk=pk, revoked_at=None)
    found.revoke()
    messages.success(request, _("{partner} can no longer call.").format(partner=found))
    return redirect("partners")


def _mine(request: Any) -> QuerySet[Grant]:
    return Grant.objects.filter(chamber=request.host.chamber).select_related("client")
