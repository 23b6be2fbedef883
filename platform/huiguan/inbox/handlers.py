"""Hands a delivered message to the one function of the federation that declared it receives its name."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.utils.module_loading import autodiscover_modules
from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import Actor, acting_as
from huiguan.tenancy.binding import in_federation


class Refused(Exception):
    """The federation will never accept this message; the text is shown in the chamber's ledger."""


class NobodyReceives(LookupError):
    """No part of the federation declared this name: a bug, and the message stays in the outbox."""


@dataclass(frozen=True)
class Attached:
    """A file that a message names. `read` gives the very bytes that the chamber's ledger keeps of it, or raises."""

    name: str
    size: int
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Delivered:
    """A message as a handler sees it: nothing but what the chamber's ledger shows."""

    id: uuid.UUID
    name: str
    chamber_id: uuid.UUID
    chamber_name: str
    federation_id: uuid.UUID
    content: dict[str, Any]
    sent_at: datetime.datetime
    files: tuple[Attached, ...] = ()

    def file(self, sha256: str) -> Attached:
        """Raises Refused for one that the ledger does not show beside this message."""
        for each in self.files:
            if each.sha256 == sha256:
                return each
        raise Refused(_("The message names a file that did not come with it."))


Handler = Callable[[Delivered], None]
SIGN = """
    insert into inbox_receipt (message_id, chamber_id, federation_id, name, digest, received_at)
    values (%s, %s, %s, %s, %s, %s) on conflict do nothing
"""
_handlers: dict[str, Handler] = {}
_secret: set[str] = set()


def receives(name: str, *, is_secret: bool = False) -> Callable[[Handler], Handler]:
    """Declare the handler of one kind of message. It must be safe to call again with the same message id.

    Of a secret one the receipt keeps no digest: a few numbers are found again by trying them all.
    """

    def declare(handler: Handler) -> Handler:
        if name in _handlers:
            raise ValueError(f"{name} is received twice")
        _handlers[name] = handler
        _secret.update({name} if is_secret else ())
        return handler

    return declare


def handlers() -> dict[str, Handler]:
    _discover()
    return _handlers


@cache
def _discover() -> None:
    """Import every part's handlers, once."""
    autodiscover_modules("handlers")


def hand_over(message: Delivered) -> bool:
    """Call the handler with the federation's role, once. False if the message had been received before.

    It waits its turn before it reads anything: what two chambers say at the same moment is heard one after the other.
    """
    handler = handlers().get(message.name)
    if handler is None:
        raise NobodyReceives(message.name)
    chamber = Actor(message.chamber_name, permissions=frozenset({"*"}), chamber_id=message.chamber_id)
    with in_federation(), acting_as(_in(chamber, message.federation_id)):
        trail.take_turn()
        if not _sign_for(message):
            return False
        handler(message)
    return True


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a message's content in one canonical spelling."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _sign_for(message: Delivered) -> bool:
    """Insert the receipt; False when it was there. One statement, so that two deliveries at once cannot both pass."""
    told: list[Any] = [message.id, message.chamber_id, message.federation_id, message.name]
    told += ["" if message.name in _secret else digest_of(message.content), now()]
    with connection.cursor() as cursor:
        cursor.execute(SIGN, told)
        return bool(cursor.rowcount == 1)


def _in(actor: Actor, federation_id: uuid.UUID) -> Actor:
    return Actor(actor.name, permissions=actor.permissions, chamber_id=actor.chamber_id, federation_id=federation_id)
