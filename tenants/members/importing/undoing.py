"""Takes an import back: members it made are removed, members it completed are as they were."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiguan.states import Facts
from tenants.members.models import Member, RegisterImport


def undo(source: RegisterImport) -> Facts:
    """Called by the move. Refused when a person has changed a member since: their work is not thrown away."""
    rows = list(source.rows.exclude(member=None).select_related("member"))
    made = [row.member for row in rows if row.before is None]
    _refuse_if_changed(made)
    for row in rows:
        if row.before:
            _restore(row.member, row.before)
    source.rows.update(member=None, before=None)
    Member.objects.filter(pk__in=[m.pk for m in made]).delete()
    return {"members": len(made)}


def _refuse_if_changed(made: list[Member]) -> None:
    changed = [m.name for m in made if (m.changed_at - m.created_at).total_seconds() > 1]
    if changed:
        names = "、".join(changed[:5])
        text = _("{n} members were changed since the import and stay: {names}. Remove the rest by hand.")
        raise ValidationError(text.format(n=len(changed), names=names))


def _restore(member: Member, before: dict[str, object]) -> None:
    for name, value in before.items():
        setattr(member, name, value)
    member.save(verb="restored")
