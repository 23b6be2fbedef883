"""Organisations by their names: of which kind, where, and what people call them for short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.names.organisations import is_organisation, kind_of, place_of, short_name


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("西安甲商贸有限公司", "", "enterprise"),
        ("甲木电子厂", "", "enterprise"),
        ("雁塔区甲木土菜馆", "", "household"),
        ("甲木商行", "92610000", "household"),
        ("西安甲木商行有限公司", "", "enterprise"),
        ("陕西湖南青年企业家联谊会", "", "group"),
        ("陕西省衡阳商会", "51610000", "group"),
        ("甲木", "", None),
    ],
)
def test_the_kind_of_a_member(name: str, code: str, kind: str | None) -> None:
    assert kind_of(name, code) == kind


@pytest.mark.parametrize(
    ("name", "short", "place"),
    [
        ("西安市甲木商贸有限公司", "甲木商贸", "西安"),
        ("甲木茶业(陕西)有限公司", "甲木茶业", "陕西"),
        ("西安甲木建材有限公司宝鸡分公司", "甲木建材宝鸡分公司", "西安"),
        ("新城区甲木土菜馆", "甲木土菜馆", "新城"),
        ("金华贸易有限公司", "金华贸易", "金华"),
        ("陝西甲木貿易集團有限公司", "甲木貿易", "陕西"),
    ],
)
def test_short_names_and_places(name: str, short: str, place: str) -> None:
    assert (short_name(name), place_of(name)) == (short, place)


@given(st.text(max_size=60))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    short_name(text)
    is_organisation(text)
