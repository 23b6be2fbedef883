"""A chamber takes all its data with it: lists to read, tables for a program, the trail and the ledger among them."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from huiguan.audit.models import Entry
from huiguan.capability import Place, resources
from huiguan.records import Record
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import Impossible, exporting
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber
from tests.huiguan.tenancy.keeping.conftest import ODD, owner, write
from tests.huiguan.tenancy.test_binding import note


@pytest.fixture
def archive(here: Chamber, tmp_path: Path) -> zipfile.ZipFile:
    with in_chamber(here):
        formula = note("formula")
        formula.record_text = "=HYPERLINK(1)"
        formula.save()
    path = tmp_path / "all.zip"
    exporting.export(here, path)
    return zipfile.ZipFile(path)


def test_every_table_is_there_with_every_row(here: Chamber, archive: zipfile.ZipFile) -> None:
    tables = {t for (t,) in owner("select tablename from pg_tables where schemaname = %s", here.schema_name)}
    files = {n.removeprefix("tables/").removesuffix(".jsonl") for n in archive.namelist() if n.startswith("tables/")}
    assert files == tables - {"django_migrations"}
    assert {"audit_entry", "outbox_message"} <= files
    ((rows,),) = owner(f'select count(*) from "{here.schema_name}".outbox_message')
    assert len(lines(archive, "outbox_message")) == rows


def test_a_record_comes_out_as_it_went_in(archive: zipfile.ZipFile) -> None:
    odd = next(row for row in lines(archive, "outbox_message") if row["recipient"] == "odd")
    assert odd["content"]["text"] == ODD


def test_each_list_of_the_navigation_is_a_workbook_without_formulas(archive: zipfile.ZipFile) -> None:
    mine = [r for _c, r in resources(Place.CHAMBER) if issubclass(r.model, Record | Entry)]
    books = [n for n in archive.namelist() if n.startswith("xlsx/")]
    assert len(set(books)) == len(mine)
    cells = [cell.value for n in books for row in load_workbook(io.BytesIO(archive.read(n))).active for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [c for c in cells if isinstance(c, str) and c.startswith("=")]


def test_the_readme_names_each_file(archive: zipfile.ZipFile) -> None:
    text = archive.read("README.txt").decode()
    assert "西安市常德商会" in text
    assert all(name in text for name in archive.namelist() if name.startswith(("xlsx/", "tables/")))


def test_nothing_of_another_chamber_is_in_it(here: Chamber, tmp_path: Path) -> None:
    write(chamber("shaoyang"), "canary-of-shaoyang")
    exporting.export(here, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as made:
        assert not [n for n in made.namelist() if b"canary-of-shaoyang" in made.read(n)]


def test_a_damaged_export_is_told(archive: zipfile.ZipFile, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    exporting.checked(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(Impossible, match="damaged"):
        exporting.checked(path)


def test_an_existing_file_is_not_written_over(here: Chamber, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("mine")
    with pytest.raises(CommandError, match="there already"):
        call_command("chamber", "export", "changde", str(tmp_path / "all.zip"))
    assert (tmp_path / "all.zip").read_text() == "mine"


def lines(archive: zipfile.ZipFile, table: str) -> list[Any]:
    return [json.loads(line) for line in archive.read(f"tables/{table}.jsonl").splitlines()]
