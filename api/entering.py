"""What a partner sends, by the form that people use: its shape, for the document, and refused before the form."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django import forms
from rest_framework import serializers

KINDS: list[tuple[Any, Callable[[Any], Any]]] = [
    (forms.ModelChoiceField, lambda f: serializers.UUIDField),
    (forms.MultipleChoiceField, lambda f: serializers.ListField),
    (forms.DecimalField, lambda f: serializers.DecimalField),
    (forms.IntegerField, lambda f: serializers.IntegerField),
    (forms.BooleanField, lambda f: serializers.BooleanField),
    (forms.DateField, lambda f: serializers.DateField),
    (forms.ChoiceField, lambda f: serializers.ChoiceField if _choices(f) else serializers.CharField),
    (forms.CharField, lambda f: serializers.CharField),
]


def shape_of(name: str, form: type[forms.BaseForm], said: Mapping[str, Any]) -> Any:
    """A serializer of the fields of a form; what is `said` for whoever says nothing is not required."""
    return _shape(name, (form,), frozenset(said))


def shape_of_any(name: str, each: list[type[forms.BaseForm]]) -> Any:
    """Of several forms together, nothing of it required: which of them it is stands in the address."""
    return _shape(name, tuple(each), None)


@cache
def _shape(name: str, each: tuple[type[forms.BaseForm], ...], said: frozenset[str] | None) -> Any:
    declared = {field: f for form in each for field, f in form.base_fields.items()}  # type: ignore[attr-defined]
    fields = {field: _field(f, field, said) for field, f in declared.items()}
    return type(name, (serializers.Serializer,), fields)


def _field(field: forms.Field, name: str, said: frozenset[str] | None) -> Any:
    make = next(make for kind, make in KINDS if isinstance(field, kind))(field)
    required = field.required and said is not None and name not in said
    given: dict[str, Any] = {"required": required, "allow_null": not field.required}
    if make is serializers.CharField:
        given |= {"allow_blank": not field.required, "max_length": getattr(field, "max_length", None)}
    elif make is serializers.ChoiceField:
        given |= {"choices": _choices(field), "allow_blank": not field.required}
    elif make is serializers.DecimalField:
        given |= {"max_digits": field.max_digits, "decimal_places": field.decimal_places}  # type: ignore[attr-defined]
    elif make is serializers.IntegerField:
        given |= {"min_value": field.min_value, "max_value": field.max_value}  # type: ignore[attr-defined]
    elif make is serializers.ListField:
        given |= {"child": serializers.CharField(max_length=100), "max_length": 200}
    return make(**given)


def _choices(field: Any) -> list[tuple[str, Any]]:
    """Those that are the same for everybody."""
    return [(value, label) for value, label in field.choices if value not in ("", None)]
