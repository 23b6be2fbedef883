"""A chamber's files go wherever its tables go: into backup and export, back, over to another place, and for ever."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from huiguan.files import storage
from huiguan.files.keeping import content_of, keep_file
from huiguan.files.models import KeptFile
from huiguan.files.places import backend_at
from huiguan.tenancy import hosts
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import Impossible, archives, contents, exporting
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.erasing import erase
from huiguan.tenancy.keeping.moving import finish, move
from huiguan.tenancy.keeping.receiving import receive
from huiguan.tenancy.keeping.restoring import restore
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber
from tests.huiguan.files.conftest import picture
from tests.huiguan.tenancy.keeping.conftest import owner
from tests.huiguan.tenancy.keeping.test_backups import forge
from tests.huiguan.tenancy.keeping.test_erasing import suspended
from tests.support import cast, database

NAME = cast.CHAMBERS["changde"]


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {**settings.STORAGES, "files": backend_at(f"file://{tmp_path / 'objects'}")}
    settings.RUN_DIR = tmp_path / "run"
    return tmp_path / "objects"


def keep(of: Chamber, *, red: int = 200, name: str = "会徽.png") -> KeptFile:
    with in_chamber(of):
        upload = SimpleUploadedFile(name, picture(size=(30 + red, 40)))
        return keep_file(about=None, upload=upload, purpose="papers.logo")


def objects(stored: Path, of: Chamber) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (stored / str(of.pk)).glob("*")}


@pytest.fixture
def kept(here: Chamber) -> KeptFile:
    keep(chamber("shaoyang"), red=1)
    return keep(here)


def test_a_backup_holds_the_chambers_files_and_no_others(
    here: Chamber, kept: KeptFile, stored: Path, tmp_path: Path
) -> None:
    path, manifest = back_up(here, tmp_path / "b.tar.gz")
    found = {name: file.read() for name, file in archives.checked(path).files()}
    assert found == objects(stored, here)
    assert set(manifest.files) == set(kept.object_names)
    assert manifest.lost == []


def test_a_restored_chamber_has_the_files_of_that_day(
    here: Chamber, kept: KeptFile, stored: Path, tmp_path: Path
) -> None:
    path, _manifest = back_up(here, tmp_path / "b.tar.gz")
    before = objects(stored, here)
    later = keep(here, red=90)
    with in_chamber(here):
        KeptFile.objects.get(pk=kept.pk).delete()
    assert set(objects(stored, here)) == set(later.object_names)
    restore(here, path)
    with in_chamber(here):
        assert [k.pk for k in KeptFile.objects.all()] == [kept.pk]
        assert content_of(KeptFile.objects.get()) == before[kept.object_name]


def test_an_object_that_was_cut_off_is_put_back_whole(
    here: Chamber, kept: KeptFile, stored: Path, tmp_path: Path
) -> None:
    path, _manifest = back_up(here, tmp_path / "b.tar.gz")
    before = objects(stored, here)
    (stored / str(here.pk) / kept.object_name).write_bytes(b"half")
    restore(here, path)
    assert objects(stored, here) == before


def test_a_backup_made_before_there_were_files_is_restored(here: Chamber, tmp_path: Path) -> None:
    path, _manifest = back_up(here, tmp_path / "b.tar.gz")

    def as_it_was(text: bytes) -> bytes:
        said = json.loads(text)
        del said["files"], said["lost"]
        return json.dumps({**said, "format": 1}).encode()

    forge(path, as_it_was, archives.MANIFEST)
    assert restore(here, path).files == {}


def test_a_file_that_was_changed_in_the_backup_is_told(here: Chamber, kept: KeptFile, tmp_path: Path) -> None:
    path, _manifest = back_up(here, tmp_path / "b.tar.gz")
    forge(path, lambda data: data + b"x", f"files/{kept.object_name}")
    with pytest.raises(archives.Damaged, match="files"):
        restore(here, path)


def test_a_lost_file_does_not_keep_the_rest_from_being_backed_up(
    here: Chamber, kept: KeptFile, stored: Path, tmp_path: Path
) -> None:
    whole = keep(here, red=90)
    (stored / str(here.pk) / kept.object_name).unlink()
    (stored / str(here.pk) / kept.small_name).write_bytes(b"other")
    said: list[str] = []
    _path, manifest = back_up(here, tmp_path / "b.tar.gz", said.append)
    assert set(manifest.files) == set(whole.object_names)
    assert set(manifest.lost) == set(kept.object_names)
    assert any("2 files are not in the storage" in line for line in said)


def test_a_backup_goes_to_another_installation_with_its_files(
    here: Chamber, kept: KeptFile, stored: Path, tmp_path: Path
) -> None:
    path, _manifest = back_up(here, tmp_path / "b.tar.gz")
    before = objects(stored, here)
    _forget_the_chamber(here, stored)
    receive(path)
    assert objects(stored, here) == before


def _forget_the_chamber(here: Chamber, stored: Path) -> None:
    """As an installation that never had it."""
    storage.remove_all(here.pk)
    owner(f'drop schema "{here.schema_name}" cascade')
    for table in (
        "accounts_appointment where chamber_id",
        "tenancy_domain where tenant_id",
        "tenancy_chamber where id",
    ):
        owner(f"delete from {table} = %s", here.pk)
    assert not (stored / str(here.pk)).exists()


def test_an_export_holds_the_files_under_their_own_names(here: Chamber, kept: KeptFile, tmp_path: Path) -> None:
    exporting.export(here, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as made:
        [name] = [n for n in made.namelist() if n.startswith("files/")]
        assert name == f"files/{kept.pk}-会徽.jpg"
        with in_chamber(here):
            assert made.read(name) == content_of(KeptFile.objects.get())
        assert "files/" in made.read("README.txt").decode()
    assert name in exporting.checked(tmp_path / "all.zip").files


def test_erasing_leaves_no_file_of_it_and_all_of_the_others(here: Chamber, kept: KeptFile, stored: Path) -> None:
    storage.write(here.pk, "orphan", io.BytesIO(b"x"))
    erase(suspended(here, 31), confirm=NAME)
    assert [p.name for p in stored.iterdir()] == [str(chamber("shaoyang").pk)]
    assert objects(stored, chamber("shaoyang"))


def test_an_erasure_whose_storage_failed_goes_on(
    here: Chamber, kept: KeptFile, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk"):
        broken.setattr(storage, "remove_all", lambda key: (_ for _ in ()).throw(OSError("disk")))
        erase(suspended(here, 31), confirm=NAME)
    here.refresh_from_db()
    erase(here, confirm="")
    assert not (stored / str(here.pk)).exists()


@pytest.fixture
def there(own_database: str) -> Iterator[str]:
    name = f"{own_database}_there"
    with database.fresh_copy(name):
        yield database.server().url("huiguan_owner", name)


@pytest.fixture
def mover(own_database: str, monkeypatch: pytest.MonkeyPatch) -> Chamber:
    """A chamber with a logo that the other database does not know."""
    from huiguan.tenancy import provisioning
    from huiguan.tenancy.models import Spare

    monkeypatch.setattr(hosts, "SECONDS", 0)
    Spare.objects.all().delete()
    opened = provisioning.open_chamber(name="西安市郴州商会", slug="chenzhou")
    keep(opened)
    return opened


def test_a_chamber_moves_with_its_files(mover: Chamber, there: str, stored: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    move(mover, to=there, files_to=f"file://{other}")
    assert objects(other, mover) == objects(stored, mover) != {}
    finish(mover, to=there, files_to=f"file://{other}")
    assert mover.status == "archived"


def test_files_that_are_missing_there_keep_it_closed(mover: Chamber, there: str, stored: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    move(mover, to=there, files_to=f"file://{other}")
    next((other / str(mover.pk)).iterdir()).unlink()
    with pytest.raises(Impossible, match="1 files are not where"):
        finish(mover, to=there, files_to=f"file://{other}")


@pytest.mark.parametrize(
    ("files_to", "said"), [("", "--files-to"), ("here", "place of its own"), ("ftp://x", "cannot be read")]
)
def test_a_chamber_with_files_says_where_they_go(
    mover: Chamber, there: str, stored: Path, files_to: str, said: str
) -> None:
    with pytest.raises(Impossible, match=said):
        move(mover, to=there, files_to=f"file://{stored}" if files_to == "here" else files_to)
    assert mover.is_open


def test_a_version_without_files_has_none(here: Chamber) -> None:
    owner(f'drop table "{here.schema_name}".files_keptfile cascade')
    with transaction.atomic(using="owner"):
        assert contents.objects_of(here.schema_name) == {}
