"""Amounts in capital numerals follow 正确填写票据和结算凭证的基本规定, for every amount."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.papers.amounts import DIGITS, MOST_FEN, in_capitals

AMOUNTS = st.one_of(
    st.integers(0, 10_000_000),
    st.integers(0, MOST_FEN),
    st.lists(st.sampled_from("0000123456789"), min_size=1, max_size=14).map(lambda digits: int("".join(digits))),
)
WORTH = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        # the regulation's own examples, rules 2 and 3
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # and what people ask about
        ("12345.67", "壹万贰仟叁佰肆拾伍元陆角柒分"),
        ("0.00", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10.00", "壹拾元整"),
        ("100000.00", "壹拾万元整"),
        ("10010.00", "壹万零壹拾元整"),
        ("100000001.00", "壹亿零壹元整"),
        ("100005000.00", "壹亿零伍仟元整"),
        ("20000005.01", "贰仟万零伍元零壹分"),
        ("123456789012.34", "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
    ],
)
def test_amounts_are_written_as_the_regulation_writes_them(yuan: str, said: str) -> None:
    assert in_capitals(int(yuan.replace(".", ""))) == said


@given(AMOUNTS)
def test_what_is_written_can_be_read_back(fen: int) -> None:
    assert fen_of(in_capitals(fen)) == fen


@given(AMOUNTS)
def test_zeros_are_read_once_and_the_end_is_said_where_it_must_be(fen: int) -> None:
    said = in_capitals(fen)
    assert "零零" not in said
    assert said.endswith("整") == (fen % 100 == 0)
    assert not re.search(r"零(元|万|亿|角|分)", said) or said == "零元整"
    assert not re.search(rf"(^|[^{DIGITS[1:]}])[拾佰仟]", said), "拾 is never without its 壹"


@pytest.mark.parametrize("fen", [-1, MOST_FEN + 1])
def test_no_amount_beyond_what_can_be_said(fen: int) -> None:
    with pytest.raises(ValueError, match=str(fen)):
        in_capitals(fen)


def fen_of(said: str) -> int:
    """Read by another way than it is written: from left to right, as a cashier does."""
    whole, _yuan, rest = said.removesuffix("整").rpartition("元")
    total = section = digit = 0
    for sign in whole:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in WORTH:
            section, digit = section + digit * WORTH[sign], 0
        else:
            worth = {"万": 10**4, "亿": 10**8}[sign]
            total, section, digit = (total + (section + digit) * worth), 0, 0
    yuan = total + section + digit
    small = re.fullmatch(rf"零?(?:([{DIGITS}])角)?(?:([{DIGITS}])分)?", rest)
    assert small, rest
    return yuan * 100 + sum(DIGITS.index(d) * worth for d, worth in zip(small.groups(), (10, 1), strict=True) if d)
