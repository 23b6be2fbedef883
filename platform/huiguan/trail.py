"""The audit trail: written by the mechanism in the transaction of the change, each entry chained to the one before it.

A chamber's entries are in its schema (`huiguan.audit`), the federation's and the site's in `huiguan.journal`.
The application's roles may insert entries and read them, never change or remove them. [004 自律规范: 留痕]
"""

import datetime
import json
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from huiguan import bulk
from huiguan.actors import current_actor
from huiguan.entries import TrailEntry
from huiguan.personal import for_the_trail
from huiguan.tenancy.binding import current_place, engine

Changes = dict[str, list[Any]]
Rows = list[tuple[Any, str, str, "Changes", dict[str, Any]]]
NOWHERE = uuid.UUID(int=0)
MOST_NAMED = 200  # records that a bulk change names; of more it keeps the keys
_THE_SAME = frozenset({str, int, bool, type(None)})  # whatever is not among these two takes the way through JSON
_AS_TEXT: Mapping[type, Callable[[Any], str]] = {uuid.UUID: str, datetime.date: datetime.date.isoformat}


class Untraceable(TypeError):
    """A way of writing whose changes cannot be told; nothing was written."""


def take_turn() -> None:
    """Wait for the end of the chain before touching any row: all who write wait here, so no two wait for each other."""
    book = _book_here()
    _lock_head(apps.get_model(book, "Head"), _scope(book))


def try_turn() -> bool:
    """The same without waiting: False while somebody writes, or nobody may. For what may as well be done later."""
    book = _book_here()
    head = apps.get_model(book, "Head")._base_manager.filter(scope=_scope(book)).select_for_update(skip_locked=True)
    return not engine().is_read_only and head.first() is not None


def last_number() -> int:
    """How many entries the chain of this place has: another number, and something was changed."""
    book = _book_here()
    head = apps.get_model(book, "Head")._base_manager.filter(scope=_scope(book))
    return int(head.values_list("number", flat=True).first() or 0)


def record(instance: Any, verb: str, changes: Changes, facts: dict[str, Any] | None) -> None:
    """Add one entry for `instance`. An edit that changed nothing leaves none."""
    if changes or verb != "changed":
        _append(type(instance), [(instance.pk, _text(instance), verb, changes, facts or {})])


def record_many(verb: str, instances: Sequence[Any]) -> None:
    """One entry for each of many records, in one insert."""
    rows: Rows = [(i.pk, _text(i), verb, values_of(i, created=verb == "created"), {}) for i in instances]
    if rows:
        _append(type(instances[0]), rows)


def record_changes(verb: str, instances: Sequence[Any], before: Mapping[Any, dict[str, Any]]) -> None:
    """One entry for each of many records that is now another than `before` (by key) says."""
    changes = ((i, _differences(i, before[i.pk])) for i in instances if i.pk in before)
    rows: Rows = [(i.pk, _text(i), verb, changed, {}) for i, changed in changes if changed]
    if rows:
        _append(type(instances[0]), rows)


def record_updates(model: type[models.Model], before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """One entry for each row that a bulk update changed."""
    now_is = {row["pk"]: row for row in after}
    names = _names(model, list(now_is)[:MOST_NAMED])
    rows: Rows = []
    for row in before:
        new = now_is.get(row["pk"], {})
        changes = {k: [row[k], new.get(k)] for k in row if k != "pk" and row[k] != new.get(k)}
        if changes:
            rows.append((row["pk"], names.get(row["pk"], ""), "changed", changes, {}))
    if rows:
        _append(model, rows)


def record_export(model: type[models.Model], rows: int, query: str) -> None:
    """Who took a list out of the house, and which: kept under the key of the place that it left."""
    actor = current_actor()
    place = actor.chamber_id or actor.federation_id or NOWHERE
    said = str(model._meta.verbose_name_plural)[:200]
    _append(model, [(place, said, "exported", {}, {"rows": rows, "query": query[:500]})])


def stored(instance: Any) -> dict[str, Any] | None:
    """What the database holds of a record now, locked until the change is done: what was loaded may be long past."""
    rows = type(instance)._base_manager.filter(pk=instance.pk).select_for_update(no_key=True)
    row: dict[str, Any] | None = rows.values(*(name for name, _value in _fields(instance))).first()
    return row


def changes_of(instance: Any, before: dict[str, Any] | None, written: Collection[str] | None = None) -> Changes:
    """Field by field, before and after. `written` names the fields that were saved; None is all of them."""
    if before is None:
        return values_of(instance, created=True)
    saved = {f.attname for f in instance._meta.concrete_fields if written is None or {f.name, f.attname} & {*written}}
    return {f: [before[f], v] for f, v in _fields(instance) if f in saved and _differs(before[f], v)}


def values_of(instance: Any, *, created: bool = False) -> Changes:
    """All values of a record, as what it began or ended with."""
    return {f: [None, v] if created else [v, None] for f, v in _fields(instance) if v not in (None, "", [], {})}


def _differences(instance: Any, before: dict[str, Any]) -> Changes:
    told = {name for name in before if name not in instance.trail_excludes}
    return {f: [before[f], v] for f, v in _fields(instance) if f in told and _differs(before[f], v)}


def _text(instance: Any) -> str:
    return str(instance.trail_text()) if hasattr(instance, "trail_text") else str(instance)


def _names(model: type[models.Model], keys: list[Any]) -> dict[Any, str]:
    return {record.pk: _text(record) for record in model._base_manager.filter(pk__in=keys)}


def _append(model: Any, rows: Rows) -> None:
    book = _book_here()
    entry_class, head_class = apps.get_model(book, "Entry"), apps.get_model(book, "Head")
    with transaction.atomic(savepoint=False):
        head = _lock_head(head_class, _scope(book))
        entries = list(_chained(entry_class, model, rows, head))
        bulk.insert(entries)
        head.save(force_update=True)


def _book_here() -> str:
    """A chamber's records can be written in the chamber alone, and public ones nowhere else."""
    return "audit" if current_place() == "chamber" else "journal"


def _lock_head(head_class: Any, scope: str) -> Any:
    heads = head_class._base_manager.select_for_update()
    head = heads.filter(scope=scope).first()
    if head is None:
        head_class._base_manager.bulk_create([head_class(scope=scope)], ignore_conflicts=True)
        head = heads.get(scope=scope)
    return head


def _chained(entry_class: Any, model: Any, rows: list[Any], head: Any) -> Iterator[TrailEntry]:
    actor = current_actor()
    who = actor.person_id or actor.contact_id
    for record_id, text, verb, changes, facts in rows:
        head.number += 1
        entry = entry_class(scope=head.scope, number=head.number, actor_id=who, actor=actor.name[:120])
        entry.verb, entry.model, entry.record_id, entry.record_text = verb, model._meta.label, record_id, text[:200]
        entry.changes = _plain(for_the_trail(model, changes))
        entry.facts, entry.previous = _plain(facts), head.digest
        head.digest = entry.digest = entry.computed_digest()
        yield entry


def _scope(book: str) -> str:
    """One chain per chamber, one per federation, one for the site."""
    if book == "audit":
        return ""
    federation = current_actor().federation_id
    return str(federation) if federation and current_place() == "federation" else "site"


def _fields(instance: Any) -> Iterator[tuple[str, Any]]:
    model: Any = type(instance)
    held = instance.__dict__
    return ((name, held[name]) for name in _told(model) if name in held)


@cache
def _told(model: Any) -> tuple[str, ...]:
    fields = (f for f in model._meta.concrete_fields if not f.primary_key)
    return tuple(f.attname for f in fields if f.attname not in model.trail_excludes)


def _differs(before: Any, after: Any) -> bool:
    """A date that is still written as text is the same date."""
    return bool(before != after) and _plain(before) != _plain(after)


def _plain(value: Any) -> Any:
    """As JSON will give it back, so that the digest can be computed again from the row."""
    kind = type(value)
    if kind in _THE_SAME:
        return value
    if kind in _AS_TEXT:
        return _AS_TEXT[kind](value)
    if isinstance(value, str):  # a choice, or a text marked as safe
        return str.__str__(value)
    if kind is list:
        return [_plain(each) for each in value]
    if kind is dict and all(type(name) is str for name in value):
        return {name: _plain(each) for name, each in value.items()}
    return json.loads(json.dumps(value, cls=_Encoder), parse_float=_kept_number)


def _kept_number(text: str) -> float:
    """PostgreSQL keeps the digits of a number: it gives 1e16 back as an integer, and zero without its sign."""
    number = float(text)
    return int(Decimal(text)) if abs(number) >= 1e16 else number or 0.0


class _Encoder(DjangoJSONEncoder):
    """Whatever has no JSON form is written as its text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)
