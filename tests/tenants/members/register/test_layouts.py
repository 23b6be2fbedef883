"""How registers are laid out: headings, sections, sheets, merged cells, and rows that are no members."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from tenants.members.register import RowClass
from tests.support.workbooks import saved, workbook
from tests.tenants.members.register.workbooks import code, read, read_member, read_rows

NAMES = ["西安甲木商贸有限公司", "西安乙木食品有限公司", "西安丙木物流有限公司", "西安丁木科技有限公司"]
HEADINGS = ["序号", "企业名称", "联系人", "手机", "会费"]


def member(number: int, **changed: object) -> list[object]:
    cells = {
        "序号": number,
        "企业名称": NAMES[number - 1],
        "联系人": "张王李赵"[number - 1] + "三丰",
        "手机": f"1390000000{number}",
        "会费": 3000,
    }
    return [changed.get(heading, cell) for heading, cell in cells.items()]


def test_a_section_gives_its_position_to_the_rows_below() -> None:
    rows = read_rows(
        [HEADINGS, ["会长单位（1家）"], member(1), ["副会长单位（12家）"], member(2), member(3), ["理事"], member(4)]
    )
    assert [rows[n].reason for n in (2, 4, 7)] == ["section"] * 3
    assert [rows[n].fields["positions"] for n in (3, 5, 6, 8)] == [["会长"], ["副会长"], ["副会长"], ["理事"]]


def test_a_merged_section_with_its_count_in_another_cell_is_one() -> None:
    rows = read_rows([HEADINGS, ["二、副会长单位", None, None, None, "共12家"], member(1)], merges=["A2:D2"])
    assert rows[2].reason == "section" and rows[3].fields["positions"] == ["副会长"]


def test_a_section_that_leaves_a_choice_asks() -> None:
    rows = read_rows([HEADINGS, ["会长、执行会长单位"], member(1)])
    assert "positions" not in rows[3].fields
    assert rows[3].questions[0].options == ("会长", "执行会长")


def test_a_section_nobody_understands_ends_the_one_above() -> None:
    rows = read_rows([HEADINGS, ["副会长单位"], member(1), ["友好单位（2家）"], member(2)])
    assert rows[3].fields["positions"] == ["副会长"] and "positions" not in rows[5].fields
    assert [problem.code for problem in rows[5].questions] == ["section_unknown"]


def test_sections_of_kind_and_of_withdrawn_members() -> None:
    rows = read_rows([HEADINGS, ["个人会员"], [1, None, "张三丰", "13900000001", 500], ["已退会"], member(2)])
    assert rows[3].fields["kind"] == "individual"
    assert rows[5].row_class is RowClass.WITHDRAWN


def test_a_position_merged_over_several_rows_holds_for_each() -> None:
    headings = ["职务", "企业名称", "联系人"]
    rows = read_rows(
        [headings, ["副会长", NAMES[0], "张三丰"], [None, NAMES[1], "李三丰"], ["理事", NAMES[2], "王三丰"]],
        merges=["A2:A3"],
    )
    assert [rows[n].fields["positions"] for n in (2, 3, 4)] == [["副会长"], ["副会长"], ["理事"]]


def test_a_merged_column_without_a_heading_is_told_by_its_vertical_words() -> None:
    headings = [None, "企业名称", "联系人"]
    first, second = ["副\n会\n长\n单\n位", NAMES[0], "张三丰"], ["理\n事", NAMES[2], "王三丰"]
    rows = read_rows([headings, first, [None, NAMES[1], "李三丰"], second, ["说明:√为已缴"]], merges=["A2:A3"])
    assert [rows[n].fields["positions"] for n in (2, 3, 4)] == [["副会长"], ["副会长"], ["理事"]]


def test_rows_under_a_merged_name_are_further_contacts() -> None:
    rows = read_rows(
        [HEADINGS, member(1), [None, None, "李四平(财务)", "13900000009"], member(2)], merges=["A2:A3", "B2:B3"]
    )
    assert rows[2].fields["contacts"] == [{"name": "张三丰"}, {"name": "李四平", "role": "财务"}]
    assert rows[2].fields["phones"] == ["13900000001", "13900000009"]
    assert (rows[3].row_class, rows[3].reason) == (RowClass.IGNORED, "continues_row_above")


def test_an_unmerged_row_with_only_a_person_is_asked() -> None:
    rows = read_rows([HEADINGS, member(1), [None, None, "李四平", "13900000009"], member(2)])
    assert (rows[3].row_class, rows[3].reason) == (RowClass.UNIMPORTABLE, "contact_without_member")


def test_sheets_name_kinds_positions_and_those_who_left() -> None:
    def rows(at: int) -> list[list[object]]:
        return [HEADINGS, member(at)]

    person = [["姓名", "单位", "手机"], ["王小明", "西安某某学院", "13900000008"]]
    register = read(
        workbook(
            {
                "副会长单位": rows(1),
                "企业会员": rows(2),
                "个人会员": person,
                "退会会员": rows(3),
                "统计": [["职务", "数量"]],
            }
        )
    )
    found = {row.sheet: row for row in register.rows if row.row == 2}
    assert found["副会长单位"].fields["positions"] == ["副会长"]
    assert found["企业会员"].fields["kind"] == "enterprise"
    assert (found["个人会员"].fields["name"], found["个人会员"].fields["employer"]) == ("王小明", "西安某某学院")
    assert found["退会会员"].row_class is RowClass.WITHDRAWN
    assert not [row for row in register.rows if row.sheet == "统计" and row.row_class is not RowClass.IGNORED]


def test_one_sheet_can_be_chosen() -> None:
    content = workbook({"甲": [HEADINGS, member(1)], "乙": [HEADINGS, member(2)]})
    assert {row.sheet for row in read(content, sheet="乙").rows} == {"乙"}


def test_a_hidden_sheet_is_not_read_but_mentioned() -> None:
    book = load_workbook(BytesIO(workbook({"会员": [HEADINGS, member(1)], "旧": [HEADINGS, member(2)]})))
    book["旧"].sheet_state = "hidden"
    register = read(saved(book))
    assert {row.row_class for row in register.rows if row.sheet == "旧"} == {RowClass.IGNORED}
    assert [problem.code for problem in register.sheets[1].problems] == ["sheet_hidden"]


def test_headings_may_stand_far_below_a_title() -> None:
    rows = read_rows(
        [["某某商会"], [], ["截至2025年11月"], [], ["制表:秘书处", None, None, "单位:元"], HEADINGS, member(1)]
    )
    assert [rows[n].reason for n in (1, 2, 3, 4, 5, 6)] == ["title", "blank", "title", "blank", "title", "header"]
    assert rows[7].fields["name"] == NAMES[0]


def test_two_rows_of_headings_are_read_together() -> None:
    above = ["序号", "企业名称", "联系方式", None, "会费", None]
    below = [None, None, "联系人", "手机", "标准(万元)", "2024年"]
    rows = read_rows([above, below, [1, NAMES[0], "张三丰", "13900000001", 0.3, "√"]], merges=["C1:D1", "E1:F1"])
    assert rows[3].fields["dues_yuan"] == 3000
    assert rows[3].fields["paid"] == {"2024": {"status": "paid", "amount": 3000}}
    assert rows[3].fields["phones"] == ["13900000001"]


def test_two_rows_of_headings_need_not_be_merged() -> None:
    above = ["序号", "企业名称", "联系方式", None, "会费", None]
    below = [None, None, "联系人", "手机", "标准", "2024年"]
    rows = read_rows([above, below, [1, NAMES[0], "张三丰", "13900000001", 3000, "√"]])
    assert rows[3].fields["paid"]["2024"]["amount"] == 3000


def test_a_sheet_without_headings_is_told_by_its_values_and_asks() -> None:
    register = read(
        workbook({"会员": [[NAMES[n], f"张三{c}", f"1390000001{n}", code(n)] for n, c in enumerate("丰平安康")]})
    )
    assert [column.field for column in register.sheets[0].mapping] == ["name", "contact", "phone", "credit_code"]
    assert {"sheet_without_headings", "column_guessed"} <= {problem.code for problem in register.sheets[0].problems}


def test_a_person_can_say_what_the_columns_hold() -> None:
    content = workbook({"会员": [["名称", "甲", "乙", "丙"], [NAMES[0], "张三丰", "√", "x"]]})
    row = read(content, mapping={"会员": {"B": "contact", "C": "paid.2024", "D": ""}}).rows[1]
    assert row.fields["contacts"] == [{"name": "张三丰"}] and row.fields["paid"]["2024"]["status"] == "paid"
    assert row.extras == {"丙": "x"}


def test_a_second_list_below_the_first_has_its_own_headings() -> None:
    people = [["姓名", "籍贯", "电话", "入会时间"], ["王小明", "衡阳县", "13900000008", "2021年3月"]]
    left = [["序号", "退会单位", "退会时间"], [1, NAMES[3], "2023.5.1"]]
    companies = [["一、企业会员"], HEADINGS, member(1), member(2), []]
    content = workbook({"会员": [*companies, ["二、个人会员"], *people, *left]})
    register = read(content)
    assert [sheet.key for sheet in register.sheets] == ["会员", "会员:7", "会员:9"]
    assert [row.row for row in register.rows] == list(range(1, 11))
    rows = {row.row: row for row in register.rows}
    assert rows[8].fields["name"] == "王小明" and rows[8].fields["native_place"] == "衡阳县"
    assert rows[8].fields["kind"] == "individual" and rows[8].fields["phones"] == ["13900000008"]
    assert (rows[10].row_class, rows[10].fields["left_on"]) == (RowClass.WITHDRAWN, "2023-05-01")


def test_a_title_speaks_for_its_list_unless_it_only_mentions_something() -> None:
    assert read_rows([["副会长单位名单"], HEADINGS, member(1)])[3].fields["positions"] == ["副会长"]
    assert "positions" not in read_rows([["会员名册(截至2025年11月)"], HEADINGS, member(1)])[3].fields
    assert read_rows([["已退会会员(2021年以来)"], HEADINGS, member(1)])[3].row_class is RowClass.WITHDRAWN
    assert read_rows([["会员名册(含退会会员)"], HEADINGS, member(1)])[3].row_class is RowClass.MEMBER


def test_two_lists_beside_each_other_are_not_passed_over_in_silence() -> None:
    register = read(
        workbook(
            {"会员": [["企业名称", "电话", "企业名称", "电话"], [NAMES[0], "13900000001", NAMES[1], "13900000002"]]}
        )
    )
    assert [problem.code for problem in register.sheets[0].problems if problem.asks] == ["list_beside"]


def test_unknown_columns_are_kept_and_mentioned() -> None:
    rows = read_rows([[*HEADINGS, "车牌号"], [*member(1), "陕A12345"]])
    assert rows[2].extras == {"车牌号": "陕A12345"}


@pytest.mark.parametrize(
    ("headings", "cells", "field", "value"),
    [
        (
            ["单位名称", "姓名", "职务"],
            [NAMES[0], "张三丰", "总经理"],
            "contacts",
            [{"name": "张三丰", "role": "总经理"}],
        ),
        (["单位名称", "姓名", "职务", "商会职务"], [NAMES[0], "张三丰", "总经理", "理事"], "positions", ["理事"]),
        (["单位名称", "负责人", "电话"], [NAMES[0], "张三丰", "13900000001"], "contacts", [{"name": "张三丰"}]),
        (["单位名称", "负责人", "联系人"], [NAMES[0], "张三丰", "李四平"], "legal_representative", "张三丰"),
        (["单位名称", "联系人及电话"], [NAMES[0], "张三丰13900000001"], "phones", ["13900000001"]),
        (["单位名称", "类别"], [NAMES[0], "副会长单位"], "positions", ["副会长"]),
        (["单位名称", "行业", "年会费(万元)"], [NAMES[0], "建材", 1], "dues_yuan", 10_000),
        (["单位名称", "主营"], [NAMES[0], "建材销售"], "industry", "建筑建材"),
    ],
)
def test_general_headings_mean_what_their_values_are(
    headings: list[str], cells: list[object], field: str, value: object
) -> None:
    assert read_member(headings, cells).fields[field] == value


def test_rows_that_are_no_members_are_ignored_with_a_reason() -> None:
    rows = read_rows(
        [
            HEADINGS,
            member(1),
            ["小计", None, None, None, 3000],
            [],
            HEADINGS,
            ["序号", "公司名称", "姓名", "电话", "年费"],
            member(2),
            ["合 计", None, None, None, 6000],
            ["备注:以秘书处登记为准"],
            ["制表人:", None, "审核人:", None, "2025年11月"],
        ]
    )
    reasons = [rows[n].reason for n in (1, 3, 4, 5, 6, 8, 9, 10)]
    assert reasons == [
        "header",
        "subtotal",
        "blank",
        "repeated_header",
        "repeated_header",
        "total",
        "footnote",
        "footnote",
    ]


@pytest.mark.parametrize(
    ("name", "contact", "reason"),
    [
        ("(空缺)", None, "vacant_seat"),
        ("待定", "张三丰", "placeholder_name"),
        ("XXX有限公司", None, "placeholder_name"),
        ("同上", "张三丰", "refers_to_row_above"),
        ("〃", "张三丰", "refers_to_row_above"),
        ("测试公司111", "测试", "test_row"),
        ("#REF!", "张三丰", "error_value_as_name"),
        ("西安甲商贸有限公司/西安乙建材有限公司", "张三丰", "two_members_in_one_row"),
        ("91610104MA0000001X", "西安甲商贸有限公司", "shifted_columns"),
        ("13900000001", "张三丰", "name_is_number"),
        ("12345", "张三丰", "name_is_number"),
        ("西安??商贸有限公司", "张三丰", "name_damaged"),
        ("西" * 101 + "公司", "张三丰", "name_too_long"),
        (None, "?", "no_name"),
        (None, None, "no_name"),
    ],
)
def test_rows_that_need_a_person_say_why(name: str | None, contact: str | None, reason: str) -> None:
    row = read_member(["企业名称", "联系人", "手机", "会费"], [name, contact, "13900000001", 100])
    assert (row.row_class, row.reason) == (RowClass.UNIMPORTABLE, reason)
    assert [problem.code for problem in row.questions] == [reason]


def test_a_row_marked_void_or_struck_out_is_not_imported() -> None:
    book = load_workbook(BytesIO(workbook({"会员": [[*HEADINGS, "备注"], [*member(1), "作废"], member(2), member(3)]})))
    for cell in book["会员"][3]:
        cell.font = Font(strike=True)
    rows = read(saved(book)).rows
    assert [row.reason for row in rows] == ["header", "void_struck_out", "void_struck_out", ""]


def test_states_and_remarks_tell_who_left() -> None:
    headings = ["企业名称", "联系人", "状态", "备注"]
    rows = read_rows(
        [
            headings,
            [NAMES[0], "张三丰", "正常", None],
            [NAMES[1], "李三丰", "已退会", None],
            [NAMES[2], "王三丰", None, "2023年5月退會"],
            [NAMES[3], "赵三丰", None, "2021年退会,2024年4月重新入会"],
            ["西安戊木有限公司", "钱三丰", None, "申请退会"],
        ]
    )
    assert [rows[n].row_class.value for n in range(2, 7)] == ["member", "withdrawn", "withdrawn", "member", "member"]
    assert [problem.code for problem in rows[6].questions] == ["membership_unclear"]


def test_dates_are_as_precise_as_they_are_shown() -> None:

    rows = [["企业名称", "联系人", "入会时间"], *([name, "张三丰", date(2019, 3, 1)] for name in NAMES[:3])]
    book = load_workbook(BytesIO(workbook({"会员": rows})))
    for row, shown in ((2, "yyyy/m/d"), (3, 'yyyy"年"m"月"'), (4, "yyyy")):
        book["会员"].cell(row, 3).number_format = shown
    assert [row.fields["joined"] for row in read(saved(book)).rows[1:]] == ["2019-03-01", "2019-03", "2019"]


def test_formulas_without_a_value_are_worked_out_or_asked() -> None:
    rows = read_rows(
        [
            [*HEADINGS, "地址"],
            [*member(1, 会费="=1000*3"), None],
            [*member(2, 会费="=E2"), None],
            [*member(3, 会费="=SUM(E2:E3)"), '=HYPERLINK("http://x.test","家")'],
        ]
    )
    assert [rows[n].fields.get("dues_yuan") for n in (2, 3, 4)] == [3000, 3000, None]
    assert {problem.code for problem in rows[4].questions} == {"formula_not_calculated"}


def test_formulas_that_refer_to_themselves_come_to_an_end() -> None:
    rows = read_rows([HEADINGS, member(1, 会费="=E3"), member(2, 会费="=E2"), member(3, 会费="=9**9**9")])
    assert not any("dues_yuan" in rows[n].fields for n in (2, 3, 4))
