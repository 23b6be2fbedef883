"""Which rows are the same member: certain ones are proposed for merging, likely ones asked, look-alikes left alone."""

from typing import Any

import pytest

from tenants.members.register import RowClass
from tests.support.workbooks import workbook
from tests.tenants.members.register.workbooks import code, read, read_rows

HEADINGS = ["企业名称", "统一社会信用代码", "法定代表人", "联系人", "手机", "商会职务", "备注"]
SAME = (None, "张三丰", "张三丰", "13900000001", "理事", None)
OTHER = (None, "李四平", "李四平", "13900000002", "会员", None)


def with_code(cells: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    return (code(number), *cells[1:])


def pair(one: tuple[Any, ...], other: tuple[Any, ...]) -> Any:
    """The rows of two members with a third beside them."""
    return read_rows(
        [HEADINGS, one, ("西安戊木物流有限公司", code(9), "周五常", "周五常", "13900000009", "理事"), other]
    )


CERTAIN = {
    "pasted_twice": (("西安甲木商贸有限公司", *SAME), ("西安甲木商贸有限公司", *SAME)),
    "same_code_name_variant": (
        ("西安甲木商贸有限公司", *with_code(SAME, 1)),
        ("西安市甲木商贸有限责任公司", *with_code(OTHER, 1)),
    ),
    "same_code_lower_case": (
        ("西安甲木商贸有限公司", *with_code(SAME, 1)),
        ("西安甲木商贸有限公司 ", code(1).lower(), *OTHER[1:]),
    ),
    "former_name_same_code": (
        ("西安甲木商贸有限公司", *with_code(SAME, 1)[:-1], "原名西安乙木工贸有限公司,2025年更名"),
        ("西安乙木工贸有限公司", *with_code(SAME, 1)),
    ),
    "former_name": (
        ("西安甲木商贸有限公司", *SAME[:-1], "原名西安乙木工贸有限公司,2025年更名"),
        ("西安乙木工贸有限公司", *SAME),
    ),
    "name_spacing_no_code": (
        ("西安甲木商贸有限公司", *with_code(SAME, 1)),
        ("西安 甲木商贸有限 公司", *OTHER),
    ),
    "short_name_same_person_and_phone": (("西安甲木商贸有限公司", *with_code(SAME, 1)), ("甲木商贸", *SAME)),
    "name_variant_same_person_and_phone": (
        ("西安甲木商贸有限公司", *SAME),
        ("西安市甲木商贸有限责任公司", *SAME[:4], "会员"),
    ),
    "same_person_and_phone": (("个人", *SAME), ("", *SAME)),
}


@pytest.mark.parametrize(("how", "rows"), CERTAIN.items(), ids=CERTAIN.keys())
def test_the_same_member_is_found(how: str, rows: tuple[Any, Any]) -> None:
    for one, other, duplicate in ((*rows, 4), (*reversed(rows), 2)):
        found = pair(one, other)
        repeated = [row for row in found.values() if row.row_class is RowClass.DUPLICATE]
        assert [row.how for row in repeated] == [how]
        if how not in (
            "pasted_twice",
            "same_code_lower_case",
            "same_code_name_variant",
            "same_person_and_phone",
            "name_variant_same_person_and_phone",
        ):
            assert repeated[0].row == duplicate  # the fuller row stays, whichever stands first


LOOK_ALIKES = {
    "same owner and brand, other trade": (("西安甲木建筑有限公司", *SAME), ("西安甲木商贸有限公司", *SAME)),
    "same brand in another city": (("西安甲木商贸有限公司", *SAME), ("咸阳甲木商贸有限公司", *OTHER)),
    "head office and branch": (("西安甲木商贸有限公司", *SAME), ("西安甲木商贸有限公司宝鸡分公司", *SAME)),
    "namesakes": (
        ("西安甲木商贸有限公司", *SAME),
        ("西安乙木食品有限公司", None, "张三丰", "张三丰", "13900000008", "会员"),
    ),
    "a company and its owner": (("西安甲木商贸有限公司", *SAME), ("个人", *SAME)),
    "two persons of one name": (("个人", *SAME), ("个人", None, None, "张三丰", "13900000002", "会员")),
    "other legal form, other person": (("西安甲木商贸有限公司", *SAME), ("西安甲木商贸股份有限公司", *OTHER)),
    "variant characters, other person": (("陕西漵衍商贸有限公司", *SAME), ("陕西溆衍商贸有限公司", *OTHER)),
    "nearly the same name, two valid codes": (
        ("西安甲木商贸有限公司", *with_code(SAME, 1)),
        ("西安市甲木商贸有限责任公司", *with_code(SAME, 2)),
    ),
}


@pytest.mark.parametrize("rows", LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_look_alikes_are_left_alone(rows: tuple[Any, Any]) -> None:
    assert not [row for row in pair(*rows).values() if row.row_class is RowClass.DUPLICATE]


LIKELY = {
    "maybe_other_code": (
        ("西安甲木商贸有限公司", *with_code(SAME, 1)),
        ("西安甲木商贸有限公司", *with_code(SAME, 2)),
    ),
    "maybe_wrong_code": (("西安甲木商贸有限公司", *with_code(SAME, 1)), ("宝鸡丙木食品有限公司", *with_code(OTHER, 1))),
    "maybe_name_variant": (
        ("西安甲木商贸有限公司", *SAME),
        ("西安市甲木商贸有限责任公司", *SAME[:3], "13900000002", "会员"),
    ),
    "maybe_other_place": (("西安甲木商贸有限公司", *SAME), ("宝鸡甲木商贸有限公司", *SAME)),
    "maybe_same_person": (("个人", *SAME), ("个人", None, None, "张三丰", None, "会员")),
}


@pytest.mark.parametrize(("asked", "rows"), LIKELY.items(), ids=LIKELY.keys())
def test_likely_ones_are_asked_on_both_rows(asked: str, rows: tuple[Any, Any]) -> None:
    found = pair(*rows)
    assert not [row for row in found.values() if row.row_class is RowClass.DUPLICATE]
    assert all(asked in {problem.code for problem in found[n].questions} for n in (2, 4))


def test_three_rows_of_one_member_all_point_to_the_one_that_stays() -> None:
    full = ("西安甲木商贸有限公司", *with_code(SAME, 1))
    rows = read_rows(
        [
            HEADINGS,
            ("甲木商贸", *SAME),
            ("西安市甲木商贸有限责任公司", *with_code(SAME, 1)[:4], "会员"),
            full,
            full[:-1],
        ]
    )
    assert {row.duplicate_of_row for row in rows.values() if row.row_class is RowClass.DUPLICATE} == {4}
    assert sum(row.row_class is RowClass.MEMBER for row in rows.values()) == 1


def test_what_contradicts_the_row_that_stays_is_listed() -> None:
    one = ("西安甲木商贸有限公司", *with_code(SAME, 1))
    other = ("西安甲木商贸有限公司", code(1), "张三丰", "张三丰", "13900000002", "副会长")
    conflicts = {
        conflict.field: (conflict.here, conflict.main)
        for row in pair(one, other).values()
        for conflict in row.conflicts
    }
    assert conflicts == {"phones": (["13900000002"], ["13900000001"]), "positions": (["副会长"], ["理事"])}


def test_duplicates_are_found_across_sheets() -> None:
    row = ["西安甲木商贸有限公司", *with_code(SAME, 1)]
    register = read(workbook({"企业会员": [HEADINGS, row], "理事": [HEADINGS, row]}))
    (repeated,) = register.of_class(RowClass.DUPLICATE)
    assert repeated.as_json()["duplicate_of_sheet"] == "企业会员" and repeated.duplicate_of_row == 2


def test_a_member_among_those_who_left_is_asked_unless_it_joined_later() -> None:
    def register(joined: str) -> Any:
        active = [["企业名称", "联系人", "入会时间"], ["西安甲木商贸有限公司", "张三丰", joined]]
        left = [["企业名称", "联系人", "退会时间"], ["西安甲木商贸有限公司", "张三丰", "2021年5月"]]
        return read(workbook({"会员": active, "已退会": left})).rows[1]

    assert [problem.code for problem in register("2015年").questions] == ["also_withdrawn"]
    assert register("2024-04-18").questions == [] and register("2024-04-18").problems[0].code == "member_came_back"
