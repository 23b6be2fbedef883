"""The first page of the visits: how many members were seen, and who has not been for long, to be planned."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from huiguan import trail
from huiguan.capability import Resource, resources
from huiguan.screens.bulk import EXPORT_TYPE
from huiguan.screens.exporting import workbook
from huiguan.screens.fields import label_of, shown, text_of
from huiguan.screens.lists import Narrowed, RecordList, with_query
from huiguan.screens.narrowing import filter_set
from tenants.visits import coverage
from tenants.visits.forms.coverage import CoverageForm

FIELDS = ["name", "position_titles", "standing__layer"]
NOT_ASKED = {"status", "known", "silent"}  # of the members' own filters


def members_to_visit() -> Resource:
    """The members' resource, with the columns that matter here; found by its name, whoever declares it."""
    found = next(r for _c, r in resources() if r.model._meta.label == "members.Member")
    return replace(found, list_fields=FIELDS, detail_fields=[], import_url="", empty=_("There are no members yet."))


class Covered(Narrowed):
    """Members by their last visit, narrowed as the list of members is, and by how long nobody was there."""

    @cached_property
    def asked(self) -> CoverageForm:
        return CoverageForm(self.request.GET, actor=self.actor)

    def get_queryset(self) -> Any:
        members: Any = super().get_queryset()
        return coverage.with_visits(members.active())

    def narrowed(self) -> Any:
        found = self.asked.narrow(super().narrowed(), self.request.GET)
        return found if self.request.GET.get("sort") else coverage.the_longest_unseen_first(found)


class CoverageList(Covered, RecordList):
    """`/visits/coverage/`: choose whom to visit."""

    template = "visits/coverage.html"
    paginate_by = 100  # as many as one plans at once

    def get_template_names(self) -> list[str]:
        return super().get_template_names() if self._is_partial() else [self.template]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        said = [{**s, "remove_url": _without(self.request.GET, s["name"])} for s in self.asked.said(self.request.GET)]
        can_export = self.actor.can("visits.export")
        own: dict[str, Any] = {
            "filter_form": self._filter_form(),
            "active_filters": [*said, *context["active_filters"]],
            "is_filtered": context["is_filtered"] or bool(said),
            "export_url": with_query(reverse("visits-coverage-export"), self.request) if can_export else None,
            "bulk_url": reverse("visits-plan"),
            "new_url": None,
        }
        return {**context, **own, **({} if self._is_partial() else self._pictures())}

    def bulk_actions(self) -> Any:
        if self.actor.can("visits.change"):
            yield {"name": "plan", "label": _("Plan visits"), "url": reverse("visits-plan")}

    def _is_partial(self) -> bool:
        return bool(self.request.htmx and not self.request.htmx.boosted)  # type: ignore[attr-defined]

    def _pictures(self) -> dict[str, Any]:
        share, _trend = coverage.share()
        charts = {"layers": coverage.by_layer(), "months": coverage.by_month()}
        return {"share": share, "missing": coverage.still_to_visit(), **charts}

    def _filter_form(self) -> Any:
        """Ours before those of the members."""
        form = filter_set(self.resource, self.get_queryset().none(), self.request.GET).form
        theirs = {name: field for name, field in form.fields.items() if name not in NOT_ASKED}
        form.fields = {**self.asked.fields, **theirs}
        return form

    def _columns(self) -> list[dict[str, Any]]:
        more = [{"name": name, "label": label, "is_number": False} for name, label in _own_columns()]
        return [*super()._columns(), *more]

    def _row(self, record: Any, labels: dict[str, str]) -> dict[str, Any]:
        row = super()._row(record, labels)
        return {**row, "cells": [*row["cells"], *_own_cells(record)]}


class CoverageExport(Covered, View):
    """The same list as xlsx."""

    def get(self, request: HttpRequest) -> HttpResponse:
        members = self.followed()
        trail.record_export(self.resource.model, members.count(), unquote_plus(request.GET.urlencode()))
        heading = [*(label_of(self.resource.model, name) for name in FIELDS), *(label for _n, label in _own_columns())]
        rows = ([*(shown(m, name).text for name in FIELDS), *(c["text"] for c in _own_cells(m))] for m in members)
        content = workbook(heading, rows, title=_("Visit coverage"))
        return HttpResponse(
            content, content_type=EXPORT_TYPE, headers={"Content-Disposition": 'attachment; filename="coverage.xlsx"'}
        )


def _own_columns() -> list[tuple[str, str]]:
    return [("region", _("District")), ("last_visited_on", _("Last visit")), ("next_visit_on", _("Next visit"))]


def _own_cells(member: Any) -> list[dict[str, str]]:
    last = text_of(member.last_visited_on) or _("never yet")
    values = (coverage.district_of(member), last, text_of(member.next_visit_on))
    return [{"label": label, "text": text} for (_name, label), text in zip(_own_columns(), values, strict=True)]


def _without(query: Mapping[str, Any], name: str) -> str:
    kept = query.copy()  # type: ignore[attr-defined]
    for gone in (name, "page"):
        kept.pop(gone, None)
    return f"?{kept.urlencode()}"
