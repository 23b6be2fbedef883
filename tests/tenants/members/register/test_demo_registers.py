"""The two demo registers, and the first of them in other dresses, measured against the truth."""

from typing import Any

import pytest

from tenants.members.register import Register, RowClass, read_register
from tests.tenants.members.register.dresses import REGISTER, ROOT, Dress, redressed, traditional, truth
from tests.tenants.members.register.evaluation import TODAY, Score, evaluate, overall, reasons
from tests.tenants.members.register.workbooks import read

GROUPED = {
    "序号": ("", "编号"),
    "企业名称": ("基本信息", "单位全称"),
    "统一社会信用代码": ("基本信息", "税号"),
    "法定代表人": ("基本信息", "法人代表"),
    "注册资本(万元)": ("基本信息", "注册资金(万元)"),
    "商会职务": ("", "届内职务"),
    "联系人": ("联系方式", "姓名"),
    "手机": ("联系方式", "手机号码"),
    "微信号": ("联系方式", "微信"),
    "通讯地址": ("联系方式", "办公地址"),
    "所属行业": ("", "行业分类"),
    "入会时间": ("", "加入日期"),
    "会费标准": ("会费", "标准"),
    "2024年已缴": ("会费", "2024年度"),
    "2025年已缴": ("会费", "2025年度"),
    "备注": ("", "说明"),
}
OTHER_ORDER = [
    "序号",
    "商会职务",
    "企业名称",
    "法定代表人",
    "统一社会信用代码",
    "注册资本(万元)",
    "所属行业",
    "联系人",
    "手机",
    "微信号",
    "通讯地址",
    "入会时间",
    "会费标准",
    "2024年已缴",
    "2025年已缴",
    "备注",
]
DRESSES = {
    "two rows of headings in other words": Dress(GROUPED, OTHER_ORDER, title_rows=5),
    "sections instead of a column of positions": Dress(title_rows=1, has_sections=True),
    "traditional characters": Dress(GROUPED, OTHER_ORDER, title_rows=0, script=traditional()),
    "all of this": Dress(GROUPED, OTHER_ORDER, title_rows=3, has_sections=True, script=traditional()),
}


def assert_read_well(scores: dict[str, Score]) -> None:
    for name, score in scores.items():
        if name.startswith("class") or name == "duplicates":
            assert (score.precision, score.recall) == (1, 1), (name, score.examples)
    total = overall(scores)
    examples = [example for score in scores.values() for example in score.examples][:20]
    assert total.precision >= 0.999 and total.recall >= 0.999, examples


@pytest.fixture(scope="module")
def register_a() -> Register:
    return read_register(REGISTER, filename=REGISTER.name, today=TODAY)


@pytest.fixture(scope="module")
def register_b() -> Register:
    path = ROOT / "tenants/members/demo/members_register_b.csv"
    return read_register(path, filename=path.name, today=TODAY)


def test_the_demo_register_is_read_as_the_truth_says(register_a: Register) -> None:
    assert_read_well(evaluate(register_a, truth()))


def test_reasons_and_kinds_of_duplicates_are_those_of_the_truth(register_a: Register) -> None:
    assert set(reasons(register_a, truth())) == {"reason same", "how same"}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES.keys())
def test_the_demo_register_is_read_as_well_in_another_dress(dress: Dress) -> None:
    content, said = redressed(dress)
    assert_read_well(evaluate(read(content), said))


def test_look_alikes_are_never_taken_for_duplicates(register_a: Register) -> None:
    said = truth()
    rows = {member["id"]: {(place["sheet"], place["row"]) for place in member["rows"]} for member in said["members"]}
    pairs = {
        frozenset({(r.sheet, r.row), (r.sheet, r.duplicate_of_row)}) for r in register_a.of_class(RowClass.DUPLICATE)
    }
    for pair in said["not_duplicates"]:
        one, other = pair["members"]
        assert not any(frozenset({a, b}) in pairs for a in rows[one] for b in rows[other]), pair


def test_what_the_truth_cannot_know_is_asked(register_a: Register) -> None:
    asked = {row.row: {problem.code for problem in row.questions} for row in register_a.rows if row.sheet == "会员名册"}
    assert "dues_unreadable" in asked[84]
    assert "position_missing" in asked[150]
    assert "date_january_or_october" in asked[142]
    assert "phone_lost_digits" in asked[164]
    assert {row for row, codes in asked.items() if "also_withdrawn" in codes} == {126, 179}  # 203 joined again later


def by_row(register: Register) -> dict[int, Any]:
    return {row.row: row for row in register.rows}


def test_the_csv_register_is_sorted_completely(register_b: Register) -> None:
    assert register_b.counts() == {"member": 166, "duplicate": 9, "unimportable": 5, "withdrawn": 0, "ignored": 7}
    defective = {row.row: row.reason for row in register_b.of_class(RowClass.UNIMPORTABLE)}
    assert set(defective.values()) == {
        "cells_too_many",
        "cells_missing",
        "no_name",
        "refers_to_row_above",
        "placeholder_name",
    }


def test_names_of_the_csv_register_lose_what_was_added_to_them(register_b: Register) -> None:
    rows = by_row(register_b)
    assert rows[8].fields["name"] == "陕西津邦贸易有限责任公司" and rows[8].fields["remarks"] == "含下属门店3家"
    assert rows[12].fields["name"] == "陕西麻璟职业培训有限责任公司"
    assert rows[14].fields["name"] == "渭南汉泓中药材有限公司"
    assert (rows[19].fields["name"], rows[19].fields["former_name"]) == ("陕西常祺酒店管理有限公司", "石琦商行")


def test_dates_and_payments_of_the_csv_register_are_understood(register_b: Register) -> None:
    rows = by_row(register_b)
    assert [rows[n].fields["joined"] for n in (2, 7, 4, 6)] == ["2015-09", "2023-11", "2025-01", "2024-11"]
    assert rows[21].fields["paid"] == {year: {"amount": 0, "status": "unpaid"} for year in ("2024", "2025")}
    assert rows[3].fields["paid"] == {"2025": {"status": "paid", "amount": 60000, "method": "微信"}}
    assert rows[5].fields["paid"] == {"2025": {"status": "partial"}}
    assert "paid" not in rows[7].fields  # an empty cell of a column without a year tells nothing
    assert not any("phones" in row.fields for row in register_b.rows if "E+10" in row.written.get("电话", ""))


def test_duplicates_of_the_csv_register_are_all_found(register_b: Register) -> None:
    pairs = {(row.row, row.duplicate_of_row) for row in register_b.of_class(RowClass.DUPLICATE)}
    assert pairs == {(43, 46), (51, 79), (60, 179), (67, 64), (82, 54), (100, 30), (153, 45), (154, 152), (178, 96)}
