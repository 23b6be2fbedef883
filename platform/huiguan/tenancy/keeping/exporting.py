"""All that a chamber has, for itself: a workbook per list, a file per table, its files, and what is what. [T11]"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from django.core.exceptions import FieldDoesNotExist
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import now
from psycopg import sql

from huiguan.capability import Place, Resource, resources
from huiguan.ciphers.fields import readable, secrets_of
from huiguan.ciphers.ring import keeping
from huiguan.files import storage
from huiguan.files.models import KeptFile
from huiguan.records import Record
from huiguan.screens.columns import joined
from huiguan.screens.exporting import workbook_of
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import Impossible, Say, silent
from huiguan.tenancy.migrating import fingerprint
from huiguan.tenancy.models import Chamber

CONTENTS = "contents.json"
MOST_ROWS = 1_000_000  # of a sheet; the files per table have all
ROWS_AT_ONCE = 500
CHUNK = 1024 * 1024


@dataclass
class Contents:
    """`tables` has the rows of each, `files` the SHA-256 of each."""

    slug: str
    name: str
    key: str
    made_at: str
    tables: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def export(chamber: Chamber, path: Path, say: Say = silent) -> Contents:
    """Of one moment, in Chinese. Read back before it has its name."""
    _refuse(chamber, path)
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    half.touch(0o600)
    try:
        contents = _write(chamber, half, say)
        checked(half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return contents


def checked(path: Path) -> Contents:
    """Read to the end: each file is what was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            contents = Contents(**json.loads(archive.read(CONTENTS)))
            wrong = [name for name, digest in contents.files.items() if _digest_in(archive, name) != digest]
    except (zipfile.BadZipFile, OSError, KeyError, TypeError, ValueError) as error:
        raise Impossible(f"{path} is damaged or no export of a chamber ({error}).") from error
    if wrong:
        raise Impossible(f"{path} is damaged: {', '.join(wrong)} is not what was written.")
    return contents


def _refuse(chamber: Chamber, path: Path) -> None:
    if chamber.status == Chamber.Status.ERASED:
        raise Impossible(f"{chamber.slug} was erased; there is nothing to export.")
    if chamber.fingerprint != fingerprint():
        raise Impossible(f"{chamber.slug} is of an earlier version: run `huiguan migrate` first.")
    if path.exists():
        raise Impossible(f"{path} is there already; name another file.")
    if not path.parent.is_dir():
        raise Impossible(f"There is no folder {path.parent}.")


def _write(chamber: Chamber, path: Path, say: Say) -> Contents:
    contents = Contents(chamber.slug, chamber.name, str(chamber.pk), now().isoformat())
    with _one_moment(chamber), keeping(chamber.pk), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        sheets = _write_sheets(archive, contents, say)
        for table in _tables(chamber):
            say(f"Table {table}")
            _write_table(archive, contents, table)
        kept = _write_files(archive, contents, chamber, say)
        said = {"chamber": chamber, "sheets": sheets, "tables": contents.tables, "kept": kept, "now": now()}
        _add(archive, contents, "README.txt", render_to_string("keeping/export_readme.txt", said).encode())
        archive.writestr(CONTENTS, json.dumps(asdict(contents), ensure_ascii=False, indent=1))
    return contents


@contextmanager
def _one_moment(chamber: Chamber) -> Iterator[None]:
    """Whatever is entered meanwhile is in all the files or in none."""
    with translation.override("zh-hans"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("set local statement_timeout = 0")
        with in_chamber(chamber):
            yield


def _write_sheets(archive: zipfile.ZipFile, contents: Contents, say: Say) -> dict[str, str]:
    """A workbook per list of the navigation; returns what each is called."""
    sheets: dict[str, str] = {}
    for capability, resource in resources(Place.CHAMBER):
        if not issubclass(resource.model, Record) and resource.model._meta.app_label != "audit":
            continue
        title = str(resource.model._meta.verbose_name_plural)
        name = f"xlsx/{len(sheets) + 1:02}-{capability.label}-{title}.xlsx".replace(" ", "_")
        say(f"List {title}")
        _add(archive, contents, name, _workbook(resource))
        sheets[name] = title
    return sheets


def _workbook(resource: Resource) -> bytes:
    fields = list(dict.fromkeys([*resource.list_fields, *resource.detail_fields, *resource.form_fields]))
    records = joined(resource.model._default_manager.all(), _relations(resource, fields))
    records = records.prefetch_related(*resource.prefetch).order_by("pk")
    return workbook_of(islice(records.iterator(ROWS_AT_ONCE), MOST_ROWS), resource.model, fields)


def _relations(resource: Resource, fields: list[str]) -> list[str]:
    """The relations that the columns read, so that a row needs no query of its own."""
    found = set()
    for name in fields:
        try:
            field = resource.model._meta.get_field(name.partition("__")[0])
        except FieldDoesNotExist:
            continue
        if field.many_to_one or field.one_to_one:
            found.add(field.name)
    return sorted(found)


def _tables(chamber: Chamber) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s order by 1", [chamber.schema_name])
        return [table for (table,) in cursor.fetchall() if table != "django_migrations"]


def _write_table(archive: zipfile.ZipFile, contents: Contents, table: str) -> None:
    name, digest = f"tables/{table}.jsonl", hashlib.sha256()
    contents.tables[table], secrets = 0, secrets_of(table)
    statement = sql.SQL("copy (select row_to_json(t)::text from {} t) to stdout").format(sql.Identifier(table))
    with archive.open(name, "w") as file, connection.cursor() as cursor, cursor.copy(statement) as rows:
        for (row,) in rows.rows():
            line = f"{readable(row, secrets, connection)}\n".encode()
            digest.update(line)
            file.write(line)
            contents.tables[table] += 1
    contents.files[name] = digest.hexdigest()


def _write_files(archive: zipfile.ZipFile, contents: Contents, chamber: Chamber, say: Say) -> int:
    """Under their own names behind their keys, which are those of the table; returns how many."""
    written = 0
    for kept in KeptFile.objects.iterator(ROWS_AT_ONCE):
        name = f"files/{kept.pk}-{kept.name}"
        try:
            with storage.opened(chamber.pk, kept.object_name) as source:
                contents.files[name] = _copied(source, archive, name)
        except FileNotFoundError:
            say(f"{kept.name} is not in the storage and is left out")
            continue
        written += 1
    return written


def _copied(source: IO[bytes], archive: zipfile.ZipFile, name: str) -> str:
    """The digest; not compressed again, as pictures and documents are compressed already."""
    digest = hashlib.sha256()
    with archive.open(zipfile.ZipInfo(name, now().timetuple()[:6]), "w", force_zip64=True) as target:
        for part in iter(lambda: source.read(CHUNK), b""):
            digest.update(part)
            target.write(part)
    return digest.hexdigest()


def _add(archive: zipfile.ZipFile, contents: Contents, name: str, data: bytes) -> None:
    archive.writestr(name, data)
    contents.files[name] = hashlib.sha256(data).hexdigest()


def _digest_in(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        digest = hashlib.sha256()
        for part in iter(lambda: file.read(CHUNK), b""):
            digest.update(part)
        return digest.hexdigest()
