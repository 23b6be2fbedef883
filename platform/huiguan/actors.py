"""Who acts: a person in a role, a partner with scopes, or the system itself. Held while a request or a job lasts."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import pgettext

EVERYTHING = "*"
LINK = "会员链接"  # the name in the trail of whoever acts by a member's link


class NotAllowed(PermissionDenied):
    """The actor lacks the permission named in the message."""


class NoRoleHere(NotAllowed):
    """The person is known, but has nothing to do in this place."""


@dataclass(frozen=True)
class Actor:
    """`permissions` are names such as `members.change`; "*" holds all.

    Who acts by a link has a `member_id`, and writes no record of another member.
    """

    name: str
    person_id: uuid.UUID | None = None
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = field(default=frozenset(), repr=False)
    chamber_id: uuid.UUID | None = None
    federation_id: uuid.UUID | None = None
    member_id: uuid.UUID | None = None
    contact_id: uuid.UUID | None = None

    def can(self, permission: str) -> bool:
        return EVERYTHING in self.permissions or permission in self.permissions

    def require(self, permission: str) -> None:
        if permission and not self.can(permission):
            raise NotAllowed(permission)

    def require_own(self, record: Any) -> None:
        """Refuse a record that is another member's to whoever acts by a member's link."""
        if self.member_id is None:
            return
        is_member = record._meta.label == "members.Member"
        whose = record.pk if is_member else getattr(record, "member_id", self.member_id)
        if whose != self.member_id:
            raise NotAllowed("a record of another member")


SYSTEM = Actor("Huiguan", permissions=frozenset({EVERYTHING}))
NOBODY = Actor("")
_acting: ContextVar[Actor] = ContextVar("acting", default=NOBODY)


def system_of(chamber_id: uuid.UUID) -> Actor:
    """The system at work for one chamber."""
    return Actor(SYSTEM.name, permissions=SYSTEM.permissions, chamber_id=chamber_id)


def name_in_words(name: str) -> str:
    """An actor's name as people read it: the house itself has one in every language."""
    if name == LINK:
        return pgettext("trail", "Member's link")
    return pgettext("trail", "Huiguan") if name == SYSTEM.name else name


def current_actor() -> Actor:
    return _acting.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Let `actor` be the one whose permissions are asked and whose name is written in the trail."""
    token = _acting.set(actor)
    try:
        yield actor
    finally:
        _acting.reset(token)
