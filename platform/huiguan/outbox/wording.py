"""What a message told, as people read it. The very words stay in the ledger beside it."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models

from huiguan.screens.fields import text_of
from huiguan.screens.history import words_of

IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,64}")
BLANK: tuple[Any, ...] = (None, "", [], {})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def in_words(record_label: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Codes by the names that the record gives them, in the order of its fields; without identities and blanks."""
    model = _model_of(record_label)
    if model is None:
        return {name: _inside(value) for name, value in content.items() if value not in BLANK}
    order = {field.name: at for at, field in enumerate(model._meta.concrete_fields)}
    told = sorted(content.items(), key=lambda entry: order.get(entry[0], len(order)))
    return {name: _said(model, name, value) for name, value in told if value not in BLANK and not _is_identity(value)}


def _model_of(label: str) -> type[models.Model] | None:
    """The record's model; None once its folder is gone: what was told stays readable."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _said(model: Any, name: str, value: Any) -> Any:
    if name in model.trail_words or any(field.name == name for field in model._meta.concrete_fields):
        return words_of(model, name, value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return text_of(datetime.date.fromisoformat(value))
    return _inside(value)


def _inside(value: Any) -> Any:
    """The parts of a value without their identities, which tell a reader nothing. A file by its name."""
    if isinstance(value, Mapping) and {"name", "sha256"} <= value.keys():
        return value["name"]
    if isinstance(value, Mapping):
        return {name: _inside(part) for name, part in value.items() if not _is_identity(part)}
    return [_inside(part) for part in value] if isinstance(value, list) else value


def _is_identity(value: Any) -> bool:
    each = value if isinstance(value, list) and value else [value]
    return all(isinstance(one, str) and IDENTITY.fullmatch(one) for one in each)
