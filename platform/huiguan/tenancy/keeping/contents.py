"""The chamber's files beside its tables: copied out, counted, put back, compared."""

import hashlib
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.core.files.storage import Storage
from django.db import connections
from psycopg import sql

from huiguan.files import storage
from huiguan.tenancy.keeping import Impossible, Say
from huiguan.tenancy.models import Chamber

CHUNK = 1024 * 1024
TOLD = "select object_name, size, sha256, small_size, small_sha256 from {} order by 1"

Objects = dict[str, list[Any]]  # by name: [bytes, SHA-256]


class Copied(NamedTuple):
    """`lost` are objects that rows tell of and the storage does not have, or has otherwise."""

    objects: Objects
    lost: list[str]


def objects_of(schema_name: str, cursor: Any = None) -> Objects:
    """What the rows of a schema tell of; on the owner's connection when no other is given."""
    if cursor is None:
        with connections["owner"].cursor() as owner:
            return objects_of(schema_name, owner)
    cursor.execute("select to_regclass(%s)", [f'"{schema_name}".files_keptfile'])
    if cursor.fetchone()[0] is None:
        return {}  # of a version that had no files
    table = sql.Identifier(schema_name, "files_keptfile")
    cursor.execute(sql.SQL(TOLD).format(table))
    return dict(_objects(cursor.fetchall()))


def copy_out(chamber: Chamber, objects: Objects, folder: Path, say: Say) -> Copied:
    """Into a folder, each checked against its row. One that was deleted meanwhile is no reason to stop."""
    folder.mkdir()
    copied, lost = Objects(), []
    for at, (name, (size, sha256)) in enumerate(objects.items(), start=1):
        if at % 500 == 0:
            say(f"File {at} of {len(objects)}")
        if _copy(chamber.pk, name, folder / name) == sha256:
            copied[name] = [size, sha256]
        else:
            (folder / name).unlink(missing_ok=True)
            lost.append(name)
    return Copied(copied, lost)


def put_back(key: uuid.UUID, files: Iterable[tuple[str, IO[bytes]]], sizes: Objects, to: Storage | None = None) -> None:
    """Those that are not there. What is there under the same name is the same: names are random and written once."""
    for name, file in files:
        there = storage.size_of(key, name, to)
        if there not in (None, sizes[name][0]):  # cut off when it was written
            storage.remove(key, [name], to)
        if there != sizes[name][0]:
            storage.write(key, name, file, to)


def refuse_missing(key: uuid.UUID, objects: Objects, to: Storage) -> None:
    """Raises Impossible when the other storage has not every object in full."""
    missing = [name for name, (size, _sha256) in objects.items() if storage.size_of(key, name, to) != size]
    if missing:
        raise Impossible(f"{len(missing)} files are not where the other installation keeps its files. Nothing is open.")


def tell_lost(lost: list[str], say: Say) -> None:
    if lost:
        say(f"{len(lost)} files are not in the storage as their rows say, and are left out: {', '.join(lost[:5])}")


def is_same_place(backend: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two entries of STORAGES lead to the same folder or the same part of a bucket."""
    where = ("location", "bucket_name", "endpoint_url")
    places = [[each["BACKEND"], *(each["OPTIONS"].get(name) for name in where)] for each in (backend, other)]
    return places[0] == places[1]


def _objects(rows: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    for name, size, sha256, small_size, small_sha256 in rows:
        yield name, [size, sha256]
        if small_size:
            yield f"{name}-small", [small_size, small_sha256]


def _copy(key: uuid.UUID, name: str, target: Path) -> str:
    """The digest of what was copied; empty when there is nothing."""
    try:
        with storage.opened(key, name) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, CHUNK)
    except FileNotFoundError:
        return ""
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
