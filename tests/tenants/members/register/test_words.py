"""What words of a register mean: names of members, positions, sectors, headings, sections."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.members.register.headings import meaning
from tenants.members.register.industries import read_industry
from tenants.members.register.names import organisations_in, read_name
from tenants.members.register.positions import read_positions
from tenants.members.register.sections import is_footnote, is_total, read_section


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (" 西安甲 商贸\n有限公司\u200b ", "西安甲商贸有限公司"),
        ("甲商贸（陕西）有限公司", "甲商贸(陕西)有限公司"),
        ("“甲木”西安甲木商贸有限公司", "西安甲木商贸有限公司"),
        ('西安"甲木"商贸有限公司', "西安甲木商贸有限公司"),
        ("1、西安甲商贸有限公司", "西安甲商贸有限公司"),
        ("陝西甲貿易有限公司", "陝西甲貿易有限公司"),
        ("ABC Trading Co Ltd", "ABC Trading Co Ltd"),
    ],
)
def test_names_are_cleaned_but_keep_their_script(cell: str, name: str) -> None:
    assert read_name(cell).text == name


@pytest.mark.parametrize(
    ("cell", "name", "former", "note"),
    [
        ("西安甲商贸有限公司(原西安乙商贸有限公司)", "西安甲商贸有限公司", "西安乙商贸有限公司", True),
        ("西安甲商贸有限公司,原乙木商行", "西安甲商贸有限公司", "乙木商行", True),
        ("西安甲商贸有限公司（曾用名：西安乙贸易有限公司）", "西安甲商贸有限公司", "西安乙贸易有限公司", True),
        ("西安甲商贸有限公司,含下属门店3家", "西安甲商贸有限公司", "", True),
        ("西安甲商贸有限公司\n(分公司:汉中)", "西安甲商贸有限公司", "", True),
        ("陕西中原工贸有限公司", "陕西中原工贸有限公司", "", False),
    ],
)
def test_former_names_and_notes_are_split_off(cell: str, name: str, former: str, note: bool) -> None:
    found = read_name(cell)
    assert (found.text, found.former, bool(found.note)) == (name, former, note)


def test_two_members_in_a_cell_are_seen() -> None:
    assert len(organisations_in("西安甲商贸有限公司/西安乙建材有限公司")) == 2
    assert len(organisations_in("西安甲商贸有限公司、乙食品厂")) == 2
    assert len(organisations_in("西安甲商贸有限公司 西安乙建材有限公司")) == 2
    assert organisations_in("西安甲商贸\n有限公司") == []
    assert organisations_in("西安甲商贸有限公司,原乙木商行") == []


@pytest.mark.parametrize(
    ("cell", "positions"),
    [
        ("副 会 长", ["副会长"]),
        ("付会长", ["副会长"]),
        ("副會長單位", ["副会长"]),
        ("理事(单位)", ["理事"]),
        ("常理", ["常务理事"]),
        ("常务副", ["常务副会长"]),
        ("荣誉会长", ["名誉会长"]),
        ("高级顾问", ["顾问"]),
        ("会员单位", ["会员"]),
        ("副会长兼秘书长", ["副会长", "秘书长"]),
        ("副会长、建材专委会主任", ["副会长", "专委会主任"]),
        ("第三届理事会副会长", ["副会长"]),
        ("副会长(2019-2023)", ["副会长"]),
        ("监事會主席", ["监事长"]),
        ("", []),
        ("无", []),
    ],
)
def test_positions_become_standard_terms(cell: str, positions: list[str]) -> None:
    assert read_positions(cell) == (positions, None)


def test_an_unknown_position_is_asked_and_known_ones_beside_it_are_kept() -> None:
    assert read_positions("联络大使")[1].code == "position_unknown"  # type: ignore[union-attr]
    found, doubt = read_positions("副会长兼联络大使")
    assert found == ["副会长"] and doubt is not None
    assert read_positions("常务")[1].options == ("常务副会长", "常务理事")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("cell", "industry"),
    [
        ("IT", "信息技术"),
        ("軟件和信息技術", "信息技术"),
        ("建筑/建材", "建筑建材"),
        ("医药及大健康产业", "医药健康"),
        ("新能源/环保", "新能源"),
        ("茶叶种植与销售", "现代农业"),
        ("餐饮行业", "餐饮酒店"),
        ("外贸", "外贸"),
        ("", None),
    ],
)
def test_sectors_become_standard_terms(cell: str, industry: str | None) -> None:
    assert read_industry(cell) == (industry, None)


def test_of_several_sectors_the_first_is_taken_and_said() -> None:
    found, doubt = read_industry("教育培训,投资")
    assert found == "教育培训" and doubt is not None and doubt.options == ("教育培训", "金融")
    assert read_industry("殡葬")[1].code == "industry_unknown"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        (("公司名称",), "name"),
        (("单位全称",), "name"),
        (("企業名稱",), "name"),
        (("会员单位",), "name"),
        (("法人",), "legal_representative"),
        (("聯繫人",), "contact"),
        (("电 话",), "phone"),
        (("联系方式\n(必填)",), "phone"),
        (("手机号码*",), "phone"),
        (("届内职务",), "position"),
        (("商会职务",), "position"),
        (("单位职务",), "contact_role"),
        (("加入时间",), "joined"),
        (("缴费标准(元/年)",), "dues"),
        (("税号",), "credit_code"),
        (("统一代码",), "credit_code"),
        (("主营",), "business"),
        (("会费", "标准"), "dues"),
        (("会费缴纳", "2024年"), "paid"),
        (("2025年会费",), "paid"),
        (("2025年应缴会费",), "dues"),
        (("法定代表人", "姓名"), "legal_representative"),
        (("联系方式", "地址"), "address"),
        (("身份证号",), ""),
        (("联系人身份证号码",), ""),
        (("纳税人识别号",), "credit_code"),
        (("成立时间",), ""),
        (("QQ",), ""),
    ],
)
def test_headings_mean_fields(heading: tuple[str, ...], field: str) -> None:
    assert meaning(heading).field == field


def test_headings_name_years_and_units() -> None:
    assert meaning(("2024年已缴",)).year == 2024
    assert meaning(("24年度会费",)).year == 2024
    assert meaning(("注册资本\n（万元）",)).unit == 10_000
    assert meaning(("会费(元)",)).unit == 1
    assert meaning(("会费",)).unit is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("副会长单位（12家）", {"positions": ("副会长",)}),
        ("三、常務理事單位", {"positions": ("常务理事",)}),
        ("【理事】", {"positions": ("理事",)}),
        ("副会长单位(12家,会费1万元/年)", {"positions": ("副会长",)}),
        ("理事单位:年会费3000元", {"positions": ("理事",)}),
        ("（一）会长单位:", {"positions": ("会长",)}),
        ("理事(单位)(3家)", {"positions": ("理事",)}),
        ("副会长兼秘书长", {"positions": ("副会长", "秘书长"), "is_choice": False}),
        ("会长、执行会长", {"positions": ("会长", "执行会长"), "is_choice": True}),
        ("五、個人會員(20名)", {"kind": "individual"}),
        ("团体会员", {"kind": "group"}),
        ("已退会会员", {"is_withdrawn": True}),
        ("二、制造业（15家）", {"industry": "制造业"}),
        ("友好单位（5家）", {"is_unclear": True}),
    ],
)
def test_sections_speak_for_the_rows_below(text: str, said: dict[str, Any]) -> None:
    section = read_section(text)
    assert section is not None and {name: getattr(section, name) for name in said} == said


def test_notes_and_sums_are_no_sections() -> None:
    assert all(
        is_footnote(text) for text in ("注:以上…", "备注：本表由秘书处整理", "打印日期:2025-11-20 共 9 页", "製表人：")
    )
    assert all(is_total(text) for text in ("小计", "合 计", "總計", "共计:180家"))
    assert read_section("西安片区") is None


@given(st.text(max_size=60))
def test_no_text_makes_a_reader_of_words_fail(text: str) -> None:
    read_name(text)
    organisations_in(text)
    read_positions(text)
    read_industry(text)
    meaning((text,))
    read_section(text)
