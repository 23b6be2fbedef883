"""Moves a chamber to another installation's database: closed here, received there closed, compared, then opened there.

Nothing is opened or given up before both sides have been compared; until `finish` the way back is `resume`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import Storage
from django.db import connections, transaction

from huiguan.ciphers.handing import Handed, key_of
from huiguan.files import storage
from huiguan.files.places import BadAddress, backend_at
from huiguan.outbox.models import Message
from huiguan.tenancy import hosts
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import Impossible, Say, dumps, silent
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.contents import is_same_place, objects_of, refuse_missing
from huiguan.tenancy.keeping.erasing import wait_until_closed
from huiguan.tenancy.keeping.receiving import receive
from huiguan.tenancy.migrating import fingerprint
from huiguan.tenancy.models import Chamber


def move(chamber: Chamber, *, to: str, files_to: str = "", key_to: Path | None = None, say: Say = silent) -> Path:
    """Copy the chamber to the database `to` (its owner's address); the backup it went by is kept. Closed on both sides.

    `files_to` is where the other installation keeps its files (its `FILES_URL`); needed when the chamber has any.
    `key_to` is a file with its `MASTER_KEY`, when that is another than ours: the chamber's key is wrapped by it.
    When it fails the chamber is opened again here if it was open.
    """
    _refuse(chamber, to)
    files = _files_there(chamber, files_to)
    was_open, handed = chamber.is_open, _key_for(chamber, key_to)
    try:
        _close(chamber, to, say)
        path, _manifest = back_up(chamber, say=say)
        say(f"Receiving it in {_place(to)}")
        with _owner_there(to):
            receive(path, say, files, handed)
        _compare(chamber, to, files)
    except BaseException:
        if was_open:
            chamber.resume()
            hosts.forget_chamber(chamber)
        raise
    return path


def finish(chamber: Chamber, *, to: str, files_to: str = "", say: Say = silent) -> None:
    """Open it there and put it away here, when both sides are still the same. Erase it here after thirty days."""
    if chamber.is_open:
        raise Impossible(f"{chamber.slug} is open here. Run `huiguan chamber move` first.")
    say("Comparing both sides")
    _compare(chamber, to, _files_there(chamber, files_to))
    with _there(to) as cursor:
        cursor.execute(
            "update tenancy_chamber set status = %s, suspended_at = null, note = '' where id = %s",
            [Chamber.Status.ACTIVE, chamber.pk],
        )
    chamber.status, chamber.note = Chamber.Status.ARCHIVED, f"moved to {_place(to)}"[:200]
    chamber.save()


def _key_for(chamber: Chamber, key_to: Path | None) -> Handed:
    try:
        return key_of(chamber.pk, key_to)
    except (OSError, ImproperlyConfigured) as error:
        raise Impossible(f"--key-to cannot be read: {error}.") from error


def _refuse(chamber: Chamber, to: str) -> None:
    if chamber.status not in (Chamber.Status.ACTIVE, Chamber.Status.SUSPENDED):
        raise Impossible(f"{chamber.slug} is {chamber.status} and cannot be moved.")
    if chamber.fingerprint != fingerprint():
        raise Impossible(f"{chamber.slug} is of an earlier version: run `huiguan migrate` first.")
    with _there(to) as cursor:
        cursor.execute("select 1 from pg_tables where schemaname = 'public' and tablename = 'tenancy_chamber'")
        if cursor.fetchone() is None:
            raise Impossible(f"{_place(to)} has no tables of Huiguan: run `huiguan migrate` there first.")
        cursor.execute("select 1 from tenancy_chamber where id = %s or slug = %s", [chamber.pk, chamber.slug])
        if cursor.fetchone():
            raise Impossible(f"{_place(to)} has a chamber {chamber.slug} already.")


def _close(chamber: Chamber, to: str, say: Say) -> None:
    """Messages on their way are delivered first: the federation that they are for stays here."""
    chamber.suspend(f"moving to {_place(to)}"[:200])
    hosts.forget_chamber(chamber)
    say("Waiting until no process takes the chamber for open")
    wait_until_closed(chamber)
    with in_chamber(chamber):
        waiting = Message.objects.filter(state=Message.State.PENDING).count()
    if waiting:
        raise Impossible(
            f"{waiting} messages to a federation are still on their way. Try again when they have arrived."
        )


@contextmanager
def _owner_there(to: str) -> Iterator[None]:
    """The connection `owner` leads to the other database, and nothing else of this process does."""
    connection = connections["owner"]
    found, wanted = dict(connection.settings_dict), environ.Env.db_url_config(to)
    connection.close()
    connection.settings_dict.update({name: wanted[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    connection.settings_dict["OPTIONS"] = {**found["OPTIONS"], **wanted.get("OPTIONS", {})}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(found)


def _files_there(chamber: Chamber, files_to: str) -> Storage | None:
    """Another place than ours, or erasing the chamber here would take its files there."""
    if not files_to:
        if objects_of(chamber.schema_name):
            raise Impossible(
                f"{chamber.slug} has files: say with --files-to where the other installation keeps its own."
            )
        return None
    try:
        backend = backend_at(files_to, key_id=settings.FILES_KEY_ID, secret=settings.FILES_SECRET)
    except BadAddress as error:
        raise Impossible(f"--files-to cannot be read: {error}.") from error
    if is_same_place(backend, settings.STORAGES["files"]):
        raise Impossible("--files-to is where this installation keeps its files. Each needs a place of its own.")
    return storage.of(backend)


def _compare(chamber: Chamber, to: str, files: Storage | None) -> None:
    """Rows and digests of every table, and that every file is there."""
    with _there(to) as cursor:
        there = dumps.fingerprints(cursor, chamber.schema_name)
    with transaction.atomic(using="owner"):
        here = dumps.fingerprints_of(chamber.schema_name)
    different = sorted(t for t in here.keys() | there.keys() if here.get(t) != there.get(t))
    if different:
        raise Impossible(f"{', '.join(different)} differ between here and {_place(to)}. Nothing was opened there.")
    if files is not None:
        refuse_missing(chamber.pk, objects_of(chamber.schema_name), files)


@contextmanager
def _there(to: str) -> Iterator[Any]:
    try:
        connection = psycopg.connect(to, connect_timeout=5)
    except psycopg.Error as error:
        raise Impossible(f"{_place(to)} does not answer: {error}") from error
    with connection, connection.cursor() as cursor:
        yield cursor


def _place(to: str) -> str:
    """Without the login."""
    parts = urlsplit(to)
    return f"{parts.hostname}:{parts.port or 5432}{parts.path}"
