"""The second reading of another chamber's need or offer, before others find it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.matching.queries import federations_matching, readings_of
from huiguan.access import page
from tenants.exchange import progress
from tenants.exchange.forms import ReadingForm


@page("exchange.agree")
def reading(request: Any, pk: Any) -> HttpResponse:
    """Said once: while it is on its way nothing more is asked."""
    found = next((one for one in readings_of(chamber_id=request.actor.chamber_id) if one[0].pk == pk), None)
    if found is None:
        raise Http404(pk)
    if progress.is_read(pk):
        messages.info(request, _("Your reading is on its way."))
        return redirect("exchange-shelf")
    review, profile = found
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = dict(federations_matching(chamber_id=request.actor.chamber_id))
        progress.report_reading(review=review, federation=names.get(review.federation_id, ""), **form.cleaned_data)
        messages.success(request, _("Your reading is on its way."))
        return redirect("exchange-shelf")
    return render(request, "exchange/reading.html", {"review": review, "profile": profile, "form": form})
