"""A valid row of any model, made from its fields alone: who tries every model must not know which it tries."""

import datetime
import uuid
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.timezone import now

_numbers: Iterator[int] = count(100)


def sample(model: type[models.Model], **given: Any) -> Any:
    """A saved row; relations that are required are made too."""
    made = model(**{**{f.name: value_of(f) for f in model._meta.concrete_fields if _is_needed(f, given)}, **given})
    made.save()
    return made


def _is_needed(field: Any, given: dict[str, Any]) -> bool:
    if field.name in given or field.attname in given or field.primary_key:
        return False
    if field.has_default():
        return isinstance(field, models.IntegerField) and _is_told_apart(field)
    return not field.null and (not field.blank or field.is_relation or field.name in ("name", "title"))


def _is_told_apart(field: Any) -> bool:
    """Whether a constraint wants another value in each row."""
    constraints = field.model._meta.constraints
    return field.unique or any(field.name in getattr(c, "fields", ()) for c in constraints)


def value_of(field: Any) -> Any:
    """Something that the field takes; of a relation a row of its own."""
    number = next(_numbers)
    if field.is_relation:
        return sample(field.related_model)
    if field.choices:
        return field.choices[0][0]
    for kind, make in MAKERS:
        if isinstance(field, kind):
            return make(number, field)
    raise NotImplementedError(f"no sample for {field!r}")


def _at_most(number: int, field: Any) -> float:
    limits = [float(each.limit_value) for each in field.validators if isinstance(each, MaxValueValidator)]
    return min([number, *limits])


def _text(number: int, field: Any) -> str:
    return f"样本{number}"[: field.max_length] if field.max_length else f"样本{number}"


MAKERS: list[tuple[Any, Any]] = [
    (models.EmailField, lambda n, f: f"sample{n}@example.com"),
    (models.SlugField, lambda n, f: f"sample-{n}"),
    (models.URLField, lambda n, f: f"https://example.com/{n}"),
    (models.BooleanField, lambda n, f: False),
    (models.DateTimeField, lambda n, f: now() + datetime.timedelta(days=n)),
    (models.DateField, lambda n, f: datetime.date(2026, 1, 1) + datetime.timedelta(days=n)),
    (models.DurationField, lambda n, f: datetime.timedelta(minutes=n)),
    (models.DecimalField, lambda n, f: Decimal(n % 10 ** (f.max_digits - f.decimal_places))),
    (models.IntegerField, lambda n, f: n),
    (models.FloatField, lambda n, f: float(_at_most(n, f))),
    (models.UUIDField, lambda n, f: uuid.UUID(int=n)),
    (models.JSONField, lambda n, f: {}),
    (models.BinaryField, lambda n, f: b"x"),
    (models.CharField, _text),
    (models.TextField, _text),
]
