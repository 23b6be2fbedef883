"""A dispute of two other chambers, read by the one that mediates, and its report."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from federation.matching.introductions import Mediation
from federation.matching.queries import federations_matching, mediations
from huiguan.access import page
from huiguan.outbox.models import Message
from tenants.exchange import progress
from tenants.exchange.forms import MediationForm
from tenants.exchange.views.matches import SECONDS_ON_THE_WAY


@page("exchange.agree")
def mediation(request: Any, pk: Any) -> HttpResponse:
    """Reported once; the page opens itself again until the report has arrived."""
    found = _found(request, pk)
    sent = Message.objects.filter(record_id=pk, name="exchange.mediation_reported")
    is_moving = sent.filter(state=Message.State.PENDING).exists()
    form = MediationForm(request.POST or None)
    if request.method == "POST" and found.is_waiting and not is_moving and form.is_valid():
        names = dict(federations_matching(chamber_id=request.actor.chamber_id))
        federation = names.get(found.dispute.federation_id, "")
        progress.report_mediation(mediation=found, federation=federation, **form.cleaned_data)
        messages.success(request, _("Your report is on its way."))
        return redirect("exchange-mediation", pk=pk)
    context = {"found": found, "form": form, "is_on_the_way": is_moving, "sent": sent.order_by("id")}
    answer = render(request, "exchange/mediation.html", context)
    if is_moving:
        answer["Refresh"] = SECONDS_ON_THE_WAY
    return answer


def _found(request: Any, pk: Any) -> Mediation:
    mine = mediations(chamber_id=request.actor.chamber_id)
    found = next((one for one in mine if one.dispute.pk == pk), None)
    if found is None:
        raise Http404(pk)
    return found
