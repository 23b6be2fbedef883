"""What identifies a person: declared with the field, masked wherever it is shown, and never whole in the trail. [T12]

A model says `personal = {"phone": Personal.CONTACT}`. Lists, pages, exports, histories mask it by the kind for whoever
may not read it whole; a contract test looks for fields that were forgotten. In a template of one's own:
`{% personal contact "phone" %}` of the tag library `privacy`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor

BOOKS = _("The law wants books and receipts kept: for ten to thirty years [会计档案管理办法].")
WHOLE = "privacy.contacts"  # reads numbers and addresses of people whole
REVEAL = "privacy.reveal"  # may have one shown, which is written down
EMPTY: tuple[Any, ...] = (None, "", [], {})
LONGEST_MASKED = 60  # of a longer text a mask would tell words
HIDDEN = "•••"
BETWEEN_NUMBERS = re.compile(r"([、,，;；/\s]+)")


class Personal(StrEnum):
    """NAME is masked in the trail alone; IDENTITY (papers, private accounts) is masked for everybody until revealed."""

    NAME = "name"
    CONTACT = "contact"
    IDENTITY = "identity"


class Erased(StrEnum):
    """What becomes of a row when the person it speaks of is erased."""

    GONE = "gone"
    BLANKED = "blanked"  # it stays, without what identifies the person
    STAYS = "stays"  # the law or somebody else's right wants it


@dataclass(frozen=True)
class OnErasure:
    """`why` is for what stays; `also` names fields that are blanked beside the declared personal ones."""

    how: Erased
    why: str | Promise = ""
    also: tuple[str, ...] = ()


def is_hidden(kind: Personal | None, actor: Actor) -> bool:
    """Whether this actor sees only the mask."""
    if kind is None or kind == Personal.NAME:
        return False
    return not actor.can("*" if kind == Personal.IDENTITY else WHOLE)


def mask(kind: Personal, text: str) -> str:
    """Enough to recognise what one knows: 张**, 138****5678, q***@example.com."""
    if kind == Personal.NAME:
        return text[:1] + "*" * min(2, max(0, len(text) - 1))
    parts = BETWEEN_NUMBERS.split(text.strip())
    return "".join(part if at % 2 else _masked(part) for at, part in enumerate(parts))


def kind_of(model: Any, name: str) -> Personal | None:
    """Of a field, also of one that is reached through relations: `contact__phone`."""
    return _kind_of(model, name)


@cache
def _kind_of(model: Any, name: str) -> Personal | None:
    head, _dot, rest = name.partition("__")
    if rest:
        try:
            related = model._meta.get_field(head).related_model
        except FieldDoesNotExist:
            return None
        return kind_of(related, rest) if isinstance(related, type) and issubclass(related, models.Model) else None
    found: Personal | None = getattr(model, "personal", {}).get(name)
    return found


@cache
def encrypted_names(model: Any) -> frozenset[str]:
    """Fields that are kept encrypted, whether or not they identify a person: nobody reads them in the trail."""
    return frozenset(f.attname for f in model._meta.concrete_fields if getattr(f, "is_encrypted", False))


def for_the_trail(model: Any, changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Before and after with the masks: that it was changed stays provable, and what it was can be forgotten."""
    declared, encrypted = getattr(model, "personal", {}), encrypted_names(model)
    if not declared and not encrypted:
        return changes
    kinds = {**dict.fromkeys(encrypted, Personal.IDENTITY), **declared}
    return {name: [_kept(kinds.get(name), each) for each in pair] for name, pair in changes.items()}


def _kept(kind: Personal | None, value: Any) -> Any:
    if kind is None or value in EMPTY:
        return value
    return mask(kind, value) if isinstance(value, str) and len(value) <= LONGEST_MASKED else HIDDEN


def _masked(text: str) -> str:
    if "@" in text:
        name, _at, host = text.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{text[:3]}****{text[-4:]}" if len(text) > 8 else f"{text[:1]}{'*' * max(0, len(text) - 1)}"
