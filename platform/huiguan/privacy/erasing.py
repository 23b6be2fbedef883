"""Erases a person: what may go goes, what must stay stays without them, the rest says why it is kept. [PIPL 47]"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import JSONField
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.inbox.handlers import digest_of
from huiguan.personal import Erased, Personal, mask
from huiguan.privacy.models import Erasure
from huiguan.privacy.persons import Part, Person, parts_of

PERMISSION = "privacy.people"


def read_of(parts: Iterable[Part]) -> str:
    """Tells apart what was shown from what would happen a moment later."""
    return digest_of({part.model._meta.label: sorted(str(row.pk) for row in part.rows) for part in parts})


@transaction.atomic
def erase(person: Person, *, reason: str, read: str) -> Erasure:
    """Raises ValidationError, with nothing done, when a membership stands against it or something else was shown."""
    current_actor().require(PERMISSION)
    trail.take_turn()
    parts = parts_of(person)
    if person.hindrance is not None:
        raise ValidationError(_("“{name}” is still a member. End the membership first.").format(name=person.hindrance))
    if read_of(parts) != read:
        raise ValidationError(_("Something was changed meanwhile. Read it again."))
    done = Erasure(person=mask(Personal.NAME, person.name)[:20], reason=reason[:200], by=current_actor().name[:120])
    for how in Erased:
        setattr(done, how.value, sum(len(part.rows) for part in parts if part.erasure.how == how))
    for part in parts:
        _erase(part)
    done.save()
    return done


def _erase(part: Part) -> None:
    for row in part.rows:
        if part.erasure.how == Erased.BLANKED:
            _blank(row, part.erasure.also)
        elif part.erasure.how == Erased.GONE and type(row)._base_manager.filter(pk=row.pk).exists():
            row.delete()


def _blank(row: Any, also: tuple[str, ...]) -> None:
    """The row may have been changed by what went before: only its personal fields are written."""
    names = [*row.personal, *(name for name in also if name not in row.personal)]
    if not names:
        return
    for name in names:
        setattr(row, name, _empty(row, name))
    row.save(verb="anonymised", update_fields=names)


def _empty(row: Any, name: str) -> Any:
    """A name is replaced by words, so that lists stay readable; a place for nothing holds nothing."""
    found = row._meta.get_field(name)
    if row.personal.get(name) == Personal.NAME or name == "name":
        words: str = _("(erased person)")
        return words[: found.max_length]
    if found.null:
        return None
    return found.get_default() if isinstance(found, JSONField) or not found.empty_strings_allowed else ""
