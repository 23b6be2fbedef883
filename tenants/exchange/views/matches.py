"""The best matches of a need or an offer, why they are, why others are not; and the first step to an introduction."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.matching.allotments import allotments
from federation.matching.explaining import ShownProfile
from federation.matching.queries import top_matches
from huiguan.access import page
from tenants.exchange import actions
from tenants.exchange.forms import WordsForm
from tenants.exchange.models import Listing

SECONDS_ON_THE_WAY = "3"  # the page opens itself again until the message has arrived


@page("exchange.view", methods=("GET", "HEAD"))
def matches(request: Any, pk: Any) -> HttpResponse:
    """The top five, each with its five parts."""
    listing = get_object_or_404(Listing, pk=pk)
    found = top_matches(chamber_id=request.actor.chamber_id, listing_id=listing.pk)
    context = {
        "listing": listing,
        "found": found,
        "asked": actions.asked_already(listing),
        "on_the_way": actions.on_the_way(listing),
        "may_agree": request.actor.can("exchange.agree"),
        "trouble": listing.trouble(),
        "allotted": allotments(chamber_id=request.actor.chamber_id, listing_id=listing.pk),
    }
    answer = render(request, "exchange/matches.html", context)
    if (found.profile is None and listing.status == Listing.Status.PUBLISHED) or context["on_the_way"]:
        answer["Refresh"] = SECONDS_ON_THE_WAY
    return answer


@page("exchange.agree")
def interest(request: Any, pk: Any, other: Any) -> HttpResponse:
    """Shows what would leave; sends it."""
    listing = get_object_or_404(Listing, pk=pk)
    profile = _shown(request, listing, str(other))
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_interest(
                listing=listing, other_id=profile.id, other_title=profile.title, text=form.cleaned_data["text"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your interest is on its way. You will find the answer among your tasks."))
            return redirect("exchange-matches", pk=pk)
    content = actions.interest_content(listing, None, profile.id, profile.title, "")
    return render(
        request, "exchange/interest.html", {"listing": listing, "other": profile, "form": form, "content": content}
    )


def _shown(request: Any, listing: Listing, other: str) -> ShownProfile:
    """Interest can be shown only in what was suggested: anything else does not exist here."""
    found = top_matches(chamber_id=request.actor.chamber_id, listing_id=listing.pk, limit=50)
    for match in found.matches:
        if match.profile.id == other:
            return match.profile
    raise Http404(other)
