"""The list of a resource: search, filters that stay in the address, sort, pages, bulk actions, export."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import ListView, View
from django_filters.filterset import filterset_factory

from huiguan.screens.base import Screen, search
from huiguan.screens.exporting import workbook_of
from huiguan.screens.fields import label_of, shown
from huiguan.states import WrongState, moves

EXPORT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Narrowed(Screen):
    """The records after search, filters and sort, as the address says."""

    def narrowed(self) -> QuerySet[Any]:
        records = self.get_queryset()
        if words := self.words():
            records = search(records, self.resource, words)
        records = self.filter_set(records).qs
        return self._sorted(records)

    def followed(self) -> QuerySet[Any]:
        """With everything the columns read, so that a list costs the same number of queries at any length."""
        return self.narrowed().select_related(*_followed(self.resource)).prefetch_related(*self.resource.prefetch)

    def words(self) -> str:
        return self.request.GET.get("q", "").strip()[:100]

    def filter_set(self, records: QuerySet[Any]) -> Any:
        fields = list(self.resource.filter_fields)
        made = filterset_factory(self.resource.model, fields=fields)
        for name, each in made.base_filters.items():
            each.label = label_of(self.resource.model, name)
        return made(self.request.GET, queryset=records, request=self.request)

    def _sorted(self, records: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.request.GET.get("sort", "")
        if wanted.removeprefix("-") in sortable(self.resource):
            return records.order_by(wanted, "pk")
        return records


class RecordList(Narrowed, ListView):  # type: ignore[type-arg]
    """`/<capability>/<model>/`: with htmx the same view answers the table alone."""

    screen = "list"
    paginate_by = 50
    context_object_name = "records"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object_list = self.followed()
        return self.render_to_response(self.get_context_data())

    def get_template_names(self) -> list[str]:
        partial = getattr(self.request, "htmx", False) and not self.request.htmx.boosted  # type: ignore[attr-defined]
        return ["screens/_records.html"] if partial else super().get_template_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page, filters = context["page_obj"], self.filter_set(self.get_queryset().none())
        return {
            **context,
            "page": page,
            "total": page.paginator.count,
            "query": self.words(),
            "columns": self._columns(),
            "rows": [self._row(record) for record in page.object_list],
            "filter_form": filters.form if self.resource.filter_fields else None,
            "active_filters": list(self._active(filters.form)),
            "is_filtered": bool(self.words() or list(self._active(filters.form))),
            "bulk_actions": list(self.bulk_actions()),
            "bulk_url": self.url("bulk"),
            "export_url": _with_query(self.url_if("export", "export"), self.request),
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
                "is_number": _is_number(self.resource.model, name),
                "sort_url": _sort_url(self.request, name, current) if name in can_sort else "",
                "sorted": {name: "asc", f"-{name}": "desc"}.get(current, ""),
            }
            for name in self.resource.list_fields
        ]

    def _row(self, record: Any) -> dict[str, Any]:
        cells = [shown(record, name) for name in self.resource.list_fields]
        return {"record": record, "url": self.url("detail", record), "title": str(record), "cells": cells}

    def _active(self, form: Any) -> Any:
        for name, value in self.request.GET.items():
            if value and name in form.fields:
                text = dict(getattr(form.fields[name], "choices", ())).get(value, value)
                yield {"label": form.fields[name].label, "value": text, "remove_url": _without(self.request, name)}

    def _import_url(self) -> str | None:
        from django.urls import reverse

        may = self.resource.import_url and self.actor.can(f"{self.capability.name}.import")
        return reverse(self.resource.import_url) if may else None

    def _empty(self) -> dict[str, Any]:
        label = self.resource.model._meta.verbose_name_plural
        return {"title": _("No {records} yet").format(records=label), "text": self.resource.empty}


class RecordExport(Narrowed, View):
    """The narrowed list as xlsx, with formulas neutralised."""

    def get(self, request: HttpRequest) -> HttpResponse:
        meta = self.resource.model._meta
        fields = self.resource.detail_fields or self.resource.list_fields
        content = workbook_of(self.followed(), self.resource.model, fields)
        name = f"{meta.model_name}.xlsx"
        disposition = f'attachment; filename="{name}"'
        return HttpResponse(content, content_type=EXPORT_TYPE, headers={"Content-Disposition": disposition})


class RecordBulk(Narrowed, View):
    """One action on the chosen records: all or none."""

    def post(self, request: HttpRequest) -> HttpResponse:
        records = list(self.get_queryset().filter(pk__in=self._chosen()))
        action = request.POST.get("action", "")
        try:
            with transaction.atomic():
                for record in records:
                    self._act(record, action)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            done = ngettext("{n} record was changed.", "{n} records were changed.", len(records)).format(n=len(records))
            messages.success(request, done)
        return redirect(_with_query(self.url("list"), request) or "")

    def _chosen(self) -> list[str]:
        from huiguan.screens.converters import is_uuid

        return [value for value in self.request.POST.getlist("chosen")[:1000] if is_uuid(value)]

    def _act(self, record: Any, action: str) -> None:
        if action == "delete":
            self.actor.require(f"{self.capability.name}.delete")
            record.delete()
        elif action in {m.name for m in moves(self.resource.model) if not m.needs_form}:
            getattr(record, action)()


def sortable(resource: Any) -> set[str]:
    """Columns that are fields of the table itself or of a followed one."""
    from django.core.exceptions import FieldDoesNotExist

    found = set()
    for name in resource.list_fields:
        try:
            resource.model._meta.get_field(name.split("__")[0])
            found.add(name)
        except FieldDoesNotExist:
            continue
    return found


def _followed(resource: Any) -> list[str]:
    """Relations that the columns read."""
    names = {*resource.list_fields, *resource.detail_fields}
    fields = resource.model._meta.get_fields()
    single = {f.name for f in fields if f.is_relation and (f.many_to_one or f.one_to_one) and f.concrete}
    return sorted({n.split("__")[0] for n in names} & single)


def _is_number(model: Any, name: str) -> bool:
    """Whether a column of the table itself holds numbers, so that its heading stands above them."""
    kinds = (
        "IntegerField",
        "BigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "DecimalField",
        "FloatField",
    )
    return any(f.name == name and f.get_internal_type() in kinds and not f.choices for f in model._meta.concrete_fields)


def _sort_url(request: HttpRequest, name: str, current: str) -> str:
    query = request.GET.copy()
    query["sort"] = f"-{name}" if current == name else name
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _without(request: HttpRequest, name: str) -> str:
    return "?" + urlencode([(k, v) for k, v in request.GET.items() if k not in (name, "page")])


def _with_query(url: str | None, request: HttpRequest) -> str | None:
    query = request.GET.urlencode()
    return f"{url}?{query}" if url and query else url
