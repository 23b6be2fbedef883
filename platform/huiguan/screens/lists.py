"""The list of a resource: search, filters that stay in the address, sort, pages."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import ListView

from huiguan.screens.base import Screen
from huiguan.screens.columns import followed, is_number, joined, sortable
from huiguan.screens.fields import label_of, shown
from huiguan.screens.narrowing import filter_set, narrow, said, words_of
from huiguan.states import moves


class Narrowed(Screen):
    """The records after search, filters and sort, as the address says."""

    def narrowed(self) -> QuerySet[Any]:
        return self._sorted(narrow(self.resource, self.get_queryset(), self.request.GET))

    def followed(self) -> QuerySet[Any]:
        """With everything the columns read, so that a list costs the same number of queries at any length."""
        return joined(self.narrowed(), followed(self.resource)).prefetch_related(*self.resource.prefetch)

    def _sorted(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """What is not known stands last, whichever way the list is sorted."""
        wanted = self.request.GET.get("sort", "")
        name = wanted.removeprefix("-")
        if name not in sortable(self.resource):
            return records
        order = F(name).desc(nulls_last=True) if wanted.startswith("-") else F(name).asc(nulls_last=True)
        return records.order_by(order, "pk")


class RecordList(Narrowed, ListView):  # type: ignore[type-arg]
    """`/<capability>/<model>/`: with htmx the same view answers the table alone."""

    screen = "list"
    table_template = "screens/_records.html"
    paginate_by = 50
    context_object_name = "records"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object_list = self.followed()
        return self.render_to_response(self.get_context_data())

    def get_template_names(self) -> list[str]:
        partial = getattr(self.request, "htmx", False) and not self.request.htmx.boosted  # type: ignore[attr-defined]
        return [self.table_template] if partial else super().get_template_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, active, columns = context["page_obj"], self._active(), self._columns()
        labels = {each["name"]: each["label"] for each in columns if each["name"] in self.resource.list_fields}
        filters = filter_set(self.resource, self.get_queryset().none(), self.request.GET)
        return {
            **context,
            "page": page,
            "total": page.paginator.count,
            "query": words_of(self.request.GET),
            "columns": columns,
            "rows": [self._row(record, labels) for record in page.object_list],
            "filter_form": filters.form if self.resource.filter_fields or self.resource.filters else None,
            "active_filters": active,
            "is_filtered": bool(words_of(self.request.GET) or active),
            "bulk_actions": list(self.bulk_actions()),
            "bulk_url": self.url("bulk"),
            "export_url": with_query(self.url_if("export", "export"), self.request),
            "import_url": self._import_url(),
            "new_url": self.url_if("change", "new"),
            "empty": self._empty(),
        }

    def bulk_actions(self) -> Any:
        """The declared moves that need nothing more from a person, and deleting."""
        for declared in moves(self.resource.model):
            if not declared.needs_form and self.actor.can(declared.permission):
                yield {
                    "name": declared.name,
                    "label": declared.label,
                    "confirm": declared.danger,
                    "danger": declared.danger,
                }
        if self.actor.can(f"{self.capability.name}.delete"):
            yield {"name": "delete", "label": _("Delete"), "confirm": True, "danger": True}

    def _columns(self) -> list[dict[str, Any]]:
        current, can_sort = self.request.GET.get("sort", ""), sortable(self.resource)
        return [
            {
                "name": name,
                "label": label_of(self.resource.model, name),
                "is_number": is_number(self.resource.model, name),
                "sort_url": _sort_url(self.request, name, current) if name in can_sort else "",
                "sorted": {name: "asc", f"-{name}": "desc"}.get(current, ""),
            }
            for name in self.resource.list_fields
        ]

    def _row(self, record: Any, labels: dict[str, str]) -> dict[str, Any]:
        cells = [shown(record, name, label) for name, label in labels.items()]
        return {"record": record, "url": self.url("detail", record), "title": str(record), "cells": cells}

    def _active(self) -> list[dict[str, Any]]:
        return [
            {**s._asdict(), "remove_url": _without(self.request, s.name)} for s in said(self.resource, self.request.GET)
        ]

    def _import_url(self) -> str | None:
        from django.urls import reverse

        may = self.resource.import_url and self.actor.can(f"{self.capability.name}.import")
        return reverse(self.resource.import_url) if may else None

    def _empty(self) -> dict[str, Any]:
        label = self.resource.model._meta.verbose_name_plural
        return {"title": _("No {records} yet").format(records=label), "text": self.resource.empty}


def _sort_url(request: HttpRequest, name: str, current: str) -> str:
    query = request.GET.copy()
    query["sort"] = f"-{name}" if current == name else name
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _without(request: HttpRequest, name: str) -> str:
    return "?" + urlencode([(k, v) for k, v in request.GET.items() if k not in (name, "page")])


def with_query(url: str | None, request: HttpRequest) -> str | None:
    query = request.GET.urlencode()
    return f"{url}?{query}" if url and query else url
