"""Takes in a chamber from another installation's backup: its schema, role, row, address and people. It stays closed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.files.storage import Storage
from django.db import connections, transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from huiguan.ciphers import handing
from huiguan.ciphers.handing import Handed
from huiguan.tenancy import hosts
from huiguan.tenancy.grants import grant_chamber, make_role
from huiguan.tenancy.keeping import Impossible, Say, archives, contents, silent
from huiguan.tenancy.keeping.archives import Archive
from huiguan.tenancy.keeping.restoring import load
from huiguan.tenancy.keeping.schemas import drop, exists
from huiguan.tenancy.migrating import fingerprint
from huiguan.tenancy.models import Chamber, Domain, schema_of


def receive(path: Path, say: Say = silent, files_to: Storage | None = None, handed: Handed | None = None) -> Chamber:
    """The chamber under its old key, suspended: `resume` opens it. Works with the owner's login alone.

    Its files go to `files_to`, or to this installation's storage. `handed` is its key, when that is not here.
    """
    archive = archives.checked(path)
    key = UUID(archive.manifest.key)
    _refuse(archive, key)
    keys = archive.public.get("keys", [])  # none from before there were any
    try:
        handing.refuse_without_key(key, keys, handed)
    except handing.NoKeyHere as error:
        raise Impossible(str(error)) from error
    load(archive, schema_of(key), say)
    try:
        say(f"Putting {len(archive.manifest.files)} files back")
        contents.put_back(key, archive.files(), archive.manifest.files, files_to)
        with transaction.atomic(using="owner"):
            handing.admit(key, keys, handed)
            return _admit(archive, key)
    except BaseException:
        drop(schema_of(key))
        raise


def _refuse(archive: Archive, key: UUID) -> None:
    """Neither key nor address may ever have been given out here."""
    slug = archive.manifest.slug
    taken = Domain.objects.using("owner").filter(domain__in=[hosts.address(slug), *archive.public["domains"]])
    if Chamber.objects.using("owner").filter(pk=key).exists() or exists(schema_of(key)):
        raise Impossible(f"{slug} is here already: use `huiguan chamber restore`.")
    if taken.exists() or Chamber.objects.using("owner").filter(slug=slug).exists():
        raise Impossible(f"The address {hosts.address(slug)} has been used here by another chamber.")


def _admit(archive: Archive, key: UUID) -> Chamber:
    name, said = schema_of(key), dict(archive.public["chamber"])
    said["opened_at"] = parse_datetime(said["opened_at"])
    chamber = Chamber(id=key, schema_name=name, db_role=name, fingerprint=fingerprint(), **said)
    chamber.status, chamber.suspended_at, chamber.note = Chamber.Status.SUSPENDED, now(), "received from a backup"
    chamber.save(using="owner", force_insert=True)
    if not _has_role(name):
        make_role(name)
    grant_chamber(name)
    addresses = [(hosts.address(chamber.slug), True), *((each, False) for each in archive.public["domains"])]
    rows = [Domain(domain=each, tenant_id=key, is_primary=is_primary) for each, is_primary in addresses]
    Domain.objects.using("owner").bulk_create(rows)
    _appoint(key, archive.public["appointments"])
    return chamber


def _appoint(key: UUID, appointments: Iterable[dict[str, Any]]) -> None:
    """People keep their roles. Who has no account here gets one without a password, and sets one by e-mail."""
    from huiguan.accounts.models import Appointment, Person

    made = []
    for each in appointments:
        fields = {"name": each["person__name"], "password": make_password(None)}
        person, _new = Person.objects.using("owner").get_or_create(email=each["person__email"], defaults=fields)
        made.append(Appointment(person=person, chamber_id=key, role=each["role"]))
    Appointment._base_manager.using("owner").bulk_create(made)


def _has_role(name: str) -> bool:
    """Of a copy of this chamber in another database of the same server."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [name])
        return cursor.fetchone() is not None
