"""Many rows at once, at a fraction of an INSERT's or a CASE's cost: new ones by COPY, known ones by one UPDATE."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models
from psycopg import sql

WORTH_IT = 100  # rows; for fewer, an ordinary statement is as quick


def insert(records: Sequence[models.Model], using: str = "default") -> None:
    """New records whose every value is known, of a table that tells nothing back."""
    if can_copy(records):
        copy_in(records, using)
    else:
        type(records[0])._base_manager.using(using).bulk_create(records)


def can_copy(records: Sequence[models.Model]) -> bool:
    """COPY takes values: no expressions, and nothing that the database makes up and tells back."""
    if len(records) < WORTH_IT:
        return False
    meta = type(records[0])._meta
    made_there = [f for f in meta.concrete_fields if f.generated or f.db_returning or f.has_db_default()]
    return not made_there and not has_expressions(records, [field.attname for field in meta.concrete_fields])


def has_expressions(records: Sequence[models.Model], names: Sequence[str]) -> bool:
    """Whether a value is one that only the database can tell, such as F("price") + 1."""
    return any(hasattr(record.__dict__.get(name), "resolve_expression") for record in records for name in names)


def copy_in(records: Sequence[models.Model], using: str) -> None:
    """Insert new records of one table. Errors are Django's, as those of an INSERT."""
    connection = connections[using]
    meta: Any = type(records[0])._meta
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in meta.concrete_fields)
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(meta.db_table), columns)
    rows: Iterable[list[Any]] = (_row(record, meta.concrete_fields, connection) for record in records)
    if any(getattr(field, "is_encrypted", False) for field in meta.concrete_fields):
        rows = list(rows)  # keys may have to be asked for, and while it copies the connection does nothing else
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update_many(records: Sequence[models.Model], names: Sequence[str], using: str) -> None:
    """Write what `names` hold now, each record its own values."""
    connection = connections[using]
    meta: Any = type(records[0])._meta
    fields = [meta.pk, *(meta.get_field(name) for name in names)]
    columns = [sql.Identifier(field.column) for field in fields]
    types = [_type(field, connection) for field in fields]
    statement = sql.SQL("update {} as kept set {} from unnest({}) as given ({}) where kept.{} = given.{}").format(
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(_assigned(column, kind) for column, kind in zip(columns[1:], types[1:], strict=True)),
        sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL("text" if _is_array(t) else t)) for t in types),
        *(sql.SQL(", ").join(columns), columns[0], columns[0]),
    )
    values = [[f.get_db_prep_save(_held(f, r), connection) for r in records] for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [_unnestable(v, t) for v, t in zip(values, types, strict=True)])


def _row(record: models.Model, fields: Sequence[Any], connection: Any) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(record, add=True), connection) for field in fields]


def _held(field: Any, record: models.Model) -> Any:
    """Encrypted for the record where the field is."""
    return field.pre_save(record, False) if getattr(field, "is_encrypted", False) else getattr(record, field.attname)


def _type(field: Any, connection: Any) -> str:
    """Without its length: a cast would cut a text that is too long, where an assignment refuses it."""
    name, _bracket, rest = str(field.db_type(connection)).partition("(")
    return f"{name}[]" if rest.endswith("[]") else name


def _is_array(kind: str) -> bool:
    return kind.endswith("[]")


def _unnestable(values: list[Any], kind: str) -> list[Any]:
    """An array of arrays would have to be a rectangle, and would be taken apart to its elements: they go as JSON."""
    if not _is_array(kind):
        return values
    return [None if value is None else json.dumps(value, cls=DjangoJSONEncoder) for value in values]


def _assigned(column: sql.Identifier, kind: str) -> sql.Composed:
    if not _is_array(kind):
        return sql.SQL("{0} = given.{0}").format(column)
    elements = sql.SQL("array(select jsonb_array_elements_text(given.{}::jsonb))::{}").format(column, sql.SQL(kind))
    return sql.SQL("{0} = case when given.{0} is not null then {1} end").format(column, elements)
