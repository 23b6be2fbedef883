"""Files that must not be read: refused early, with one clear sentence, and without eating memory."""

import contextlib
import io
import pickle
import resource
import time
import zipfile
from pathlib import Path

import pytest

from huiguan.spreadsheets.problems import Refused
from huiguan.spreadsheets.reading import read_grids
from tests.support.workbooks import workbook

MEMBERS = [["企业名称", "联系人", "手机"], ["西安甲商贸有限公司", "张三丰", "13900000001"]]


def repacked(content: bytes, **changed: bytes) -> bytes:
    """A workbook with parts replaced or added (names with __ for /)."""
    parts = {name.replace("__", "/"): data for name, data in changed.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, data in parts.items():
            new.writestr(name, data)
    return packed.getvalue()


def sheet_xml(body: bytes, *, before: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        b'<?xml version="1.0"?>'
        + before
        + b'<worksheet xmlns="'
        + space
        + b'"><sheetData>'
        + body
        + b"</sheetData></worksheet>"
    )


def refusal(content: bytes, filename: str = "名册.xlsx") -> str:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    with pytest.raises(Refused) as refused:
        read_grids(content, filename=filename)
    assert time.process_time() - started < 5
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 256
    assert str(refused.value) and "%(" not in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b"\xef\xbb\xbf \r\n\x1a", "file_is_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_is_old_excel"),
        (b"<html><table><tr><td>\xe4\xbc\x81</td></tr></table></html>", "file_is_web_page"),
        (b"\xff\xfe" + "<!DOCTYPE html><html>".encode("utf-16-le"), "file_is_web_page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "file_is_web_page"),
        (b"%PDF-1.7 /JS (app.alert(1))", "file_is_not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "file_is_not_a_table"),
        (b"\x7fELF" + b"\0" * 64, "file_is_not_a_table"),
        (b"PK\x03\x04 this is no archive", "file_is_damaged"),
        (b"a," * (11 * 2**20), "file_is_too_large"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(content: bytes, code: str) -> None:
    assert refusal(content, "会员名册.xlsx") == code


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/passwd", "root")
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(packed.getvalue()) == "file_is_not_a_table"


def test_a_truncated_workbook_is_damaged() -> None:
    assert refusal(workbook({"会员": MEMBERS})[:-200]) == "file_is_damaged"


def test_a_workbook_with_a_broken_part_is_damaged() -> None:
    broken = repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})
    assert refusal(broken) == "file_is_damaged"


def test_macros_are_refused() -> None:
    assert refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/vbaProject.bin": b"\0"})) == "file_has_macros"


def test_a_binary_workbook_is_refused() -> None:
    assert refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/workbook.bin": b"\0"})) == "file_is_old_excel"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = sheet_xml(b"<row r='1'><c r='A1'><v>1</v></c></row>" + b" " * (60 * 2**20))
    assert (
        refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": bomb})) == "file_unpacks_too_large"
    )


def test_many_large_parts_are_refused() -> None:
    parts = {f"xl/media/image{n}.bin": bytes(range(256)) * 2**16 for n in range(7)}
    assert refusal(repacked(workbook({"会员": MEMBERS}), **parts)) == "file_unpacks_too_large"


def test_an_archive_of_very_many_entries_is_refused() -> None:
    parts = {f"xl/media/{n}.xml": b"<a/>" for n in range(600)}
    assert refusal(repacked(workbook({"会员": MEMBERS}), **parts)) == "file_unpacks_too_large"


def test_a_size_that_lies_is_not_believed() -> None:
    content = bytearray(repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": sheet_xml(b" " * 2**22)}))
    size = (2**22 + len(sheet_xml(b""))).to_bytes(4, "little")
    assert refusal(bytes(content.replace(size, b"\x10\x00\x00\x00"))) in ("file_is_damaged", "file_unpacks_too_large")


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_entities_are_refused(declaration: bytes) -> None:
    evil = sheet_xml(b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>', before=declaration)
    assert refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": evil})) == "file_has_entities"
    wide = evil.decode().replace('<?xml version="1.0"?>', "").encode("utf-16")
    assert refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": wide})) == "file_has_entities"


def test_a_hundred_thousand_rows_are_refused_before_they_are_parsed() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(1, 100_001))
    assert (
        refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": sheet_xml(rows)}))
        == "too_many_rows"
    )


def test_a_row_number_beyond_every_spreadsheet_is_refused() -> None:
    far = sheet_xml(b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>')
    assert refusal(repacked(workbook({"会员": MEMBERS}), **{"xl/worksheets/sheet1.xml": far})) == "too_many_rows"


def test_a_text_of_very_many_rows_is_refused() -> None:
    assert refusal("企业名称,手机\n".encode() + "西安甲商贸有限公司,1\n".encode() * 25_000, "a.csv") == "too_many_rows"


def test_a_text_of_one_endless_line_is_read_or_refused_quickly() -> None:
    started = time.process_time()
    with contextlib.suppress(Refused):
        read_grids(b"a" * (15 * 2**20), filename="a.csv")
    assert time.process_time() - started < 5


def test_a_path_is_read_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(workbook({"会员": MEMBERS}))
    assert read_grids(path.read_bytes(), filename=path.name) == read_grids(path, filename=path.name)


def test_a_refusal_crosses_to_another_process() -> None:
    refused = pickle.loads(pickle.dumps(Refused("too_many_rows", most=5)))  # noqa: S301
    assert (refused.code, refused.params) == ("too_many_rows", {"most": 5}) and "5" in str(refused)
