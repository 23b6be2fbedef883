"""`huiguan verify erasure`: what is left of a person and of a chamber after their erasure. [G14]

A chamber of its own is opened and every field of every table filled with words that say whose they are; a person in it
is handed out and erased, then the chamber is exported and erased; then everything that can be read is looked through.
"""

import io
import json
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from huiguan.actors import SYSTEM, acting_as, system_of
from huiguan.ciphers.fields import readable, secrets_of
from huiguan.ciphers.models import ChamberKey, DataKey
from huiguan.files import storage
from huiguan.personal import Erased
from huiguan.privacy.erasing import erase as erase_person
from huiguan.privacy.erasing import read_of
from huiguan.privacy.handing_out import archive_of
from huiguan.privacy.persons import parts_of, person_of
from huiguan.records import Record
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import exporting
from huiguan.tenancy.keeping.erasing import erase
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.provisioning import open_chamber
from huiguan.verifying import Check, Options, Result, Say, register

Found = list[str]


def sweep(options: Options, say: Say) -> Result:
    mark = uuid.uuid4().hex[:10]
    with acting_as(SYSTEM):
        chamber = open_chamber(name=f"CNRY-{mark}-商会", slug=f"canary-{mark}")
    say("Filling every table")
    planted = _fill(chamber, mark)
    say("Handing out and erasing a person")
    person = f"canary{mark}"
    handed_out, of_person = _erase_a_person(chamber, person)
    say("Exporting and erasing the chamber")
    exported = _export_and_erase(chamber, mark)
    say("Looking through everything")
    places = _Places()
    left = [*places.with_word(mark), *_leavings(chamber)]
    passed = not (of_person or left) and handed_out and exported
    details = {
        "planted": planted, "person_left": of_person, "chamber_left": left, "person_was_handed_out": handed_out,
        "chamber_was_exported": exported, "tables": places.tables, "files": places.files,
    }  # fmt: skip
    number = len(of_person) + len(left)
    figure = f"{number} of {planted} marked fields left, in {places.tables} tables and {places.files} files"
    return Result(figure, passed, details)


def _fill(chamber: Chamber, mark: str) -> int:
    """One row of each table, and a file; returns how many fields hold a word."""
    from huiguan.verifying.canaries import Filler

    labels = {c.label for c in apps.get_app_configs() if c.name in settings.TENANT_APPS}
    models: list[Any] = [m for m in apps.get_models() if issubclass(m, Record) and m._meta.app_label in labels]
    filler = Filler(mark, {"chamber_id": chamber.pk})
    with acting_as(system_of(chamber.pk)), in_chamber(chamber):
        filler.fill(models)
        kept = apps.get_model("files.KeptFile").objects.first()
    if kept is not None:
        with tempfile.SpooledTemporaryFile() as content:
            content.write(f"CNRY-{mark}-file".encode())
            content.seek(0)
            storage.write(chamber.pk, kept.object_name, content)
    return sum(map(len, filler.marked.values()))


def _erase_a_person(chamber: Chamber, word: str) -> tuple[bool, Found]:
    """Whether their copy held them, and where they still stand that no rule lets stay."""
    with acting_as(system_of(chamber.pk)), in_chamber(chamber):
        member = apps.get_model("members.Member").objects.create(name="某商行")
        contact = apps.get_model("members.Contact").objects.create(
            member=member, name=word, phone=f"138{word}", email=f"{word}@example.com"
        )
        _mention(contact)
        person = person_of(contact)
        with zipfile.ZipFile(io.BytesIO(archive_of(person))) as archive:
            handed_out = f"138{word}" in archive.read("data.json").decode()
        parts = parts_of(person)
        stays = {part.model._meta.db_table for part in parts if part.erasure.how == Erased.STAYS}
        erase_person(person, reason="verify", read=read_of(parts))
        found = _in_schema(chamber.schema_name, word)
        return handed_out, [f"{table}: {number}" for table, number in found if table not in stays]


def _mention(contact: Any) -> None:
    """What a chamber's work leaves behind: a call, a message, a link, an opt-out, a consent, a correction."""
    about = {"member": contact.member, "contact": contact}
    apps.get_model("members.Touch").objects.create(**about, said="通话")
    apps.get_model("members.Consent").objects.create(**about, purpose="partners", given_by=contact.name)
    apps.get_model("members.Proposal").objects.create(
        **about, is_of_person=True, field="phone", before=contact.phone, value=contact.phone
    )
    said = {"channel": "email", "address": contact.email}
    apps.get_model("deliveries.OptOut").objects.create(**said, name=contact.name)
    apps.get_model("deliveries.Delivery").objects.create(
        **said, recipient=contact.name, subject=contact.name, body=contact.phone, purpose="own.link"
    )


def _export_and_erase(chamber: Chamber, mark: str) -> bool:
    """Whether the chamber took its words along, those that are encrypted here among them."""
    chamber.suspend("verify")
    with tempfile.TemporaryDirectory() as folder, acting_as(SYSTEM):
        path = Path(folder) / "all.zip"
        exporting.export(chamber, path)
        with zipfile.ZipFile(path) as archive:
            contacts = archive.read("tables/members_contact.jsonl").decode().splitlines()
        exported = any(mark in str(json.loads(line)["phone"]) for line in contacts)
        erase(chamber, confirm=chamber.name, kept=path)
    return exported


class _Places:
    """Every table of every schema, and every file."""

    def __init__(self) -> None:
        self.tables = self.files = 0

    def with_word(self, word: str) -> Found:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "select schemaname, tablename from pg_tables where schemaname = 'public' or schemaname like 'ch\\_%'"
            )
            tables = cursor.fetchall()
            hits = (_hit(cursor, schema_name, table, word) for schema_name, table in tables)
            found = [place for place in hits if place]
        files = [path for path in _files() if word.encode() in path.read_bytes()]
        self.tables, self.files = len(tables), sum(1 for _path in _files())
        return [*found, *map(str, files)]


def _hit(cursor: Any, schema_name: str, table: str, word: str) -> str:
    """The slug of an erased chamber stays for ever, so that its address is given out no more."""
    asked = "select count(*) from {} t where replace(t::text, %s, '') like %s"
    slug = f"canary-{word}"
    cursor.execute(sql.SQL(asked).format(sql.Identifier(schema_name, table)), [slug, f"%{word}%"])
    number = cursor.fetchone()[0]
    return f"{schema_name}.{table}: {number}" if number else ""


def _in_schema(schema_name: str, word: str) -> Iterator[tuple[str, int]]:
    """Tables of the bound chamber, read as it reads itself, with the number of rows that have the word."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s order by 1", [schema_name])
        tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        secrets = secrets_of(table)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("select row_to_json(t)::text from {} t").format(sql.Identifier(table)))
            rows = cursor.fetchall()
        if number := sum(1 for (row,) in rows if word in readable(row, secrets, connection)):
            yield table, number


def _files() -> Iterator[Path]:
    """Of the storage in a folder, of caches in files, of mail that was written to files."""
    for place in (settings.MEDIA_ROOT, settings.RUN_DIR / "progress", settings.RUN_DIR / "mail"):
        yield from (path for path in Path(place).rglob("*") if path.is_file())


def _leavings(chamber: Chamber) -> Found:
    """Schema, role, keys and folder."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select nspname from pg_namespace where nspname = %s", [chamber.schema_name])
        found = [f"schema {name}" for (name,) in cursor.fetchall()]
        cursor.execute("select rolname from pg_roles where rolname = %s", [chamber.db_role])
        found += [f"role {name}" for (name,) in cursor.fetchall()]
    keys = ChamberKey.objects.filter(pk=chamber.pk).count() + DataKey.objects.filter(chamber_id=chamber.pk).count()
    return [*found, *(["keys"] if keys else [])]


register(Check("erasure", sweep, "G14: what is left of a person and a chamber after their erasure (about a minute)"))
