"""Deletes records with all that goes with them; each that goes or is only let go of leaves its own entry."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.deletion import Collector

from huiguan import trail
from huiguan.tenancy.binding import current_place


def delete(records: Sequence[models.Model], using: str | None) -> tuple[int, dict[str, int]]:
    """As Django's own, from one look at what hangs on the records. Raises ProtectedError; then nothing has happened."""
    if not records:
        return 0, {}
    with transaction.atomic(using=using):
        if getattr(records[0], "is_trailed", False):
            trail.take_turn()
        collector = Collector(using=using or "default", origin=records[0])
        collector.collect(records)
        _collect_files(collector)
        going = _going(collector)
        for instances in going:
            if getattr(instances[0], "is_trailed", False):
                trail.record_many("deleted", instances)
        _let_go(collector)
        _let_files_go(going)
        return collector.delete()


def _collect_files(collector: Any) -> None:
    """A record's files go with it."""
    if current_place() != "chamber":
        return
    keys = [instance.pk for instances in _going(collector) for instance in instances]
    if files := list(apps.get_model("files", "KeptFile").objects.filter(about_id__in=keys)):
        collector.collect(files)


def _let_files_go(going: Iterable[list[Any]]) -> None:
    from huiguan.files.keeping import let_go
    from huiguan.files.models import KeptFile

    let_go(each for instances in going for each in instances if isinstance(each, KeptFile))


def _going(collector: Any) -> list[list[Any]]:
    """By model; what would be deleted without being read is read, when it must be told."""
    unread = (rows for rows in collector.fast_deletes if getattr(rows.model, "is_trailed", False))
    found = chain(collector.data.values(), unread)
    return [instances for instances in map(list, found) if instances]


def _let_go(collector: Any) -> None:
    """Records that lose a reference to one that goes."""
    for (field, value), groups in collector.field_updates.items():
        if getattr(field.model, "is_trailed", False):
            for instance in chain.from_iterable(groups):
                trail.record(instance, "changed", {field.attname: [getattr(instance, field.attname), value]}, None)
