"""Backups elsewhere: sent each night, read back there, tried out, gone after their time."""

import datetime
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.management import CommandError, call_command
from moto import mock_aws

from huiguan.files.places import backend_at
from huiguan.tenancy import hosts
from huiguan.tenancy.keeping import Impossible, archives, backups, offsite
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.tasks import back_up_chambers
from tests.conftest import chamber
from tests.huiguan.tenancy.keeping.conftest import names, odd_content, read, write

BUCKET = "s3://backups/huiguan?region=us-east-1&encryption=AES256"


@pytest.fixture(params=["folder", "bucket"])
def elsewhere(request: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    settings.RUN_DIR, settings.BACKUP_DAYS = tmp_path / "run", 35
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.client("s3", aws_access_key_id="k", aws_secret_access_key="s").create_bucket(Bucket="backups")
        settings.BACKUP_URL = BUCKET if request.param == "bucket" else f"file://{tmp_path / 'elsewhere'}"
        backend = backend_at(settings.BACKUP_URL, key_id="k", secret="s")
        settings.STORAGES = {**settings.STORAGES, "backups": backend}
        yield storages["backups"]


def lie_there(elsewhere: Storage, key: Any, days_ago: int) -> str:
    at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days_ago)
    return elsewhere.save(f"{key}/{at:{offsite.FORM}}{offsite.ENDING}", ContentFile(b"x"))


def test_without_a_place_nothing_is_sent_and_the_night_is_quiet(here: Chamber, settings: Any) -> None:
    settings.BACKUP_URL = ""
    assert back_up_chambers() == {}
    with pytest.raises(CommandError, match="BACKUP_URL is not set"):
        call_command("chamber", "backups")


def test_what_arrives_otherwise_than_it_was_sent_is_removed_and_told(
    here: Chamber, elsewhere: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offsite, "_digest_there", lambda name: "of something else")
    with pytest.raises(Impossible, match="not what was sent"):
        offsite.send(here)
    assert list(offsite._names(str(here.pk))) == []


def test_one_that_cannot_be_backed_up_keeps_no_other_from_it(
    here: Chamber, elsewhere: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up = backups.back_up

    def fail_for_changde(chamber: Chamber, *arguments: Any) -> Any:
        if chamber.pk == here.pk:
            raise Impossible("the disk is full")
        return back_up(chamber, *arguments)

    monkeypatch.setattr(offsite, "back_up", fail_for_changde)
    done = offsite.back_up_all()
    assert (list(done.made), done.failed) == (["shaoyang"], {"changde": "the disk is full"})
    with pytest.raises(CommandError, match="changde: the disk is full"):
        call_command("chamber", "backups")


def test_a_chamber_is_restored_from_what_lies_elsewhere(here: Chamber, elsewhere: Storage, tmp_path: Path) -> None:
    """The drill that operations.md describes: sent, lost, fetched, restored."""
    call_command("chamber", "backups")
    write(here, "entered after it")
    call_command("chamber", "fetch", "changde", str(tmp_path / "fetched.tar.gz"))
    call_command("chamber", "restore", "changde", str(tmp_path / "fetched.tar.gz"))
    hosts.forget_chamber(here)
    restored = chamber("changde")
    assert "kept" in read(restored) and "entered after it" not in read(restored)
    assert odd_content(restored)["schema"] == restored.schema_name
    assert (tmp_path / "fetched.tar.gz").stat().st_mode & 0o777 == 0o600


def test_a_drill_says_what_could_be_restored_and_touches_nothing(
    here: Chamber, elsewhere: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("chamber", "backups")
    capsys.readouterr()
    before = read(here)
    call_command("chamber", "drill", "changde", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "restorable" and told["rows"] > 2
    assert read(here) == before and names(f"{here.schema_name}_%") == []


def test_a_drill_finds_a_backup_that_was_damaged_there(here: Chamber, elsewhere: Storage) -> None:
    elsewhere.save(f"{here.pk}/20990101T000000Z.tar.gz", ContentFile(b"not a backup"))
    with pytest.raises(archives.Damaged):
        offsite.drill(here)


def test_a_nights_backup_is_made_once_and_leaves_nothing_on_this_machine(
    here: Chamber, elsewhere: Storage, tmp_path: Path
) -> None:
    assert set(offsite.back_up_all().made) == {"changde", "shaoyang"}
    again = offsite.back_up_all()
    assert (again.made, sorted(again.fresh)) == ({}, ["changde", "shaoyang"])
    assert list((tmp_path / "run" / "backups").iterdir()) == []


def test_backups_are_gone_after_their_time_those_of_an_erased_chamber_too(here: Chamber, elsewhere: Storage) -> None:
    erased = uuid.uuid4()
    old = [lie_there(elsewhere, key, 36) for key in (here.pk, erased)]
    young = [lie_there(elsewhere, key, 34) for key in (here.pk, erased)]
    assert sorted(offsite.let_go()) == sorted(old)
    assert all(elsewhere.exists(name) for name in young)
