"""Puts a chamber back to a backup: loaded beside it, checked, brought to head, then exchanged in one transaction.

Until the exchange the chamber answers from what it has; the others notice nothing.
"""

from pathlib import Path

from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from huiguan.ciphers.handing import meet_again
from huiguan.ciphers.rewriting import rewrite
from huiguan.tenancy import hosts
from huiguan.tenancy.grants import grant_chamber
from huiguan.tenancy.keeping import Impossible, Say, archives, contents, dumps, silent
from huiguan.tenancy.keeping.archives import Archive, Damaged, Manifest
from huiguan.tenancy.keeping.schemas import alone_with, drop, exists, run
from huiguan.tenancy.migrating import fingerprint, migrate_schema
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.owner import as_owner_of


def restore(chamber: Chamber, path: Path, say: Say = silent) -> Manifest:
    """The chamber as the backup has it; what was entered since is gone."""
    say(f"Reading {path}")
    archive = archives.checked(path)
    _refuse_another(chamber, archive.manifest)
    side, old = f"{chamber.schema_name}_side", f"{chamber.schema_name}_old"
    drop(side, old)
    load(archive, side, say)
    say(f"Putting {len(archive.manifest.files)} files back")
    contents.put_back(chamber.pk, archive.files(), archive.manifest.files)
    say("Exchanging the tables")
    _exchange(chamber, side, old)
    hosts.forget_chamber(chamber)
    meet_again(chamber.pk, archive.public.get("keys", []))
    if not archive.public.get("keys"):
        say("Encrypting what the backup of that day has in the clear")
        rewrite(chamber, say)
    say("Removing what was there before")
    drop(old)
    return archive.manifest


def load(archive: Archive, schema_name: str, say: Say = silent) -> None:
    """Into a schema that does not exist yet, as counted, at the head of the migrations; or nothing at all."""
    try:
        with as_owner_of(schema_name):
            run("create schema {}", schema_name)
            say(f"Loading {archive.manifest.rows} rows")
            dumps.replay(archive.lines(), lambda text: text.replace(archive.manifest.schema_name, schema_name))
            _compare(archive, schema_name)
            _refuse_later_version()
            if archive.manifest.fingerprint != fingerprint():
                say("Bringing the tables of that day to today's version")
                migrate_schema(schema_name)
    except DatabaseError as error:
        raise Impossible(f"The backup could not be loaded, nothing was changed: {error}") from error


def _refuse_another(chamber: Chamber, manifest: Manifest) -> None:
    if manifest.key != str(chamber.pk):
        raise Impossible(f"The backup is of {manifest.name} ({manifest.slug}), not of {chamber.slug}.")
    if chamber.status == Chamber.Status.ERASED:
        raise Impossible(f"{chamber.slug} was erased for ever and is not restored.")


def _compare(archive: Archive, schema_name: str) -> None:
    found = dumps.fingerprints_of(schema_name)
    if found != archive.manifest.tables:
        wrong = [t for t in archive.manifest.tables if found.get(t) != archive.manifest.tables[t]]
        raise Damaged(archive.path, f"rows of {', '.join(wrong) or 'unknown tables'} differ after loading")


def _refuse_later_version() -> None:
    applied = set(MigrationRecorder(connections["owner"]).applied_migrations())
    if applied - set(MigrationLoader(None).disk_migrations):
        raise Impossible("The backup was made by a later version. Install that version, then restore.")


def _exchange(chamber: Chamber, side: str, old: str) -> None:
    """People at work wait for the end of it, and go on with the restored tables."""
    name = chamber.schema_name
    try:
        with alone_with(name):
            if exists(name):
                run("alter schema {} rename to {}", name, old)
            run("alter schema {} rename to {}", side, name)
            grant_chamber(name)
            Chamber.objects.using("owner").filter(pk=chamber.pk).update(fingerprint=fingerprint())
    except BaseException:
        drop(side)
        raise
