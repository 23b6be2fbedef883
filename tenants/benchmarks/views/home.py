"""The chamber's own figures, its consent for each, what will be sent, and the releases it has a share in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.registry.queries import FederationOfChamber, federations_of
from huiguan.access import page
from huiguan.capability import kpis
from huiguan.kpis import in_unit, last_quarter, quarter_name
from tenants.benchmarks import actions, showing
from tenants.benchmarks.charts import trend_chart
from tenants.benchmarks.models import Sending, Share


@page("benchmarks.view")
def home(request: Any) -> HttpResponse:
    """Every KPI with its value, trend and quality; shared or not; where the chamber stands."""
    federation = federation_of(request)
    year, quarter = last_quarter()
    rows = showing.rows(federation, request.host.chamber.pk)
    context = {
        "federation": federation,
        "rows": rows,
        "chart": trend_chart(rows, showing.quarters_before(year, quarter)),
        "quarter": quarter_name(year, quarter),
        "sent": Sending.objects.standing().filter(year=year, quarter=quarter).first(),
        "ended": Share.objects.ended_with_item(federation.id) if federation else [],
        "may_share": request.actor.can("benchmarks.share"),
        "is_computed": any(row.value != "—" or row.is_thin for row in rows),
    }
    return render(request, "benchmarks/home.html", context)


@page("benchmarks.view", methods=("POST",))
def compute(request: Any) -> HttpResponse:
    """Compute the last four quarters from the records as they are now."""
    for year, quarter in showing.quarters_before(*last_quarter()):
        actions.compute(year, quarter)
    messages.success(request, _("The figures were computed from your records."))
    return redirect("benchmarks-home")


@page("benchmarks.share", methods=("POST",))
def share(request: Any, code: str) -> HttpResponse:
    """Agree to share one KPI."""
    federation = required(request)
    if code not in kpis():
        raise Http404(code)
    told = _("“{figure}” is shared from now on. It leaves only when you check and send it.")
    act = partial(actions.share, federation_id=federation.id, federation_name=federation.name, code=code)
    tell(request, act, told.format(figure=kpis()[code].label))
    return redirect("benchmarks-home")


@page("benchmarks.share", methods=("POST",))
def share_again(request: Any) -> HttpResponse:
    """Agree anew to all that ended with the item."""
    federation = required(request)
    act = partial(actions.share_again, federation_id=federation.id, federation_name=federation.name)
    tell(request, act, _("All that ended with the item is shared again. It leaves only when you check and send it."))
    return redirect("benchmarks-home")


@page("benchmarks.share", methods=("POST",))
def withdraw(request: Any, pk: Any) -> HttpResponse:
    """Take a KPI back."""
    actions.withdraw(get_object_or_404(Share, pk=pk, withdrawn_on=None))
    messages.success(request, _("From now on this figure is in no release. Those that are published stay as they are."))
    return redirect("benchmarks-home")


@page("benchmarks.share")
def send(request: Any) -> HttpResponse:
    """Word for word what would leave; sent on the second click."""
    federation, (year, quarter) = required(request), last_quarter()
    if request.method == "POST":
        to = partial(actions.send, federation_id=federation.id, federation_name=federation.name)
        act = partial(to, year=year, quarter=quarter)
        tell(request, act, _("Sent. It stands word for word in the sharing ledger."))
        return redirect("benchmarks-home")
    content = actions.preview(federation_id=federation.id, year=year, quarter=quarter)
    known = kpis()
    figures = [(known[f["code"]], in_unit(f["value"], known[f["code"]].unit)) for f in content["figures"]]
    context = {"federation": federation, "content": content, "figures": figures, "quarter": quarter_name(year, quarter)}
    context["for_topics"] = [known[code] for code in content["for_topics"]]
    return render(request, "benchmarks/send.html", context)


def federation_of(request: Any) -> FederationOfChamber | None:
    """The first federation in which the chamber takes part in benchmarking."""
    found = federations_of(request.host.chamber.pk)
    return next((f for f in found if showing.BENCHMARKING in f.items), None)


def required(request: Any) -> FederationOfChamber:
    federation = federation_of(request)
    if federation is None:
        raise Http404("no federation to share with")
    return federation


def tell(request: Any, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
