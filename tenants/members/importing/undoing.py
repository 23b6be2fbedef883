"""Takes an import back: members it made are removed, members it completed are as they were."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from huiguan.progress import report
from huiguan.states import Facts
from tenants.members.importing.applying import CHUNK
from tenants.members.importing.making import PLAIN
from tenants.members.models import Member, RegisterImport
from tenants.members.models.members import MemberQuerySet


def undo(source: RegisterImport) -> Facts:
    """Called by the move. Refused when a person has changed a member since: their work is not thrown away."""
    made = Member.objects.filter(imported_from__source=source, imported_from__before__isnull=True)
    _refuse_if_changed(made)
    keys = list(made.order_by().values_list("pk", flat=True))
    _restore(source)
    source.rows.update(member=None, before=None)
    for at in range(0, len(keys), CHUNK):
        report("undoing", at, len(keys))
        Member.objects.filter(pk__in=keys[at : at + CHUNK]).delete()
    return {"members": len(keys)}


def _refuse_if_changed(made: MemberQuerySet) -> None:
    changed = made.filter(changed_at__gt=F("created_at") + datetime.timedelta(seconds=1)).values_list("name", flat=True)
    if changed:
        names = "、".join(changed[:5])
        text = _("{n} members were changed since the import and stay: {names}. Remove the rest by hand.")
        raise ValidationError(text.format(n=len(changed), names=names))


def _restore(source: RegisterImport) -> None:
    """Members that were there before: the gaps that the import filled are gaps again."""
    rows = list(source.rows.exclude(before__isnull=True).exclude(before={}).values_list("member", "before"))
    there = Member.objects.prefetch_related("contacts").in_bulk([key for key, _before in rows])
    for key, before in rows:
        for name, value in before.items():
            setattr(there[key], name, value)
    for member in there.values():
        member.index()
    Member.objects.bulk_update(there.values(), [*PLAIN, "search_text", "sort_key"], verb="restored")
