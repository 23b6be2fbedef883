"""Files that leave with a message: the ledger keeps the very bytes, and the federation gets just these or none.

A file lies in the chamber's storage once. The first message that it leaves with owns it; later ones name it again.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from huiguan.files import storage
from huiguan.files.models import KeptFile
from huiguan.inbox.handlers import Attached
from huiguan.outbox.models import Message


class NotAsItLeft(RuntimeError):
    """The storage gives other bytes than those that the ledger names."""


class Unnamed(ValueError):
    """A file would leave that the message does not name with its size and SHA-256: a bug."""


def attach(message: Message, files: Sequence[KeptFile]) -> None:
    """In the transaction of the message, before it is saved."""
    named = set(_named_in(message.content))
    if missing := [kept.name for kept in files if (kept.size, kept.sha256) not in named]:
        raise Unnamed(missing)
    message.attached = [str(kept.pk) for kept in files]
    label = Message._meta.label
    unowned = KeptFile.objects.filter(pk__in=message.attached).exclude(about_model=label)
    unowned.update(about_model=label, about_id=message.pk)


def handed_over(chamber_id: uuid.UUID, message: Message) -> tuple[Attached, ...]:
    """Asked in the chamber; `read` works wherever the federation's handler calls it."""
    return tuple(
        Attached(kept.name, kept.size, kept.sha256, partial(_read, chamber_id, kept.object_name, kept.sha256))
        for kept in message.files()
    )


def _read(chamber_id: uuid.UUID, object_name: str, sha256: str) -> bytes:
    with storage.opened(chamber_id, object_name) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise NotAsItLeft(object_name)
    return data


def _named_in(value: Any) -> Iterator[tuple[int, str]]:
    """Size and digest of every file that a content names, however deep."""
    if isinstance(value, Mapping):
        if "sha256" in value and "size" in value:
            yield value["size"], value["sha256"]
        yield from _named_in(list(value.values()))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from _named_in(part)
