"""What belongs to nobody is removed after a day, and nothing else."""

import datetime
import io
import logging
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import now

from huiguan.files import storage, sweeping
from huiguan.files.keeping import keep_file
from huiguan.files.tasks import sweep_chamber, sweep_files
from tests.huiguan.files.conftest import PDF, chosen, picture


def aged(path: Path, hours: float) -> None:
    moment = (now() - datetime.timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))


def test_an_orphan_is_removed_after_a_day(member: Any, changde: Any, stored: Path) -> None:
    kept = keep_file(about=member, upload=chosen(picture()), purpose="attic.photo")
    for name in ("old", "new"):
        storage.write(changde.pk, name, io.BytesIO(b"x"))
    folder = stored / str(changde.pk)
    for path in folder.iterdir():
        aged(path, 1 if path.name == "new" else 30)
    assert sweeping.sweep(changde) == 1
    assert {p.name for p in folder.iterdir()} == {"new", *kept.object_names}


def test_what_the_storage_has_lost_is_told(
    member: Any, changde: Any, stored: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = keep_file(about=member, upload=chosen(PDF), purpose="attic.paper")
    (stored / str(changde.pk) / kept.object_name).unlink()
    with caplog.at_level(logging.ERROR):
        sweeping.sweep(changde)
    assert "not in the storage" in caplog.text


def test_a_chamber_without_files_is_swept_too(changde: Any) -> None:
    assert sweep_chamber(str(changde.pk)) == 0


def test_each_open_chamber_is_swept_and_no_other(changde: Any, shaoyang: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sweep_chamber, "apply_async", lambda arguments, countdown: asked.extend(arguments))
    shaoyang.suspend()
    sweep_files()
    assert asked == [str(changde.pk)]
