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
    """Relations that the columns read."""
    names = {*resource.list_fields, *resource.detail_fields}
    fields = resource.model._meta.get_fields()
    single = {f.name for f in fields if f.is_relation and (f.many_to_one or f.one_to_one) and f.concrete}
    return sorted({n.split("__")[0] for n in names} & single)


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
