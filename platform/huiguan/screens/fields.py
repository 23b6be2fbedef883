"""How a field of a record is named and shown: the same for a list, a detail page and an export."""

import datetime
import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan import personal
from huiguan.actors import current_actor
from huiguan.kit.formats import money
from huiguan.money import FenField

MASK = "•••"
# What no model names itself: said once here, because a name in the model would stand in every folder's migrations.
PLAIN = {
    "changed_at": gettext_lazy("last changed"),
    "created_at": gettext_lazy("entered"),
    "digest": gettext_lazy("fingerprint"),
    "name": gettext_lazy("name"),
    "number": gettext_lazy("number"),
    "reason": gettext_lazy("reason"),
}
STATES = ("status", "state")  # shown as badges
_CHOICE = re.compile(r"get_(\w+)_display")


class Shown(NamedTuple):
    """A value as text, with what a template needs to place it."""

    label: str
    text: str
    is_number: bool = False
    is_long: bool = False
    badge: str = ""
    url: str = ""
    exact: float | Decimal | None = None
    reveal: str = ""  # where a masked value is shown whole, which is written down


def label_of(model: type[models.Model], name: str) -> str:
    """The field's own name in the person's language; a method's is its `short_description`, a record's its kind."""
    if name == "__str__":
        return str(capfirst(model._meta.verbose_name))
    if choice := _CHOICE.fullmatch(name):
        return label_of(model, choice[1])
    head, _dot, rest = name.partition("__")
    try:
        field = model._meta.get_field(head)
    except FieldDoesNotExist:
        return str(capfirst(getattr(getattr(model, head), "short_description", None) or plain_label(head)))
    if rest and field.related_model:
        return label_of(field.related_model, rest)
    return str(capfirst(_own_name(field) or plain_label(head)))


def plain_label(name: str) -> str:
    """For what has no name of its own: a field of the mechanism, a word that a move asks for."""
    return str(PLAIN.get(name) or name.replace("_", " "))


def raw(record: Any, name: str) -> Any:
    """The value itself, through relations and methods."""
    if name == "__str__":
        return str(record)
    value = record
    for part in name.split("__"):
        value = getattr(value, part, None)
        value = value() if callable(value) and not isinstance(value, models.Manager) else value
    return value


def shown(record: Any, name: str, label: str = "") -> Shown:
    """The value as a person reads it; masked for those whose eyes it is not for. A list knows its labels already."""
    label = label or label_of(type(record), name)
    if is_masked(type(record), name):
        return Shown(label, MASK)
    value = _with_choice(record, name)
    kind = personal.kind_of(type(record), name)
    if kind and value and personal.is_hidden(kind, current_actor()):
        return Shown(label, personal.mask(kind, text_of(value)), reveal=reveal_url(record, name))
    if name in STATES and hasattr(record, f"get_{name}_display"):
        return Shown(label, text_of(value), badge=str(getattr(record, name)))
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if number and is_money(type(record), name):
        return Shown(label, money(value), is_number=True, exact=Decimal(value) / 100)
    text = text_of(value)
    return Shown(label, text, is_number=number, is_long=len(text) > 80, exact=value if number else None)


def is_money(model: Any, name: str) -> bool:
    """Whether a field, also one of a related record, or a method that says so, gives fen."""
    return _is_money(model, name)


@cache
def _is_money(model: Any, name: str) -> bool:
    head, _dot, rest = name.partition("__")
    try:
        field = model._meta.get_field(head)
    except FieldDoesNotExist:
        return bool(getattr(getattr(model, head, None), "is_fen", False))
    related = field.related_model
    if rest and isinstance(related, type) and issubclass(related, models.Model):
        return is_money(related, rest)
    return isinstance(field, FenField)


def is_masked(model: Any, name: str) -> bool:
    """Whether the field, also of a related record, is guarded, and whoever acts now lacks the permission. [T12]"""
    head, _dot, rest = name.partition("__")
    if rest:
        related = next((f.related_model for f in model._meta.get_fields() if f.name == head), None)
        return related is not None and is_masked(related, rest)
    needed: str = getattr(model, "guarded", {}).get(name, "")
    return bool(needed) and not current_actor().can(needed)


def reveal_url(record: Any, name: str) -> str:
    """For those who may have it shown; empty for the others."""
    head, _dot, field = name.rpartition("__")
    owner = raw(record, head) if head else record
    if owner is None or not current_actor().can(personal.REVEAL):
        return ""
    return reverse("privacy-reveal", args=[owner._meta.label_lower, owner.pk, field])


def text_of(value: Any) -> str:
    """Dates, times, numbers, yes and no, lists: as the language writes them."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime.date():
            return _date(value)
        case int() | float() | Decimal():
            return _number(value)
        case list() | tuple() | set():
            return "、".join(map(text_of, value))
    return str(value)


def _date(value: datetime.date) -> str:
    """With the hour when it has one."""
    if isinstance(value, datetime.datetime):
        return str(date_format(localtime(value), "DATETIME_FORMAT"))
    return str(date_format(value, "DATE_FORMAT"))


def _number(value: float | Decimal) -> str:
    grouped = isinstance(value, int) and abs(value) >= 10_000
    plain = Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value  # 400, its column keeps 400.00
    return str(number_format(plain, use_l10n=True, force_grouping=grouped))


def _with_choice(record: Any, name: str) -> Any:
    if name == "__str__":
        return str(record)
    head, _dot, rest = name.rpartition("__")
    owner = raw(record, head) if head else record
    display = getattr(owner, f"get_{rest}_display", None)
    if display:
        return display()
    value = raw(record, name)
    return _each_with_choice(owner, rest, value) if isinstance(value, list) else value


def _each_with_choice(owner: Any, name: str, values: list[Any]) -> list[Any]:
    """Of a field that holds several of some choices."""
    fields = {field.name: field for field in owner._meta.get_fields()}
    choices = dict(getattr(getattr(fields.get(name), "base_field", None), "flatchoices", ()))
    return [choices.get(value, value) for value in values]


def is_named(field: Any) -> bool:
    """Whether a person is meant to read it."""
    return bool(getattr(field, "_verbose_name", None)) or field.name in PLAIN


def _own_name(field: Any) -> str:
    """As the model names it; a relation without a name is called what it leads to."""
    named = getattr(field, "_verbose_name", None)
    return str(named or (field.related_model._meta.verbose_name if field.is_relation else ""))
