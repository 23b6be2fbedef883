"""What every table stands on: a key made in time order, two times, and a trail of each change.

A chamber's record remembers the schema it was loaded from. UUID keys mean that a stray key hits nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Self, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.utils.timezone import now

from huiguan import bulk, deleting, trail
from huiguan.actors import current_actor
from huiguan.ciphers.fields import settle
from huiguan.keys import uuid7
from huiguan.personal import OnErasure, Personal
from huiguan.tenancy.binding import current_schema
from huiguan.tenancy.places import PUBLIC

TrailWords = dict[str, Callable[[Any], str]]


class Merged(StrEnum):
    """What becomes of a row when the record it points to is merged into another."""

    FOLLOWS = "follows"  # points to the other; where only one is allowed and both have one, the merge is refused
    ONE_STAYS = "one stays"  # the same, but the second of two is left with the record that goes
    STAYS = "stays"  # with the record that goes


class InAnotherChamber(RuntimeError):
    """A record or queryset of one chamber was used in another."""


class TrailedQuerySet(models.QuerySet[Any]):
    """Bulk changes leave the same trail as single ones."""

    def update(self, **values: Any) -> int:
        if current_actor().member_id is not None:
            _require_own(self)
        if not self.model.is_trailed:
            return super().update(**values)
        told = set(values) - self.model.trail_excludes
        names = [name for name in values if name in told and _is_concrete(self.model, name)]
        with transaction.atomic():
            trail.take_turn()
            before = list(self.order_by().select_for_update(of=("self",)).values("pk", *names))
            changed = super().update(**{"changed_at": now(), **values})
            after = self.model._base_manager.filter(pk__in=[row["pk"] for row in before]).values("pk", *names)
            trail.record_updates(self.model, before, list(after))
        return changed

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        _require_own(objs := list(objs))
        if self.model.is_trailed and kwargs.get("update_conflicts"):
            raise trail.Untraceable("what a row was before cannot be told: save the records one by one")
        with transaction.atomic(savepoint=self.model.is_trailed):  # one statement needs none
            if self.model.is_trailed:
                trail.take_turn()
            made = super().bulk_create(objs, *args, **kwargs)
            if self.model.is_trailed:
                trail.record_many("created", self._written(made) if kwargs.get("ignore_conflicts") else made)
        return made

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None, verb: str = "changed"
    ) -> int:
        """Each record its own values, in one statement; `verb` names the change when it is more than an edit."""
        records, names = list(objs), list(fields)
        _require_own(records)
        if bulk.has_expressions(records, names):
            return super().bulk_update(records, names, batch_size)
        with transaction.atomic():
            if self.model.is_trailed:
                trail.take_turn()
            before = self._held(records, names)
            there = [record for record in records if record.pk in before]
            if not there:
                return 0
            for record in there:
                record.changed_at = now()
            bulk.update_many(there, [*names, "changed_at"], self.db)
            if self.model.is_trailed:
                trail.record_changes(verb, there, before)
        return len(there)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_own(going := list(self))
        deleted = deleting.delete(going, self.db)
        self._result_cache = None
        return deleted

    def _batched_insert(self, objs: list[Any], *args: Any, on_conflict: Any = None, **kwargs: Any) -> list[Any]:
        """Django's own step of `bulk_create`: many new rows go in by COPY."""
        if on_conflict is None and bulk.can_copy(objs):
            bulk.copy_in(objs, self.db)
            return []
        return super()._batched_insert(objs, *args, on_conflict=on_conflict, **kwargs)  # type: ignore[misc, no-any-return]

    def _held(self, records: list[Any], names: list[str]) -> dict[Any, dict[str, Any]]:
        """What the database holds of records of this queryset now, by key, locked until the change is done."""
        attributes = [self.model._meta.get_field(name).attname for name in names]
        rows = self.filter(pk__in=[record.pk for record in records]).order_by().select_for_update(of=("self",))
        return {row["pk"]: row for row in rows.values("pk", *attributes)}

    def _written(self, made: list[Any]) -> list[Any]:
        """Those that no conflict kept out."""
        found = self.model._base_manager.filter(pk__in=[record.pk for record in made])
        keys = set(found.values_list("pk", flat=True))
        return [record for record in made if record.pk in keys]


class RecordQuerySet(TrailedQuerySet):
    """Remembers the schema of its first use and refuses to be used in another (trap T6)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._schema = None if current_schema() == PUBLIC else current_schema()

    @property
    def query(self) -> Any:
        self._refuse_elsewhere()
        return models.QuerySet.query.fget(self)  # type: ignore[attr-defined]

    @query.setter
    def query(self, value: Any) -> None:
        models.QuerySet.query.fset(self, value)  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        self._refuse_elsewhere()
        made = super().bulk_create(objs, *args, **kwargs)
        for record in made:
            record._schema = current_schema()
        return made

    def _clone(self) -> Self:
        copy = super()._clone()  # type: ignore[misc]
        copy._schema = self._schema or copy._schema
        return cast(Self, copy)

    def _fetch_all(self) -> None:
        self._refuse_elsewhere()
        self._schema = current_schema()
        super()._fetch_all()

    def _refuse_elsewhere(self) -> None:
        if self._schema is not None and self._schema != current_schema():
            raise InAnotherChamber(
                f"a queryset of {self.model.__name__} of {self._schema} was used in {current_schema()}"
            )


class Trailed(models.Model):
    """Key, times and trail, for chamber and federation alike."""

    is_trailed: ClassVar[bool] = True
    trail_excludes: ClassVar[frozenset[str]] = frozenset({"changed_at", "created_at"})
    trail_words: ClassVar[TrailWords] = {}  # how a field that keeps codes is told to people
    when_merged: ClassVar[Merged] = Merged.FOLLOWS
    personal: ClassVar[Mapping[str, Personal]] = {}  # fields that identify a person (huiguan.personal)
    erasure: ClassVar[OnErasure | None] = None  # what becomes of it with the person it speaks of
    guarded: ClassVar[Mapping[str, str]] = {}  # fields that are for the eyes of those who hold a permission

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, verb: str = "", facts: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """Save and leave a trail; `verb` and `facts` name the change when it is more than an edit."""
        current_actor().require_own(self)
        self.changed_at = now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "changed_at"}
        if not self.is_trailed:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            trail.take_turn()
            before = None if self._state.adding else trail.stored(self)
            super().save(*args, **kwargs)
            changes = trail.changes_of(self, before, kwargs.get("update_fields"))
            trail.record(self, verb or ("changed" if before else "created"), changes, facts)

    def trail_text(self) -> str:
        """What the trail calls it: never a person's whole name or number."""
        return str(self)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        current_actor().require_own(self)
        return deleting.delete([self], using or self._state.db)


class Record(Trailed):
    """A table of a chamber's schema."""

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordQuerySet)()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **how: Any) -> Self:
        record = super().from_db(db, field_names, values, **how)
        record._schema = current_schema()
        settle(record)
        return record

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_elsewhere()
        super().save(*args, **kwargs)
        self._schema = current_schema()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_elsewhere()
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_elsewhere()
        super().refresh_from_db(*args, **kwargs)

    def _refuse_elsewhere(self) -> None:
        loaded_in = getattr(self, "_schema", None)
        if loaded_in is not None and loaded_in != current_schema():
            raise InAnotherChamber(f"{type(self).__name__} of {loaded_in} was used in {current_schema()}")


class SharedRecord(Trailed):
    """A table of public: the federation's, billing's, the API's. Its trail is the journal."""

    objects: ClassVar[Any] = models.Manager.from_queryset(TrailedQuerySet)()

    class Meta:
        abstract = True


def _require_own(records: Iterable[Any]) -> None:
    actor = current_actor()
    for record in records:
        actor.require_own(record)


def _is_concrete(model: type[models.Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).concrete
    except FieldDoesNotExist:
        return False
