"""Text files: encodings, separators, quotes, records that broke."""

import pytest

from huiguan.spreadsheets.textfile import decode, separator
from tenants.members.register import RowClass
from tests.support.workbooks import csv
from tests.tenants.members.register.workbooks import read

SIMPLE = [
    ["单位名称", "职务", "联系人", "电话"],
    ["西安甲木商贸有限公司", "理事", "张三丰", "13900000001"],
    ["咸阳乙木食品厂", "会员", "李四平", "13900000002"],
]
TRADITIONAL = [
    ["單位名稱", "職務", "聯絡人", "電話"],
    ["西安甲木商貿有限公司", "理事", "張三豐", "13900000001"],
    ["咸陽乙木食品廠", "會員", "李四平", "13900000002"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_simplified_files_are_read_in_every_encoding(encoding: str, separator: str) -> None:
    register = read(csv(SIMPLE, encoding=encoding, separator=separator), "邵阳.csv")
    assert [row.fields.get("name") for row in register.of_class(RowClass.MEMBER)] == [
        "西安甲木商贸有限公司",
        "咸阳乙木食品厂",
    ]
    assert {row.sheet for row in register.rows} == {"邵阳"}


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030", "utf-16"])
def test_traditional_files_are_read_in_every_encoding(encoding: str) -> None:
    register = read(csv(TRADITIONAL, encoding=encoding), "a.csv")
    assert [row.fields.get("name") for row in register.of_class(RowClass.MEMBER)] == [
        "西安甲木商貿有限公司",
        "咸陽乙木食品廠",
    ]


def test_one_lost_byte_does_not_lose_the_file() -> None:
    content = csv(SIMPLE, encoding="gbk").replace("李四平".encode("gbk"), "李四".encode("gbk") + b"\xff")
    rows = read(content, "a.csv").rows
    assert rows[1].fields["contacts"] == [{"name": "张三丰"}]
    assert "contacts" not in rows[2].fields and rows[2].questions[0].code == "person_damaged"


def test_commas_quotes_and_line_breaks_in_cells_do_not_shift_columns() -> None:
    record = '"西安""甲木""商贸有限公司",理事,"张三丰,李四平","13900000001\r\n13900000002"'
    content = f"单位名称,职务,联系人,电话\r\n{record}\r\n".encode()
    row = read(content, "a.csv").rows[1]
    assert row.fields["name"] == "西安甲木商贸有限公司"
    assert len(row.fields["contacts"]) == len(row.fields["phones"]) == 2


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    content = '单位名称,联系人\r\n\r\n"西安甲木商贸\r\n有限公司",张三丰\r\n,\r\n咸阳乙木食品厂,李四平\r\n\x1a'.encode()
    register = read(content, "a.csv")
    assert [(row.row, row.row_class.value) for row in register.rows] == [
        (1, "ignored"),
        (2, "ignored"),
        (3, "member"),
        (4, "ignored"),
        (5, "member"),
    ]


def test_a_record_with_too_few_or_too_many_cells_is_asked() -> None:
    lines = [
        ",".join(["西安甲木商贸有限公司".replace("甲", c), "理事", "张三丰", "13900000001"])
        for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    ]
    lines[3] = "西安坏木商贸有限公司,理事"
    lines[7] = "西安坏木食品有限公司,理事,张三丰,13900000001,多,1"
    content = "\r\n".join(["单位名称,职务,联系人,电话", *lines]).encode()
    found = {row.row: row.reason for row in read(content, "a.csv").of_class(RowClass.UNIMPORTABLE)}
    assert found == {5: "cells_missing", 9: "cells_too_many"}


def test_a_text_file_of_one_column_is_read() -> None:
    register = read("企业名称\n西安甲木商贸有限公司\n咸阳乙木食品厂\n".encode(), "a.csv")
    assert [row.row_class.value for row in register.rows] == ["ignored", "member", "member"]


def test_january_is_certain_where_the_column_kept_its_zeros() -> None:
    head = "单位名称,联系人,入会时间\n西安甲木商贸有限公司,张三丰,2018.1\n"
    certain = read((head + "咸阳乙木食品厂,李四平,2018.10\n").encode(), "a.csv").rows[1]
    asked = read((head + "咸阳乙木食品厂,李四平,2018.3\n").encode(), "a.csv").rows[1]
    assert (certain.fields["joined"], certain.questions) == ("2018-01", [])
    assert (asked.fields["joined"], asked.questions[0].options) == ("2018", ("2018-01", "2018-10"))


def test_bytes_that_are_no_text_are_survived() -> None:
    assert read(bytes(range(1, 256)) * 50, "a.csv").of_class(RowClass.MEMBER) == []
    assert separator("") == "," and decode(b"\xff\xfe") == ""
