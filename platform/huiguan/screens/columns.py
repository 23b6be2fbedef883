"""What can be done with the columns of a list: sort by them, and read what they follow all at once."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist


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


def _path(model: Any, name: str) -> str:
    """The part of a dotted name that leads from record to record: `charge__member` of `charge__member__name`."""
    steps: list[str] = []
    for part in name.split("__"):
        field = next((f for f in model._meta.concrete_fields if f.name == part and f.is_relation), None)
        if field is None:
            break
        steps.append(part)
        model = field.related_model
    return "__".join(steps)


def is_number(model: Any, name: str) -> bool:
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
