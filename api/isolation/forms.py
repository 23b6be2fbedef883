"""What a page asks for: the fields of its forms as they stand, and the same with somebody else's keys in them."""

import uuid
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.apps import apps

Attributes = list[tuple[str, str | None]]


class _Fields(HTMLParser):
    """The names and values of everything that would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag in ("input", "textarea", "button") and name:
            self.found.setdefault(name, told.get("value", ""))
        elif tag == "select" and name:
            self._select = name
            self.found.setdefault(name, "")
        elif tag == "option" and self._select and (not self.found[self._select] or "selected" in told):
            self.found[self._select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def fields_of(page: bytes) -> dict[str, str]:
    """Of all forms of a page together."""
    parser = _Fields()
    parser.feed(page.decode(errors="replace"))
    return parser.found


def with_keys(data: Mapping[str, Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    """Each field that names a record, and a few more that might, with keys of `rows`."""
    known = {name: rows[label].pk for name, label in relations().items() if label in rows}
    some = next(iter(rows.values())).pk
    swapped = {name: known.get(name.split("-")[-1], some) for name, value in data.items() if is_key(value)}
    named = {name: known[name.split("-")[-1]] for name in data if name.split("-")[-1] in known}
    return {**data, **known, "chosen": [row.pk for row in rows.values()], **swapped, **named}


@cache
def relations() -> dict[str, str]:
    """The names by which forms and addresses call a record of a model: of relations, and of the models themselves."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        found.setdefault(str(model._meta.model_name), model._meta.label)
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is not None:
                found[field.name] = field.related_model._meta.label
    return found


def is_key(value: Any) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True
