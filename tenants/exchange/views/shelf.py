"""What other chambers publish, searched freely; and what was found since for saved searches and open needs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.matching.searching import MOST, search
from huiguan.access import page
from tenants.exchange.forms import ShelfForm
from tenants.exchange.models import Find, Listing, SavedSearch

SHOWN = 100


@page("exchange.view", methods=("GET", "HEAD"))
def shelf(request: Any) -> HttpResponse:
    """The newest first; the address holds the search, and can be saved as one."""
    form = ShelfForm(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "found": search(chamber_id=request.actor.chamber_id, wanted=wanted),
        "most": MOST,
        "answering": Listing.Kind.OFFER if wanted.kind == Listing.Kind.NEED else Listing.Kind.NEED,
        "searches": SavedSearch.objects.all(),
        "unread": Find.objects.unread().count(),
    }
    return render(request, "exchange/shelf.html", context)


@page("exchange.view", methods=("GET", "HEAD"))
def finds(request: Any) -> HttpResponse:
    found = Find.objects.unread().select_related("search", "listing").order_by("-is_urgent", "-found_at")[:SHOWN]
    return render(request, "exchange/finds.html", {"finds": list(found)})


@page("exchange.agree", methods=("POST",))
def read_finds(request: Any) -> HttpResponse:
    """All that were shown: what was found meanwhile stays."""
    for find in Find.objects.unread().filter(pk__in=request.POST.getlist("finds")):
        find.read()
    messages.success(request, _("Marked as read."))
    return redirect("exchange-finds")
