"""A backup holds what was there at one moment, tells when it is damaged, and carries no credentials."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from huiguan.tenancy.keeping import Impossible, archives, dumps
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.models import Chamber
from tests.huiguan.tenancy.keeping.conftest import write
from tests.support import cast


def test_a_backup_counts_every_row_and_is_readable_by_its_owner_alone(here: Chamber, backup: Path) -> None:
    archive = archives.checked(backup)
    assert archive.manifest.tables["outbox_message"][0] >= 2
    assert archive.manifest.key == str(here.pk)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in backup.parent.iterdir()] == [backup.name]


def test_a_backup_carries_people_with_their_roles_and_no_credentials(backup: Path) -> None:
    archive = archives.checked(backup)
    held = {a["person__email"]: a["role"] for a in archive.public["appointments"]}
    assert held[cast.email("qin")] == "secretary_general"
    assert cast.email("dai") not in held
    assert "scrypt" not in json.dumps(archive.public)


def test_what_is_entered_while_the_dump_runs_is_not_in_it(
    here: Chamber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = dumps.write

    def write_meanwhile(*arguments: Any) -> None:
        write(here, "late")
        dump(*arguments)

    monkeypatch.setattr(dumps, "write", write_meanwhile)
    path, manifest = back_up(here, tmp_path / "one.tar.gz")
    assert b"late" not in b"".join(archives.checked(path).lines())
    assert manifest.rows == archives.checked(path).manifest.rows


@pytest.mark.parametrize("spoil", ["cut", "flip", "other"])
def test_a_damaged_file_is_told_by_reading_it(backup: Path, spoil: str) -> None:
    data = bytearray(backup.read_bytes())
    if spoil == "cut":
        data = data[: len(data) // 2]
    if spoil == "flip":
        data[len(data) // 2] ^= 0xFF
    backup.write_bytes(b"not a backup" if spoil == "other" else data)
    with pytest.raises(archives.Damaged, match="Nothing was changed"):
        archives.checked(backup)


def test_a_row_changed_by_hand_is_told(backup: Path) -> None:
    forge(backup, lambda text: text.replace(b"kept", b"kapt"))
    with pytest.raises(archives.Damaged, match="not what was written"):
        archives.checked(backup)


def test_an_existing_file_is_not_written_over(here: Chamber, backup: Path) -> None:
    with pytest.raises(Impossible, match="there already"):
        back_up(here, backup)


def test_the_command_writes_into_the_run_folder_and_says_so_as_json(
    here: Chamber, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.RUN_DIR = tmp_path
    call_command("chamber", "backup", "changde", "--json")
    said = capsys.readouterr()
    outcome = json.loads(said.out)
    assert Path(outcome["file"]).parent == tmp_path / "backups"
    assert outcome["rows"] > 2
    assert "Dumping" in said.err


def test_an_unknown_chamber_is_a_sentence(own_database: str) -> None:
    with pytest.raises(CommandError, match="there is no chamber nowhere"):
        call_command("chamber", "backup", "nowhere")


def forge(path: Path, change: Any, member: str = archives.SQL) -> None:
    """Another content under the same manifest."""
    with tarfile.open(path) as tar:
        contents = {m.name: tar.extractfile(m).read() for m in tar}  # type: ignore[union-attr]
    contents[member] = change(contents[member])
    with tarfile.open(path, "w:gz") as tar:
        for name, data in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
