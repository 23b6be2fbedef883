"""Rows whose every word says whose it is: `CNRY-<mark>-<model>-<key>-<field>`. Found elsewhere, it is a leak."""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction

from huiguan.verifying.samples import sample, value_of

WORD = re.compile(rb"CNRY-([0-9a-z]+)-", re.IGNORECASE)
SHORTEST = 12  # characters that a mark needs
TIMES = ("created_at", "changed_at")
# Words that the house reads as its own codes: another word there is an error of the row, and not of the page.
CODES = frozenset(
    {
        *("files.KeptFile.purpose", "files.KeptFile.about_model", "files.KeptFile.content_type"),
        *("files.KeptFile.object_name", "papers.Counter.series", "own.Mailing.to", "deliveries.Delivery.parameters"),
        *("deliveries.Preference.channels", "own.Link.seal", "dues.ReminderRule.channels", "dues.OnlineTerms.ways"),
        *("members.BulkEdit.field", "members.Proposal.field", "members.Segment.query", "members.Member.departments"),
        *("value.Report.content", "dues.BankStatement.problems", "dues.StatementLine.allocations"),
        *("dues.StatementLine.candidates", "dues.StatementLine.batches", "dues.StatementLine.reasons"),
        *("dues.Receipt.lines", "dues.OnlinePayment.parts", "members.Member.paid_before", "members.ImportedRow.fields"),
        *("members.RegisterImport.sheets", "members.RegisterImport.mapping", "members.ImportedRow.problems"),
        *("members.ImportedRow.written", "members.ImportedRow.extras", "members.ImportedRow.before"),
    }
)


def marks_in(content: bytes) -> set[str]:
    """Whose words stand in it."""
    return {found.decode().lower() for found in WORD.findall(content)}


@dataclass
class Filler:
    """Makes one row of each model in the place that is bound, each pointing to the others, marked with `mark`.

    `given` are values by the name of a field (`chamber_id`, `files.KeptFile.kind`); `rows` is what there is, by the
    model's label; `marked` which fields of it hold a word; `plain` the models of which none does.
    """

    mark: str
    given: Mapping[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    marked: dict[str, list[str]] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)

    def fill(self, each: list[type[models.Model]]) -> None:
        for model in each:
            self.row(model)

    def row(self, model: type[models.Model]) -> Any:
        """The one of this model; made with all its words, or with fewer where a rule of its table wants that."""
        label = model._meta.label
        if label not in self.rows:
            self.rows[label] = None  # whoever points back while it is being made
            self.rows[label] = self._made(model)
        return self.rows[label]

    def _made(self, model: type[models.Model]) -> Any:
        for values in self._attempts(model):
            try:
                with transaction.atomic():
                    made = model(**values)
                    made.save(force_insert=True)
                    self._note(made)
                    return made
            except (DatabaseError, ValueError, TypeError, AttributeError):
                continue
        return self._found(model) or self._plain(model)

    def _found(self, model: type[models.Model]) -> Any:
        """The row that is there already, where only one may be; its words are replaced one by one."""
        where = {each.name: self._given(each) for each in _fields(model) if self._is_given(each)}
        found: Any = model._base_manager.filter(**where).first()
        for each in _fields(model) if found else []:
            if self._is_word(each):
                with suppress(DatabaseError, TypeError), transaction.atomic():
                    setattr(found, each.name, self._word(each, {"id": found.pk}))
                    models.QuerySet(model).filter(pk=found.pk).update(**{each.name: getattr(found, each.name)})
        if found:
            self._note(found)
        return found

    def _plain(self, model: type[models.Model]) -> Any:
        """A row without a mark, rather than none."""
        self.plain.append(model._meta.label)
        with transaction.atomic():
            known = {f.name for f in _fields(model) if f.is_relation or self._is_given(f)}
            return sample(model, **{name: value for name, value in self._needed(model).items() if name in known})

    def _attempts(self, model: type[models.Model]) -> Iterator[dict[str, Any]]:
        """All words and relations; without the relations that may be empty; the words that must be there."""
        needed, key = self._needed(model), {model._meta.pk.name: uuid.uuid4()} if _has_uuid(model) else {}
        words = {f.name: self._word(f, key) for f in _fields(model) if self._is_word(f)}
        yield {**needed, **self._related(model), **words, **key}
        yield {**needed, **words, **key}
        for left_out in words:  # most rules are about one or two fields
            yield {**needed, **{name: word for name, word in words.items() if name != left_out}, **key}
        for two in combinations(words, 2):
            yield {**needed, **{name: word for name, word in words.items() if name not in two}, **key}

    def _needed(self, model: type[models.Model]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for each in _fields(model):
            if self._is_given(each):
                found[each.name] = self._given(each)
            elif each.is_relation and not each.null:
                found[each.name] = self.row(each.related_model)
            elif not (each.is_relation or each.has_default() or each.null or each.blank):
                found[each.name] = value_of(each)
        return found

    def _is_given(self, each: Any) -> bool:
        return each.name in self.given or f"{each.model._meta.label}.{each.name}" in self.given

    def _given(self, each: Any) -> Any:
        return self.given.get(f"{each.model._meta.label}.{each.name}", self.given.get(each.name))

    def _related(self, model: type[models.Model]) -> dict[str, Any]:
        optional = [f for f in _fields(model) if _is_optional(f, model) and not self._is_given(f)]
        return {f.name: self.row(f.related_model) for f in optional}

    def _is_word(self, each: Any) -> bool:
        if f"{each.model._meta.label}.{each.name}" in CODES or each.choices or self._is_given(each):
            return False
        if isinstance(each, ArrayField):
            return isinstance(each.base_field, (models.CharField, models.TextField)) and not each.base_field.choices
        if isinstance(each, (models.JSONField, models.BinaryField)):
            return True
        return isinstance(each, (models.CharField, models.TextField)) and (each.max_length or 99) >= SHORTEST

    def _word(self, each: Any, key: Mapping[str, Any]) -> Any:
        """As many of its characters as fit: whose it is stands first."""
        label = each.model._meta.label
        word = f"CNRY-{self.mark}-{label}-{next(iter(key.values()), '')}-{each.name}"
        if isinstance(each, models.EmailField):
            return f"CNRY-{self.mark}-{each.model._meta.model_name}@example.com".lower()
        if isinstance(each, models.URLField):
            return f"https://example.com/{word}"[: each.max_length]
        if isinstance(each, ArrayField):
            return [word[: each.base_field.max_length]]
        if isinstance(each, models.JSONField):
            return {word: word} if each.default is dict else [word]
        return word.encode() if isinstance(each, models.BinaryField) else word[: each.max_length]

    def _note(self, made: Any) -> None:
        words = [
            f.name for f in _fields(type(made)) if self._is_word(f) and marks_in(repr(getattr(made, f.name)).encode())
        ]
        self.marked[made._meta.label] = words


def _fields(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not f.primary_key and f.name not in TIMES]


def _is_optional(each: Any, model: type[models.Model]) -> bool:
    return each.is_relation and each.null and each.related_model is not model


def _has_uuid(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.UUIDField)
