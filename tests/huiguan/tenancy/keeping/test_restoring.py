"""A chamber goes back to its backup whole or not at all, and its neighbours notice nothing."""

import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from huiguan.tenancy import migrating
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import Impossible, archives, dumps, schemas
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.restoring import restore
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber
from tests.huiguan.tenancy.keeping.conftest import ODD, names, odd_content, owner, read, write
from tests.huiguan.tenancy.keeping.test_backups import forge


def test_a_restored_chamber_has_what_the_backup_had(here: Chamber, backup: Path) -> None:
    write(here, "later")
    restore(here, backup)
    assert read(here) == ["kept", "odd"]
    assert odd_content(here) == {"text": ODD, "schema": here.schema_name}
    assert names(f"{here.schema_name}%") == [here.schema_name]


def test_a_restored_chamber_can_be_worked_in_and_keeps_its_trail_closed(here: Chamber, backup: Path) -> None:
    restore(here, backup)
    write(here, "again")
    assert read(here) == ["kept", "odd", "again"]
    with pytest.raises(DatabaseError, match="permission denied"), in_chamber(here), connection.cursor() as cursor:
        cursor.execute("delete from audit_entry")


def test_other_chambers_are_not_touched(here: Chamber, backup: Path) -> None:
    other = chamber("shaoyang")
    write(other, "theirs")
    before = digests(other)
    restore(here, backup)
    assert digests(other) == before
    assert read(other) == ["theirs"]


def test_a_backup_of_another_chamber_is_refused(backup: Path) -> None:
    other = chamber("shaoyang")
    with pytest.raises(Impossible, match="not of shaoyang"):
        restore(other, backup)


def test_a_damaged_backup_changes_nothing(here: Chamber, backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-2000])
    before = digests(here)
    with pytest.raises(archives.Damaged):
        restore(here, backup)
    assert digests(here) == before


def test_sql_that_fails_half_way_leaves_nothing_behind(here: Chamber, backup: Path) -> None:
    forge(backup, lambda text: text + b"\nselect 1/0;\n")
    _claim_the_forged(backup)
    before = digests(here)
    with pytest.raises(Impossible, match="nothing was changed"):
        restore(here, backup)
    assert digests(here) == before
    assert names(f"{here.schema_name}%") == [here.schema_name]


def test_a_backup_of_older_migrations_is_brought_to_head_before_it_is_exchanged(here: Chamber, tmp_path: Path) -> None:
    owner(f'drop table "{here.schema_name}".audit_entry')
    owner(f'drop table "{here.schema_name}".audit_head')
    owner(f"delete from \"{here.schema_name}\".django_migrations where app = 'audit'")
    Chamber.objects.filter(pk=here.pk).update(fingerprint="older")
    here.refresh_from_db()
    path, _manifest = back_up(here, tmp_path / "older.tar.gz")
    restore(here, path)
    here.refresh_from_db()
    assert here.fingerprint == migrating.fingerprint()
    write(here, "now")
    assert read(here) == ["kept", "odd", "now"]
    assert "audit_entry" in digests(here)
    assert owner("show search_path") == [('"$user", public',)]


def test_a_backup_of_a_later_version_is_refused(here: Chamber, tmp_path: Path) -> None:
    table = f'"{here.schema_name}".django_migrations'
    owner(f"insert into {table} (app, name, applied) values ('audit', '9999_later', now())")
    path, _manifest = back_up(here, tmp_path / "later.tar.gz")
    with pytest.raises(Impossible, match="later version"):
        restore(here, path)


def test_a_page_that_is_open_is_waited_for(here: Chamber, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, "later")
    monkeypatch.setattr(schemas, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(schemas, "LOCK_TIMEOUT", "20ms")
    seen, inside, go_on = [], threading.Event(), threading.Event()

    def work() -> None:
        with in_chamber(here):
            seen.append(len(read(here)))
            inside.set()
            go_on.wait(10)
        connections.close_all()

    page = threading.Thread(target=work)
    page.start()
    inside.wait(10)
    lock = schemas._lock

    def lock_after(name: str) -> None:
        try:
            lock(name)
        finally:
            go_on.set()

    monkeypatch.setattr(schemas, "_lock", lock_after)
    restore(here, backup)
    page.join(10)
    assert seen == [3]
    assert read(here) == ["kept", "odd"]


def test_a_chamber_that_is_never_free_is_left_as_it_is(
    here: Chamber, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, "later")
    for name, value in (("TRIES", 2), ("SECONDS_BETWEEN", 0), ("LOCK_TIMEOUT", "20ms")):
        monkeypatch.setattr(schemas, name, value)
    with in_chamber(here):
        read(here)
        with pytest.raises(Impossible, match="at work"):
            restore(here, backup)
    assert read(here) == ["kept", "odd", "later"]
    assert names(f"{here.schema_name}%") == [here.schema_name]


def digests(of: Chamber) -> Any:
    with transaction.atomic(using="owner"):
        return dumps.fingerprints_of(of.schema_name)


def _claim_the_forged(path: Path) -> None:
    """As somebody would who can also write the manifest."""
    digest = hashlib.sha256(b"".join(archives.Archive(path, None, {}).lines())).hexdigest()  # type: ignore[arg-type]

    def change(text: bytes) -> bytes:
        return json.dumps({**json.loads(text), "sha256": digest}).encode()

    forge(path, change, archives.MANIFEST)
