"""The records that an address speaks of: its search and its filters, for lists, exports, and what keeps an address."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django_filters.filterset import filterset_factory

from huiguan.capability import Resource
from huiguan.screens.base import search
from huiguan.screens.fields import label_of

SEARCH = "q"
LONGEST_SEARCH = 100


class Said(NamedTuple):
    """One filter of an address in a person's words."""

    name: str
    label: str
    value: str


def narrow(resource: Resource, records: QuerySet[Any], query: Mapping[str, Any]) -> QuerySet[Any]:
    """Those that hold the words and pass the filters."""
    if words := words_of(query):
        records = search(records, resource, words)
    return filter_set(resource, records, query).qs  # type: ignore[no-any-return]


def words_of(query: Mapping[str, Any]) -> str:
    return str(query.get(SEARCH, "")).strip()[:LONGEST_SEARCH]


def filter_set(resource: Resource, records: QuerySet[Any], query: Mapping[str, Any]) -> Any:
    """Bound to the address; made of the resource's filter fields, or the folder's own."""
    if resource.filters:
        return import_string(resource.filters)(query, queryset=records)
    made = filterset_factory(resource.model, fields=list(resource.filter_fields))
    for name, each in made.base_filters.items():
        each.label = label_of(resource.model, name)
    return made(query, queryset=records)


def said(resource: Resource, query: Mapping[str, Any]) -> Iterator[Said]:
    """What the address filters by."""
    form = filter_set(resource, resource.model._default_manager.none(), query).form
    for name, field in form.fields.items():
        if value := query.get(name):
            choices: Any = getattr(field, "choices", None)  # asked for, not counted: some are callables
            choices = getattr(field.widget, "choices", ()) if choices is None else choices
            known = {str(key): str(text) for key, text in choices}
            yield Said(name, str(field.label), known.get(str(value), str(value)))


def is_answerable(resource: Resource, query: Mapping[str, Any]) -> bool:
    """Whether every filter of the address can be understood: one that cannot is left aside by a list."""
    return bool(filter_set(resource, resource.model._default_manager.none(), query).form.is_valid())
