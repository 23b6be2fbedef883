"""Changes one field of many members at once: what would change is shown first, and exactly that is done."""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.screens.fields import shown
from huiguan.states import Facts
from tenants.members.models import BulkEdit, Member
from tenants.members.models.members import forget_standings

FIELDS = ("industry", "region", "native_place", "kind", "headcount", "revenue", "referrer")
INDEXED = {"industry", "native_place"}  # by these a member is found
AT_ONCE = 500


class Change(NamedTuple):
    """One member's field before and after, as people read it."""

    member: Member
    before: str
    after: str


class Preview(NamedTuple):
    """What would happen. `seen` tells it apart from what would happen a moment later."""

    changes: list[Change]
    unchanged: int
    seen: str


def preview(members: QuerySet[Any], field: str, value: Any) -> Preview:
    """Members that say so already are left aside."""
    found = list(members.order_by("sort_key", "pk"))
    differing = [member for member in found if getattr(member, field) != value]
    changes = [_change(member, field, value) for member in differing]
    return Preview(changes, len(found) - len(differing), _digest(differing, field, value))


@transaction.atomic
def apply(members: QuerySet[Any], field: str, value: Any, *, seen: str) -> BulkEdit:
    """Raises ValidationError, with nothing changed, when something else would be changed than was shown."""
    current_actor().require("members.change")
    trail.take_turn()
    locked = Member.objects.filter(pk__in=list(members.values_list("pk", flat=True))).select_for_update(of=("self",))
    differing = [member for member in locked.order_by("sort_key", "pk") if getattr(member, field) != value]
    if not differing or _digest(differing, field, value) != seen:
        raise ValidationError(_("Something was changed meanwhile. Look at what would change now."))
    record = BulkEdit(field=field, value=value, number=len(differing), by=current_actor().name[:40])
    record.before = {str(member.pk): getattr(member, field) for member in differing}
    record.said = shown(Member(**{field: value}), field).text[:200]
    record.save()
    _write(differing, field, dict.fromkeys(record.before, value))
    return record


def undo(record: BulkEdit) -> Facts:
    """Called by the move."""
    rows = Member.objects.filter(pk__in=list(record.before)).select_for_update(of=("self",)).order_by("pk")
    as_left = [member for member in rows if getattr(member, record.field) == record.value]
    _write(as_left, record.field, record.before)
    return {"members": len(as_left), "unchanged": len(record.before) - len(as_left)}


def _write(members: list[Member], field: str, values: dict[str, Any]) -> None:
    """With what a member is found by in step."""
    people = _people(members) if field in INDEXED else {}
    for member in members:
        setattr(member, field, values[str(member.pk)])
        if field in INDEXED:
            member.index(people[member.pk])
    Member.objects.bulk_update(members, [field, *(["search_text"] if field in INDEXED else [])], batch_size=AT_ONCE)
    forget_standings([member.pk for member in members])


def _people(members: Iterable[Member]) -> dict[Any, list[Any]]:
    from tenants.members.models import Contact

    found: dict[Any, list[Any]] = {member.pk: [] for member in members}
    for contact in Contact.objects.filter(member__in=found):
        found[contact.member_id].append(contact)
    return found


def _change(member: Member, field: str, value: Any) -> Change:
    before = shown(member, field).text
    return Change(member, before, shown(Member(**{field: value}), field).text)


def _digest(members: list[Member], field: str, value: Any) -> str:
    said = [f"{field} {value!r}", *(f"{member.pk} {getattr(member, field)!r}" for member in members)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
