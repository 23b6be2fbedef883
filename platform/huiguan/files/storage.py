"""The objects behind the files: each lies under its chamber's key and a random name, and never changes."""

import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)
ChamberId = uuid.UUID


class AlreadyThere(RuntimeError):
    """An object of that name exists; objects are written once."""


def here() -> Storage:
    """This installation's."""
    return storages["files"]


def of(backend: dict[str, Any]) -> Storage:
    """Another installation's, by its entry of STORAGES."""
    made: Storage = import_string(backend["BACKEND"])(**backend["OPTIONS"])
    return made


def new_name() -> str:
    """Says nothing of the file, and cannot be guessed."""
    return uuid.uuid4().hex


def write(chamber_id: ChamberId, name: str, content: IO[bytes], to: Storage | None = None) -> None:
    path = _path(chamber_id, name)
    storage = to or here()
    found = storage.save(path, File(content))
    if found != path:
        storage.delete(found)
        raise AlreadyThere(path)


@contextmanager
def opened(chamber_id: ChamberId, name: str) -> Iterator[IO[bytes]]:
    """Raises FileNotFoundError when the object is gone."""
    with here().open(_path(chamber_id, name)) as file:
        yield file


def open_for_answer(chamber_id: ChamberId, name: str) -> "File[bytes]":
    """Closed by the response. Raises FileNotFoundError."""
    return here().open(_path(chamber_id, name))


def size_of(chamber_id: ChamberId, name: str, at: Storage | None = None) -> int | None:
    """None when there is no such object."""
    storage, path = at or here(), _path(chamber_id, name)
    return storage.size(path) if storage.exists(path) else None


def written_at(chamber_id: ChamberId, name: str) -> datetime:
    return here().get_modified_time(_path(chamber_id, name))


def names(chamber_id: ChamberId) -> list[str]:
    """Of all objects of a chamber."""
    try:
        return sorted(here().listdir(str(chamber_id))[1])
    except FileNotFoundError:
        return []


def remove(chamber_id: ChamberId, objects: Iterable[str], at: Storage | None = None) -> None:
    """One that cannot be removed now is found by the sweep."""
    for name in objects:
        try:
            (at or here()).delete(_path(chamber_id, name))
        except Exception:
            log.exception("a file could not be removed", extra={"chamber": str(chamber_id)})


def remove_all(chamber_id: ChamberId) -> int:
    """Everything of a chamber, its folder too. Raises what the storage raises: an erasure is whole or is run again."""
    storage, found = here(), names(chamber_id)
    for name in found:
        storage.delete(_path(chamber_id, name))
    if found or storage.exists(str(chamber_id)):
        storage.delete(str(chamber_id))
    return len(found)


def _path(chamber_id: ChamberId, name: str) -> str:
    if not name.replace("-", "").isalnum():
        raise ValueError(name)
    return f"{chamber_id}/{name}"
