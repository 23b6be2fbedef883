"""A chamber is erased late, with care, and then wholly."""

import datetime
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from huiguan.accounts.models import Appointment, Session
from huiguan.tenancy import dumping, hosts, provisioning
from huiguan.tenancy.keeping import Impossible, exporting, schemas
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.erasing import erase
from huiguan.tenancy.models import Chamber, Domain
from tests.conftest import chamber, sign_in
from tests.huiguan.tenancy.keeping.conftest import names, read, write
from tests.support import cast, database

NAME = cast.CHAMBERS["changde"]


def suspended(here: Chamber, days: float) -> Chamber:
    here.suspend()
    Chamber.objects.filter(pk=here.pk).update(suspended_at=now() - datetime.timedelta(days=days))
    here.refresh_from_db()
    return here


def test_an_open_chamber_is_not_erased(here: Chamber) -> None:
    with pytest.raises(Impossible, match="is open"):
        erase(here, confirm=NAME)
    assert read(here)


def test_a_chamber_rests_thirty_days_before(here: Chamber) -> None:
    with pytest.raises(Impossible, match="may be erased from"):
        erase(suspended(here, 29), confirm=NAME)
    erase(suspended(here, 31), confirm=NAME)
    assert Chamber.objects.get(pk=here.pk).status == "erased"


def test_the_full_name_is_asked_for(here: Chamber) -> None:
    with pytest.raises(Impossible, match="full name"):
        erase(suspended(here, 31), confirm="changde")


def test_now_needs_a_copy(here: Chamber) -> None:
    suspended(here, 1)
    with pytest.raises(CommandError, match="--after"):
        call_command("chamber", "erase", "changde", "--confirm", NAME, "--now")


def test_a_copy_must_be_whole_of_this_chamber_and_of_now(here: Chamber, backup: Path, tmp_path: Path) -> None:
    suspended(here, 1)
    other = back_up(chamber("shaoyang"), tmp_path / "other.tar.gz")[0]
    with pytest.raises(Impossible, match="not of changde"):
        erase(here, confirm=NAME, kept=other)
    backup.write_bytes(backup.read_bytes()[:-500])
    with pytest.raises(Impossible, match="damaged"):
        erase(here, confirm=NAME, kept=backup)
    early = back_up(here, tmp_path / "early.tar.gz")[0]
    Chamber.objects.filter(pk=here.pk).update(suspended_at=now() + datetime.timedelta(minutes=1))
    here.refresh_from_db()
    with pytest.raises(Impossible, match="before the chamber was suspended"):
        erase(here, confirm=NAME, kept=early)


@pytest.mark.parametrize("kind", ["backup", "export"])
def test_with_a_copy_it_is_erased_at_once(here: Chamber, tmp_path: Path, kind: str) -> None:
    suspended(here, 0.001)
    path = tmp_path / kind
    back_up(here, path) if kind == "backup" else exporting.export(here, path)
    call_command("chamber", "erase", "changde", "--confirm", NAME, "--now", "--after", str(path))
    assert names(f"{here.schema_name}%") == []


def test_nothing_of_it_can_be_read_afterwards(here: Chamber, own_database: str) -> None:
    write(here, "canary-7f3a")
    Chamber.objects.filter(pk=here.pk).update(short_name="canary-7f3a", credit_code="canary-7f3a")
    erase(suspended(here, 31), confirm=NAME)
    dump = subprocess.run(
        [dumping.program("pg_dump"), "--inserts"], env=dumping.login(), capture_output=True, check=True
    )
    assert b"canary-7f3a" not in dump.stdout
    assert here.schema_name.encode() + b"." not in dump.stdout


def test_people_lose_their_roles_and_sessions_there_and_nowhere_else(here: Chamber) -> None:
    from huiguan.accounts.models import Person

    for key, (_name, slug, _role) in (("qin", cast.PEOPLE["qin"]), ("dai", cast.PEOPLE["dai"])):
        sign_in(Person.objects.get(email=cast.email(key)), slug)
    erase(suspended(here, 31), confirm=NAME)
    assert [s.get_decoded()["host"] for s in Session.objects.all()] == [str(chamber("shaoyang").pk)]
    assert not Appointment.objects.filter(chamber=here, ended_at=None).exists()
    assert Appointment.objects.filter(chamber=chamber("shaoyang"), ended_at=None).exists()


def test_its_address_answers_as_if_it_had_never_been_and_is_never_given_out_again(here: Chamber, client: Any) -> None:
    erase(suspended(here, 31), confirm=NAME)
    unknown = client.get("/", headers={"host": "nowhere.localhost"})
    gone = client.get("/", headers={"host": "changde.localhost"})
    assert (gone.status_code, len(gone.content)) == (unknown.status_code, len(unknown.content))
    assert Domain.objects.get(domain=hosts.address("changde")).retired_at
    with pytest.raises(ValidationError):
        provisioning.open_chamber(name="新商会", slug="changde")


def test_a_chamber_where_somebody_is_still_at_work_is_left_whole(
    here: Chamber, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("TRIES", 2), ("SECONDS_BETWEEN", 0), ("LOCK_TIMEOUT", "20ms")):
        monkeypatch.setattr(schemas, name, value)
    suspended(here, 31)
    with psycopg.connect(database.server().url("huiguan_owner", own_database)) as page:
        page.execute(f'select 1 from "{here.schema_name}".audit_entry')
        with pytest.raises(Impossible, match="at work"):
            erase(here, confirm=NAME)
    here.refresh_from_db()
    assert here.status == "suspended"
    assert read(here)
    erase(here, confirm=NAME)
    assert names(here.schema_name) == []


def test_an_erasure_that_was_interrupted_goes_on(here: Chamber, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiguan.tenancy.keeping import erasing

    suspended(here, 31)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(erasing, "_end_sessions", lambda chamber: 1 / 0)
        broken.setattr(erasing, "_forget_people", lambda chamber: None)
        erase(here, confirm=NAME)
    here.refresh_from_db()
    erase(here, confirm="")
    assert not Appointment.objects.filter(chamber=here, ended_at=None).exists()


def test_an_erased_chamber_is_not_suspended_resumed_backed_up_or_exported(here: Chamber, tmp_path: Path) -> None:
    erase(suspended(here, 31), confirm=NAME)
    for command in (["suspend"], ["resume"], ["backup"], ["export"]):
        extra = [str(tmp_path / "x")] if command == ["export"] else []
        with pytest.raises(CommandError, match="erased"):
            call_command("chamber", *command, "changde", *extra)
