"""Merges one member into another, and takes it back: all of it or nothing, with a trail of every row."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.states import Facts
from tenants.members.merging import fields, planning
from tenants.members.models import Member, Merge
from tenants.members.models.members import forget_standings

UNDO_WITHIN = datetime.timedelta(days=30)
_encoder = DjangoJSONEncoder()


@transaction.atomic
def merge(*, kept: Member, gone: Member, chosen: Mapping[str, str], seen: str) -> Merge:
    """`seen` is what `state_of` said when a person decided. Raises ValidationError in words; then nothing happened."""
    current_actor().require("members.merge")
    trail.take_turn()
    kept, gone = _locked(kept.pk, gone.pk)
    if state_of(kept, gone) != seen:
        raise ValidationError(_("One of them was changed meanwhile. Look at both again."))
    rows = planning.rows_of(kept, gone)
    if refused := planning.refusals(kept, gone, rows):
        raise ValidationError(refused)
    changes = _take_over(kept, gone, fields.values(kept, gone, chosen))
    moved = {each.key: _follow(each, kept) for each in rows if each.follow}
    _hide(gone, kept)
    kept.save(verb="merged", facts={"gone": gone.name})
    return _kept_record(kept, gone, changes, moved)


@transaction.atomic
def dismiss(*, one: Member, other: Member) -> Merge:
    """They are not the same: it is not suggested again."""
    current_actor().require("members.merge")
    made = Merge(kept=one, gone=other, status=Merge.Status.DISMISSED, by=current_actor().name[:40])
    made.save()
    return made


def state_of(kept: Member, gone: Member) -> str:
    """What both are at this moment; another once either is changed."""
    return "|".join(f"{m.pk} {m.changed_at.isoformat()}" for m in (kept, gone))


def undo(record: Merge) -> Facts:
    """Called by the move. What was changed by people since then stays as they left it."""
    if now() - record.created_at > UNDO_WITHIN:
        raise ValidationError(_("A merge can be taken back for 30 days only."))
    kept, gone = _both(record)
    kept_as_is = _restore(kept, record.changes)
    gone.merged_into = None
    _refuse_second_code(kept, gone)
    kept.save(verb="separated", facts={"gone": gone.name})
    gone.save(verb="separated", facts={"kept": kept.name})
    for key, ids in record.moved.items():
        label, name = key.rsplit(".", 1)
        planning.of_model(apps.get_model(label)).filter(pk__in=ids, **{name: kept}).update(**{name: gone})
    for member in (kept, gone):
        member.save()
    return {"unchanged": kept_as_is}


def _locked(kept: Any, gone: Any) -> tuple[Member, Member]:
    found = {m.pk: m for m in Member.objects.select_for_update().filter(pk__in=[kept, gone]).order_by("pk")}
    if len(found) < 2:
        raise ValidationError(_("One of them was merged or deleted meanwhile. There is nothing left to merge."))
    return found[kept], found[gone]


def _take_over(kept: Member, gone: Member, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """By field: before, after, as they are kept for taking it back."""
    changes = {name: [_plain(getattr(kept, name)), _plain(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(kept, name, value)
    return changes


def _follow(rows: planning.Rows, kept: Member) -> list[str]:
    keys = [row.pk for row in rows.follow]
    planning.of_model(rows.model).filter(pk__in=keys).update(**{rows.name: kept})
    return [str(key) for key in keys]


def _hide(gone: Member, kept: Member) -> None:
    """Before the one that stays is saved: a code may be held by one member at a time."""
    gone.merged_into = kept
    gone.save(verb="merged", facts={"kept": kept.name})


def _kept_record(kept: Member, gone: Member, changes: Any, moved: Any) -> Merge:
    forget_standings({kept.pk, gone.pk})
    made = Merge(kept=kept, gone=gone, changes=changes, moved=moved, by=current_actor().name[:40])
    made.save()
    return made


def _both(record: Merge) -> tuple[Member, Member]:
    found = planning.of_model(Member).select_for_update(of=("self",)).filter(pk__in=[record.kept_id, record.gone_id])
    by_key = {member.pk: member for member in found.order_by("pk")}
    kept, gone = by_key[record.kept_id], by_key[record.gone_id]
    if kept.merged_into_id is not None or gone.merged_into_id != kept.pk:
        raise ValidationError(_("“{name}” was merged itself since then. Take that back first.").format(name=kept.name))
    return kept, gone


def _restore(kept: Member, changes: Mapping[str, list[Any]]) -> list[str]:
    """Fields that still say what the merge wrote become what they were; the names of the others are returned."""
    other = []
    for name, (before, after) in changes.items():
        if _plain(getattr(kept, name)) == after:
            setattr(kept, name, _field(name).to_python(before))
        else:
            other.append(name)
    return other


def _refuse_second_code(kept: Member, gone: Member) -> None:
    code, here = gone.credit_code, Member.Status.ACTIVE
    others = Member.objects.active().filter(credit_code=code).exclude(pk__in=[kept.pk, gone.pk])
    is_kepts = kept.credit_code == code and kept.status == here
    if code and gone.status == here and (is_kepts or others.exists()):
        raise ValidationError(_("The credit code {code} belongs to another member now.").format(code=code))


def _field(name: str) -> Any:
    return Member._meta.get_field(name)


def _plain(value: Any) -> Any:
    """As it is kept: text, numbers, lists."""
    return value if value is None or isinstance(value, str | int | list) else _encoder.default(value)
