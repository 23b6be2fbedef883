"""What would happen if one member were merged into another: which rows follow, which stay, and what forbids it."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from huiguan.records import Merged, RecordQuerySet
from tenants.members.models import Member


@dataclass(frozen=True)
class Rows:
    """The rows of one kind that point to the member that goes."""

    model: type[models.Model]
    name: str  # of the field that points
    follow: list[Any] = field(default_factory=list)
    stay: list[Any] = field(default_factory=list)  # the other has the same already
    clash: list[Any] = field(default_factory=list)  # both have one, and neither may be dropped

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


def rows_of(kept: Member, gone: Member) -> list[Rows]:
    """Found through the models, whatever capability they belong to."""
    found = [_sorted_out(model, name, kept, gone) for model, name in references()]
    return [rows for rows in found if rows.follow or rows.stay or rows.clash]


def references() -> Iterator[tuple[Any, str]]:
    """Every field of every model that points to a member, and goes with it."""
    for relation in Member._meta.get_fields(include_hidden=True):
        is_pointed_at = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if is_pointed_at and getattr(relation.related_model, "when_merged", Merged.FOLLOWS) is not Merged.STAYS:
            yield relation.related_model, relation.field.name  # type: ignore[union-attr]


def refusals(kept: Member, gone: Member, rows: list[Rows]) -> list[str]:
    """Why they must not be merged, in words; empty when they may be."""
    found = []
    if kept.credit_code and gone.credit_code and kept.credit_code != gone.credit_code:
        found.append(_("They have two different credit codes: these are two firms. Correct the wrong code first."))
    if kept.chamber_id and gone.chamber_id and kept.chamber_id != gone.chamber_id:
        found.append(_("They are two different chambers on the platform."))
    if kept.status != Member.Status.ACTIVE and gone.status == Member.Status.ACTIVE:
        found.append(_("Keep the one that is a member now, not the one that left."))
    for each in rows:
        for row in each.clash:
            said = _("Both have “{record}” ({kind}), and only one may. Settle that first.")
            found.append(said.format(record=row, kind=each.model._meta.verbose_name))
    return found


def of_model(model: Any) -> RecordQuerySet:
    """All rows, also those that a model's own manager hides, with the trail of every change."""
    return RecordQuerySet(model)


def _sorted_out(model: Any, name: str, kept: Member, gone: Member) -> Rows:
    rows = Rows(model, name)
    for row in of_model(model).filter(**{name: gone}):
        if not _would_be_second(row, name, kept):
            rows.follow.append(row)
        elif model.when_merged is Merged.ONE_STAYS:
            rows.stay.append(row)
        else:
            rows.clash.append(row)
    return rows


def _would_be_second(row: Any, name: str, kept: Member) -> bool:
    """Whether a rule that allows one of a kind would be broken if the row pointed to the other member."""
    moved = copy.copy(row)
    setattr(moved, name, kept)
    if row._meta.get_field(name).unique:
        return bool(of_model(type(row)).filter(**{name: kept}).exists())
    rules = [c for c in row._meta.constraints if isinstance(c, models.UniqueConstraint) and name in c.fields]
    try:
        for rule in rules:
            rule.validate(type(row), moved)
    except ValidationError:
        return True
    return False
