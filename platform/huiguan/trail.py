"""The audit trail: written by the mechanism in the transaction of the change, each entry chained to the one before it.

A chamber's entries are in its schema (`huiguan.audit`), the federation's and the site's in `huiguan.journal`.
The application's roles may insert entries and read them, never change or remove them. [004 自律规范: 留痕]
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiguan.actors import current_actor
from huiguan.keys import uuid7
from huiguan.tenancy.binding import current_place

Changes = dict[str, list[Any]]
Rows = list[tuple[Any, str, str, "Changes", dict[str, Any]]]
START = "0" * 64
MOST_NAMED = 200  # records that a bulk change names; of more it keeps the keys


class Untraceable(TypeError):
    """A way of writing whose changes cannot be told; nothing was written."""


class TrailEntry(models.Model):
    """One change: who, what, when, before and after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.CharField(max_length=40, default="")
    number = models.BigIntegerField()
    at = models.DateTimeField(_("when"), default=now)
    actor_id = models.UUIDField(null=True)
    actor = models.CharField(_("who"), max_length=120)
    verb = models.CharField(_("action"), max_length=60)
    model = models.CharField(_("kind of record"), max_length=80)
    record_id = models.UUIDField()
    record_text = models.CharField(_("record"), max_length=200)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def verb_label(self) -> str:
        """The verb in a person's words: a move's own label, or the plain word."""
        from huiguan.screens.history import verb_label

        return verb_label(_model_of(self.model), self.verb)

    verb_label.short_description = _("What happened")  # type: ignore[attr-defined]

    def kind_label(self) -> str:
        """What kind of record it was, in a person's words."""
        model = _model_of(self.model)
        return str(model._meta.verbose_name) if model else self.model

    kind_label.short_description = _("kind of record")  # type: ignore[attr-defined]

    def what_changed(self) -> str:
        from huiguan.screens.history import changes_in

        model = _model_of(self.model)
        said = changes_in(model, self.changes) if model else []
        return "；".join(f"{each['label']}：{each['before'] or '—'} → {each['after'] or '—'}" for each in said)

    what_changed.short_description = _("Changes")  # type: ignore[attr-defined]

    def computed_digest(self) -> str:
        """SHA-256 over the entry's content and the digest before it."""
        said = [self.scope, self.number, self.at, self.actor_id, self.actor, self.verb, self.model, self.record_id]
        said += [self.record_text, self.changes, self.facts, self.previous]
        return hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


class TrailHead(models.Model):
    """The end of a chain: locked while an entry is added, so that numbers have no gap."""

    scope = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=START)

    class Meta:
        abstract = True


def record(instance: Any, verb: str, changes: Changes, facts: dict[str, Any] | None) -> None:
    """Add one entry for `instance`. An edit that changed nothing leaves none."""
    if changes or verb != "changed":
        _append(type(instance), [(instance.pk, str(instance), verb, changes, facts or {})])


def record_many(verb: str, instances: Sequence[Any]) -> None:
    """One entry for each of many records, in one insert."""
    rows: Rows = [(i.pk, str(i), verb, values_of(i, created=verb == "created"), {}) for i in instances]
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


def first_break(entries: Iterable[TrailEntry]) -> TrailEntry | None:
    """The first entry of one chain that does not fit: changed, removed or added by other means; None if it is whole."""
    previous = START
    for number, entry in enumerate(entries, start=1):
        if (entry.number, entry.previous, entry.digest) != (number, previous, entry.computed_digest()):
            return entry
        previous = entry.digest
    return None


def _names(model: type[models.Model], keys: list[Any]) -> dict[Any, str]:
    return {record.pk: str(record) for record in model._base_manager.filter(pk__in=keys)}


def _model_of(label: str) -> Any:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _append(model: Any, rows: Rows) -> None:
    from huiguan.records import Record

    book = "audit" if issubclass(model, Record) else "journal"
    entry_class, head_class = apps.get_model(book, "Entry"), apps.get_model(book, "Head")
    with transaction.atomic(savepoint=False):
        head = _lock_head(head_class, _scope(book))
        entries = list(_chained(entry_class, model, rows, head))
        entry_class._base_manager.bulk_create(entries, batch_size=1000)
        head.save(force_update=True)


def _lock_head(head_class: Any, scope: str) -> Any:
    heads = head_class._base_manager.select_for_update()
    head = heads.filter(scope=scope).first()
    if head is None:
        head_class._base_manager.bulk_create([head_class(scope=scope)], ignore_conflicts=True)
        head = heads.get(scope=scope)
    return head


def _chained(entry_class: Any, model: Any, rows: list[Any], head: Any) -> Iterator[TrailEntry]:
    actor = current_actor()
    for record_id, text, verb, changes, facts in rows:
        head.number += 1
        entry = entry_class(scope=head.scope, number=head.number, actor_id=actor.person_id, actor=actor.name[:120])
        entry.verb, entry.model, entry.record_id, entry.record_text = verb, model._meta.label, record_id, text[:200]
        entry.changes, entry.facts, entry.previous = _plain(changes), _plain(facts), head.digest
        head.digest = entry.digest = entry.computed_digest()
        yield entry


def _scope(book: str) -> str:
    """One chain per chamber, one per federation, one for the site."""
    if book == "audit":
        return ""
    federation = current_actor().federation_id
    return str(federation) if federation and current_place() == "federation" else "site"


def _fields(instance: Any) -> Iterator[tuple[str, Any]]:
    excluded = instance.trail_excludes
    for field in instance._meta.concrete_fields:
        if field.attname in instance.__dict__ and field.attname not in excluded and not field.primary_key:
            yield field.attname, instance.__dict__[field.attname]


def _differs(before: Any, after: Any) -> bool:
    """A date that is still written as text is the same date."""
    return bool(before != after) and _plain(before) != _plain(after)


def _plain(value: Any) -> Any:
    """As JSON will give it back, so that the digest can be computed again from the row."""
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
