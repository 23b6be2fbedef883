"""What can be done with the columns of a list: sort by them, and read what they follow all at once."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet


def sortable(resource: Any) -> set[str]:
    """Columns that are fields of the table itself or of a followed one."""
    found = set()
    for name in resource.list_fields:
        try:
            resource.model._meta.get_field(name.split("__")[0])
            found.add(name)
        except FieldDoesNotExist:
            continue
    return found


def followed(resource: Any) -> list[str]:
    """Relations that the columns read, however far they reach."""
    names = {*resource.list_fields, *resource.detail_fields}
    return sorted({path for path in (_path(resource.model, name) for name in names) if path})


def joined(records: QuerySet[Any], paths: list[str]) -> QuerySet[Any]:
    """Read together with what the paths lead to. Django takes no path at all for every path there is."""
    return records.select_related(*paths) if paths else records


def _path(model: Any, name: str) -> str:
    """The part of a dotted name that leads from record to record: `charge__member` of `charge__member__name`."""
    steps: list[str] = []
    for part in name.split("__"):
        field = next((f for f in model._meta.get_fields() if f.name == part and _leads_to_one(f)), None)
        if field is None:
            break
        steps.append(part)
        model = field.related_model
    return "__".join(steps)


def _leads_to_one(field: Any) -> bool:
    """A relation of the table itself, or the one row of another table that belongs to the record."""
    return bool(
        field.is_relation and field.related_model and (field.concrete or field.one_to_one) and not field.many_to_many
    )


NUMBERS = {
    "IntegerField",
    "BigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "DecimalField",
    "FloatField",
}


def is_number(model: Any, name: str) -> bool:
    """Whether a column of this table, or of one it follows, holds numbers: its heading then stands above them."""
    head, _dot, rest = name.partition("__")
    field: Any = next((f for f in model._meta.get_fields() if f.name == head), None)
    if field is None or (rest and not field.related_model):
        return False
    if rest:
        return is_number(field.related_model, rest)
    return bool(field.concrete) and field.get_internal_type() in NUMBERS and not field.choices
