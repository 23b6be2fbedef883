"""What single cells mean: dates and amounts. Nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.spreadsheets.dates import read_date
from huiguan.spreadsheets.grids import PartialDate
from huiguan.spreadsheets.money import read_capital, read_dues, read_fen

TODAY = date(2025, 11, 30)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2019.3.5", "2019-03-05"),
        ("2019-03-05 00:00:00", "2019-03-05"),
        ("2019年3月5日入会", "2019-03-05"),
        ("２０１９．３．５", "2019-03-05"),
        ("20190305", "2019-03-05"),
        (20190305, "2019-03-05"),
        (43529, "2019-03-05"),
        ("43529.0", "2019-03-05"),
        (datetime(2019, 3, 5), "2019-03-05"),
        (date(2019, 3, 5), "2019-03-05"),
        (PartialDate("2019-03"), "2019-03"),
        ("2019.03", "2019-03"),
        (2019.07, "2019-07"),
        (2019.7, "2019-07"),
        (2019.11, "2019-11"),
        ("2019年3月份", "2019-03"),
        ("2019/03", "2019-03"),
        (201903, "2019-03"),
        ("二〇一九年三月", "2019-03"),
        ("二零一九年十二月二十五日", "2019-12-25"),
        ("二○一九年", "2019"),
        ("2019年度", "2019"),
        (2019, "2019"),
        (2019.0, "2019"),
        ("'19.5", "2019-05"),
        ("98年5月", "1998-05"),
        ("民國108年3月", "2019-03"),
        ("Mar-19", "2019-03"),
        ("March 5, 2019", "2019-03-05"),
        ("5-Mar-2019", "2019-03-05"),
        ("19/5/2020", "2020-05-19"),
        ("5/5/2020", "2020-05-05"),
        ("2018.1", "2018-01"),
        ("", None),
        ("—", None),
        (None, None),
    ],
)
def test_dates_are_as_precise_as_the_cell(cell: Any, meant: str | None) -> None:
    assert read_date(cell, today=TODAY) == (meant, None)


@pytest.mark.parametrize(
    ("cell", "meant", "code", "options"),
    [
        (2018.1, "2018", "date_january_or_october", ("2018-01", "2018-10")),
        ("5/6/2020", "2020", "date_ambiguous", ("2020-06-05", "2020-05-06")),
        ("2019年底", "2019", "date_only_year", ()),
        ("19.5", None, "date_ambiguous", ("2019-05",)),
        ("108/03/05", None, "date_ambiguous", ("2019-03-05",)),
        ("2015年入会,2019年转理事", None, "date_ambiguous", ("2015", "2019")),
        ("约2015年", None, "date_ambiguous", ("2015",)),
        ("2019.2.30", None, "date_impossible", ()),
        ("2021年13月", None, "date_impossible", ()),
        ("成立时", None, "date_unreadable", ()),
        ("2035年1月", None, "date_future", ()),
        (datetime(1905, 7, 11), None, "date_out_of_range", ()),
        ("0219年3月", None, "date_out_of_range", ()),
        ("9999-12-31", None, "date_future", ()),
        (-5, None, "date_unreadable", ()),
        (1e300, None, "date_unreadable", ()),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_asked(cell: Any, meant: str | None, code: str, options: Any) -> None:
    found, doubt = read_date(cell, today=TODAY)
    assert found == meant and doubt is not None and (doubt.code, doubt.options) == (code, options)


def test_a_text_that_lost_its_zeros_is_asked_where_the_column_shows_it() -> None:
    assert read_date("2018.1", today=TODAY, keeps_zeros=False)[1].code == "date_january_or_october"  # type: ignore[union-attr]
    assert read_date("2018.10", today=TODAY, keeps_zeros=False) == ("2018-10", None)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        (3000, 3000),
        ("3,000", 3000),
        ("¥3000", 3000),
        ("￥3,000.00元", 3000),
        ("3000元/年", 3000),
        ("0.3万", 3000),
        ("0.3万元/年", 3000),
        ("叁仟元整", 3000),
        ("一万二千元", 12000),
        ("免", 0),
        ("0", 0),
    ],
)
def test_dues_are_read_in_yuan(cell: Any, yuan: int) -> None:
    assert read_dues(cell) == (Decimal(yuan), None)


@pytest.mark.parametrize(
    ("cell", "doubted"),
    [
        ("见协议", "dues_unreadable"),
        ("3000-5000", "amount_several"),
        ("-3000", "amount_negative"),
        ("500美元", "amount_foreign_currency"),
        ("HK$500", "amount_foreign_currency"),
        (1e15, "amount_out_of_range"),
        ("3000左右", "dues_unreadable"),
    ],
)
def test_dues_that_are_no_amount_are_asked(cell: Any, doubted: str) -> None:
    found, doubt = read_dues(cell)
    assert found is None and doubt is not None and doubt.code == doubted


@pytest.mark.parametrize(
    ("cell", "unit", "wan"),
    [
        ("500", 10_000, 500),
        ("500万", 10_000, 500),
        ("500.00", 10_000, 500),
        ("1.2亿", 10_000, 12_000),
        ("5000000", 1, 500),
        ("5000000元", 10_000, 500),
        ("500万元人民币", 1, 500),
    ],
)
def test_registered_capital_is_read_in_ten_thousand_yuan(cell: Any, unit: int, wan: int) -> None:
    assert read_capital(cell, unit=Decimal(unit)) == (Decimal(wan), None)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (3000, 300_000),
        (29.99, 2_999),
        ("3,000.00", 300_000),
        ("+3,000.00", 300_000),
        ("-3,000.00", -300_000),
        ("−15", -1_500),
        ("(15.00)", -1_500),
        ("¥3000", 300_000),
        ("-¥15.50", -1_550),
        ("3000.00元", 300_000),
        ("3000.00DR", -300_000),
        ("3000.00 CR", 300_000),
        ("３０００", 300_000),
        (".5", 50),
        ("", None),
        ("--", None),
        ("/", None),
        (None, None),
    ],
)
def test_amounts_of_banks_are_read_in_fen(cell: Any, fen: int | None) -> None:
    assert read_fen(cell) == (fen, None)


@pytest.mark.parametrize("cell", ["三千", "3000-5000", "1,23", "3000美元", "abc", 1e300, float("nan"), "9" * 400])
def test_what_is_no_amount_of_a_bank_is_doubted(cell: Any) -> None:
    found, doubt = read_fen(cell)
    assert found is None and doubt is not None


anything = st.one_of(st.text(max_size=80), st.floats(), st.integers(), st.dates(), st.datetimes(), st.none())


@given(cell=anything)
def test_no_cell_makes_a_reader_fail(cell: Any) -> None:
    read_date(cell, today=TODAY)
    read_dues(cell)
    read_capital(cell)
    read_fen(cell)
