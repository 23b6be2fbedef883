"""A series: its sessions on a line of time, whose turn it is to host, and the next session."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from federation.liaison import ledger, queries, review
from federation.liaison.forms import ConveneForm
from federation.liaison.models import ActionItem, Statement
from federation.registry.suggestions import suggestions
from huiguan.screens.base import Screen
from huiguan.screens.records import RecordDetail

FILED = 8


class SeriesPage(RecordDetail):
    """The sessions of a series on a line of time, the topics that wait, whose turn it is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series = self.object
        return {
            **super().get_context_data(**kwargs),
            "sessions": series.sessions.select_related("minutes").order_by("-number"),
            "topics": series.topics.waiting().prefetch_related("seconds"),
            "open_actions": _unsettled(series),
            "filed": _filed(series),
            "queue": queries.next_queue(series)[:3],
            "can_convene": self.actor.can("liaison.convene"),
            "suggestions": suggestions(series.federation_id) if self.actor.can("liaison.change") else [],
        }


class TakeUp(Screen, View):
    """POST makes a suggested topic one of the series."""

    def post(self, request: HttpRequest, pk: Any, key: Any) -> HttpResponse:
        series = get_object_or_404(self.get_queryset(), pk=pk)
        if series.take_up(key) is None:
            messages.error(request, _("This is no longer suggested."))
        else:
            messages.success(request, _("It waits with the other topics now."))
        return redirect("liaison-series-detail", series.pk)


class HostLedger(RecordDetail):
    """Whose turn it is to host, with every number, and what was asked and answered before."""

    screen = "hosts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series = self.object
        found = {"queue": queries.next_queue(series), "past": ledger.past(series.pk)}
        return {**super().get_context_data(**kwargs), **found}


class Review(RecordDetail):
    """A year in figures; without `?year=` the last one in which a session was held."""

    screen = "review"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known, asked = review.years(self.object), self.request.GET.get("year", "")
        year = next((y for y in known if str(y) == asked), known[0] if known else None)
        found = review.of(self.object, year) if year else None
        context = super().get_context_data(**kwargs)
        return {**context, "years": known, "review": found, "chart": found and found.chart()}


class Convene(Screen, View):
    """POST opens the next session of the series."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._ask(self._series(pk), ConveneForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        series, form = self._series(pk), ConveneForm(request.POST)
        if not form.is_valid():
            return self._ask(series, form)
        session = series.convene(**form.cleaned_data)
        return redirect("liaison-session-detail", session.pk)

    def _series(self, pk: Any) -> Any:
        return get_object_or_404(self.get_queryset(), pk=pk)

    def _ask(self, series: Any, form: ConveneForm) -> HttpResponse:
        back = reverse("liaison-series-detail", args=[series.pk])
        return render(self.request, "liaison/convene.html", {"series": series, "form": form, "cancel_url": back})


class NextSession(Screen, View):
    """To the form of the only series; with several, to the choice among them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        known = list(self.get_queryset()[:2])
        return redirect("liaison-convene", known[0].pk) if len(known) == 1 else redirect("liaison-series-list")


def _filed(series: Any) -> list[tuple[str, list[Statement]]]:
    """Problems that chambers meet and practices worth copying, the newest first: what the sessions have brought up."""
    said = Statement.objects.filter(session__series=series).select_related("session").order_by("-id")
    kinds = {
        _("Problems that are met"): said.filter(is_problem=True),
        _("Practices worth copying"): said.filter(is_practice=True),
    }
    return [(title, list(found[:FILED])) for title, found in kinds.items()]


def _unsettled(series: Any) -> Any:
    return ActionItem.objects.unsettled().filter(session__series=series).select_related("session")
