"""The secretariat's side of mailings: for the members of a list, with how far it is and who is silent."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.access import page
from huiguan.capability import Resource, resources
from huiguan.own.forms import ALL, MailingForm
from huiguan.own.mailing import Row, begin, rows_of, wake_again
from huiguan.own.models import Mailing
from huiguan.screens.base import visible
from huiguan.screens.converters import is_uuid
from huiguan.screens.narrowing import narrow
from huiguan.screens.records import RecordDetail
from huiguan.together import own_pages

MOST = 5000
STATES = {
    "answered": _in("mailing", "Answered"),
    "opened": _in("mailing", "Opened, not answered"),
    "sent": _in("mailing", "Not opened"),
    "waiting": _in("mailing", "Not sent yet"),
    "unreachable": _in("mailing", "Cannot be reached"),
}
LEVELS = {"answered": "success", "opened": "info", "sent": "warning", "waiting": "neutral", "unreachable": "danger"}


@page("own.send")
def new(request: Any) -> HttpResponse:
    """`chosen` come with the form of the members' list; its address says which `all` are."""
    resource = _members()
    everybody = narrow(resource, visible(resource, request.actor), request.GET)
    chosen = _chosen(request, resource)
    given = {"data": request.POST} if "step" in request.POST else {"initial": {"to": request.GET.get("to", "")}}
    form = MailingForm(**given, chosen=chosen.count(), total=everybody.count())
    if form.is_bound and form.is_valid():
        try:
            mailing = begin(form.instance, everybody if form.cleaned_data["scope"] == ALL else chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The links are on their way. This page says how far it is."))
            return redirect("own-mailing-detail", pk=mailing.pk)
    address = urlencode({key: value for key, value in request.GET.items() if value and key not in ("page", "to")})
    said = {"form": form, "chosen": request.POST.getlist("chosen"), "address": address}
    return render(request, "own/mailing_new.html", {**said, "list_url": f"{reverse('members-member-list')}?{address}"})


class MailingDetail(RecordDetail):
    """How far it is; who answered, who only looked, who did neither."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, wanted = rows_of(self.object), self.request.GET.get("show", "")
        found = [row for row in rows if wanted not in STATES or row.state == wanted]
        shown = Paginator(found, 100).get_page(self.request.GET.get("page"))
        return {
            **super().get_context_data(**kwargs),
            **standing_of(self.object, rows),
            "page": shown,
            "rows": [{"row": row, "said": STATES[row.state], "level": LEVELS[row.state]} for row in shown.object_list],
            "wanted": wanted if wanted in STATES else "",
        }


@page("own.view", methods=("GET", "HEAD"))
def progress(request: Any, pk: Any) -> HttpResponse:
    """The bar alone; once all is sent, the page is asked to load itself again."""
    mailing = get_object_or_404(Mailing, pk=pk)
    wake_again(mailing)
    if mailing.status != Mailing.Status.SENDING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "own/_mailing_progress.html", {"record": mailing, **standing_of(mailing, rows_of(mailing))})


def standing_of(mailing: Mailing, rows: list[Row]) -> dict[str, Any]:
    """In numbers of contacts."""
    counted = {state: sum(row.state == state for row in rows) for state in STATES}
    reachable = len(rows) - counted["unreachable"]
    answers = next((each.answered for each in own_pages() if each.url == mailing.to), None)
    left_out = set() if answers else {"answered"}
    tabs = [{"state": s, "label": STATES[s], "n": n} for s, n in counted.items() if n or s not in left_out]
    return {
        "tabs": tabs,
        "total": len(rows),
        "answered": counted["answered"],
        "sent": reachable - counted["waiting"],
        "reachable": reachable,
        "percent": 100 * (reachable - counted["waiting"]) / reachable if reachable else 100,
        "answered_percent": 100 * counted["answered"] / reachable if reachable and answers else None,
    }


def _members() -> Resource:
    return next(r for _c, r in resources() if r.model._meta.label == "members.Member")


def _chosen(request: Any, resource: Resource) -> QuerySet[Any]:
    keys = [key for key in request.POST.getlist("chosen")[:MOST] if is_uuid(key)]
    found: QuerySet[Any] = visible(resource, request.actor).filter(pk__in=keys)
    return found
