"""The unwrapped keys of chambers, in the memory of the process for a short life."""

import base64
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from huiguan.ciphers.models import ChamberKey, DataKey
from huiguan.ciphers.values import Cipher
from huiguan.ciphers.wrapping import BYTES, WrongKey, master, master_named, name_of, unwrap, wrap
from huiguan.tenancy.binding import in_site

_ID_BYTES = 6


class NoKey(WrongKey):
    """The chamber has no key, or not this one: it was erased, or the row was lost."""


@dataclass(frozen=True)
class Ring:
    """A chamber's keys. The newest writes; those that are not retired may still be met in a row."""

    chamber_id: uuid.UUID
    ciphers: dict[str, Cipher] = field(repr=False)
    newest: str
    live: tuple[str, ...]
    loaded_at: float

    @property
    def writer(self) -> Cipher:
        return self.ciphers[self.newest]


_rings: dict[uuid.UUID, Ring] = {}
_kept: ContextVar[Ring | None] = ContextVar("kept", default=None)


def ring_of(chamber_id: uuid.UUID) -> Ring:
    """Raises NoKey for a chamber without keys, WrongKey when the master key is another."""
    kept = _kept.get()
    if kept is not None and kept.chamber_id == chamber_id:
        return kept
    found = _rings.get(chamber_id)
    if found is None or time.monotonic() - found.loaded_at > settings.KEY_SECONDS:
        _rings[chamber_id] = found = _load(chamber_id)
    return found


@contextmanager
def keeping(chamber_id: uuid.UUID) -> Iterator[None]:
    """The keys as they are now, for as long as the connection is busy and cannot be asked for them."""
    forget(chamber_id)
    token = _kept.set(ring_of(chamber_id))
    try:
        yield
    finally:
        _kept.reset(token)


def cipher_named(chamber_id: uuid.UUID, name: str) -> Cipher:
    """What wrote a value: perhaps a moment ago, elsewhere."""
    if found := ring_of(chamber_id).ciphers.get(name):
        return found
    forget(chamber_id)
    if _kept.get() is None and (found := ring_of(chamber_id).ciphers.get(name)):
        return found
    raise NoKey(f"the data key {name} of {chamber_id} is not here")


def forget(chamber_id: uuid.UUID) -> None:
    _rings.pop(chamber_id, None)


@transaction.atomic
def make_keys(chamber_id: uuid.UUID) -> None:
    """For a chamber that has none. Nothing is encrypted before they are committed, or in the same transaction."""
    forget(chamber_id)
    if ChamberKey.objects.filter(pk=chamber_id).exists():
        return
    add_first_data_key(chamber_id)


def add_first_data_key(chamber_id: uuid.UUID, *, using: str = "default") -> None:
    """With a key of its own for the chamber."""
    key = os.urandom(BYTES)
    admit_key(chamber_id, key, using=using)
    _add_data_key(chamber_id, key, using)


@transaction.atomic
def add_data_key(chamber_id: uuid.UUID) -> DataKey:
    """From now on this one writes; other processes learn of it within the life of a ring."""
    held = ChamberKey.objects.select_for_update().get(pk=chamber_id)
    return _add_data_key(chamber_id, opened(held))


def opened(held: ChamberKey) -> bytes:
    """A chamber's own key."""
    return unwrap(held.wrapped, master_named(held.master), purpose_of(held.chamber_id))


def admit_key(chamber_id: uuid.UUID, key: bytes, *, using: str = "default", by: bytes | None = None) -> ChamberKey:
    """A chamber's own key under the master key of this installation, or of the one it is going to."""
    by = by or master()
    wrapped = wrap(key, by, purpose_of(chamber_id))
    forget(chamber_id)
    held = ChamberKey(chamber_id=chamber_id, master=name_of(by), wrapped=wrapped)
    held.save(using=using)
    return held


def _add_data_key(chamber_id: uuid.UUID, key: bytes, using: str = "default") -> DataKey:
    name = base64.urlsafe_b64encode(os.urandom(_ID_BYTES)).decode()
    made = DataKey(id=name, chamber_id=chamber_id, wrapped=wrap(os.urandom(BYTES), key, data_purpose(name)))
    made.save(force_insert=True, using=using)
    forget(chamber_id)
    return made


def _load(chamber_id: uuid.UUID) -> Ring:
    with in_site():
        held = ChamberKey.objects.filter(pk=chamber_id).first()
        rows = list(DataKey.objects.filter(chamber_id=chamber_id).order_by("made_at", "id"))
    if held is None or not rows:
        raise NoKey(f"the chamber {chamber_id} has no key: run `huiguan migrate`, unless it was erased")
    key = opened(held)
    ciphers = {row.id: Cipher(row.id, chamber_id, unwrap(row.wrapped, key, data_purpose(row.id))) for row in rows}
    live = tuple(row.id for row in rows if row.retired_at is None)
    return Ring(chamber_id, ciphers, rows[-1].id, live, time.monotonic())


def purpose_of(chamber_id: uuid.UUID) -> str:
    return f"chamber key {chamber_id.hex}"


def data_purpose(name: str) -> str:
    return f"data key {name}"
