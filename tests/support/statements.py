"""Watches what the suite sends to PostgreSQL: each statement stays in one schema, as Citus wants it of its shards.

The rules are those of the engine's design: no statement names tables of a chamber and of `public`, or two chambers; a
chamber's rows are not inserted by a query, nor changed by a volatile function. Each text is looked at once.
"""

import re
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.utils import CursorWrapper

WORD = re.compile(r"\w+")
SCHEMA = re.compile(r"\bch_[0-9a-f]{32}(?=\"?\.)")  # not a role, which has the same name
VOLATILE = re.compile(r"\b(random|gen_random_uuid|uuidv7|clock_timestamp|nextval|current_setting)\s*\(", re.IGNORECASE)
INSERT, UPDATE = re.compile(r"\s*insert\b", re.IGNORECASE), re.compile(r"\s*update\b", re.IGNORECASE)
SUBQUERY = re.compile(r"\bselect\b(?! \* from unnest\()", re.IGNORECASE)  # of what was given with it: no table is read
ALLOWED: dict[str, str] = {}  # a word of the statement, and why it may cross


class Watch:
    """`seen` are the texts by the schema they were bound to; `broken` what was wrong with some since the last look."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.broken: list[str] = []

    def look_at(self, statement: str, schema: str) -> None:
        if (key := (schema if "ch_" in statement else schema[:3], statement)) in self.seen:
            return
        self.seen.add(key)
        if wrong := fault_of(statement, schema):
            self.broken.append(f"{wrong}, bound to {schema}: {statement[:2000]}")

    def take_broken(self) -> list[str]:
        """What was found since this was last asked."""
        found, self.broken = self.broken, []
        return found


def fault_of(statement: str, schema: str) -> str:
    """What is wrong with a statement that works in `schema`; empty when nothing is."""
    words = set(WORD.findall(statement))
    if words & ALLOWED.keys():
        return ""
    inside, outside = words & tables_of_chambers(), words & shared_tables()
    schemas = set(SCHEMA.findall(statement)) | ({schema} if inside and schema.startswith("ch_") else set())
    if inside and outside:
        return f"{sorted(inside)} of a chamber with {sorted(outside)} of public"
    if len(schemas) > 1:
        return f"{len(schemas)} chambers"
    if inside and INSERT.match(statement) and SUBQUERY.search(statement):
        return "rows of a chamber inserted by a query"
    if inside and UPDATE.match(statement) and VOLATILE.search(statement):
        return "rows of a chamber changed by a volatile function"
    return ""


@cache
def tables_of_chambers() -> frozenset[str]:
    return _tables(settings.TENANT_APPS)


@cache
def shared_tables() -> frozenset[str]:
    return _tables(settings.SHARED_APPS)


def _tables(names: list[str]) -> frozenset[str]:
    found = (config for config in apps.get_app_configs() if config.name in names)
    return frozenset(model._meta.db_table for config in found for model in config.get_models(include_auto_created=True))


def watch(found: Watch) -> None:
    """Everything that a cursor of Django's has run, in every thread of this process, to its end.

    What the database refuses worked nowhere: tests of the walls may try what they like.
    """
    for name in ("execute", "executemany"):
        _put_behind(name, found)


def _put_behind(name: str, found: Watch) -> None:
    plain = getattr(CursorWrapper, name)

    def looked_at(self: Any, statement: Any, *given: Any, **options: Any) -> Any:
        schema = self.db.schema_name
        done = plain(self, statement, *given, **options)
        found.look_at(statement if isinstance(statement, str) else repr(statement), schema)
        return done

    setattr(CursorWrapper, name, looked_at)
