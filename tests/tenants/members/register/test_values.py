"""What single cells mean: dates, telephone numbers, codes, amounts, payments. Nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.members.register.codes import read_code
from tenants.members.register.dates import read_date
from tenants.members.register.grids import PartialDate
from tenants.members.register.money import read_capital, read_dues
from tenants.members.register.payments import Dues, read_payment, read_payments
from tenants.members.register.phones import read_phones
from tests.tenants.members.register.workbooks import TODAY, code


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
    ("cell", "meant"),
    [
        (13600001021.0, ["13600001021"]),
        ("１３６００００１０２１", ["13600001021"]),
        ("+86 136-0000-1021", ["13600001021"]),
        ("0086 13600001021", ["13600001021"]),
        ("136 0000 1021(微信同号)", ["13600001021"]),
        ("139 000 010 21", ["13900001021"]),
        ("13600001021 / 029-00001011", ["13600001021", "029-00001011"]),
        ("13600001021;13700001022", ["13600001021", "13700001022"]),
        ("13600001021\n13700001022", ["13600001021", "13700001022"]),
        ("13600001021、13600001021", ["13600001021"]),
        ("(029)88881234转801", ["029-88881234-801"]),
        ("0912 8881234", ["0912-8881234"]),
        ("02988881234", ["029-88881234"]),
        ("(02) 2345-6789", ["02-23456789"]),
        ("0912-345-678", ["0912345678"]),
        ("029-8888 1234", ["029-88881234"]),
        ("0731-8888 1234", ["0731-88881234"]),
        ("400-800-1234", ["4008001234"]),
        ("+852 9123 4567", ["+85291234567"]),
        ("张三13600001021", ["13600001021"]),
        ("", []),
        ("无", []),
    ],
)
def test_telephone_numbers_of_a_cell(cell: Any, meant: list[str]) -> None:
    assert read_phones(cell) == (meant, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.38E+10", "phone_lost_digits"),
        ("1.38000E+10", "phone_lost_digits"),
        (13800000000.0, "phone_lost_digits"),
        ("1500000????", "phone_unreadable"),
        ("1510000202", "phone_unreadable"),
        ("136000010211", "phone_unreadable"),
        ("见微信群", "phone_not_a_number"),
        ("=1+1", "phone_not_a_number"),
    ],
)
def test_a_ruined_telephone_number_is_not_kept(cell: Any, code: str) -> None:
    found, doubt = read_phones(cell)
    assert found == [] and doubt is not None and doubt.code == code


def test_a_credit_code_is_read_through_spaces_small_letters_and_full_width() -> None:
    valid = code(7)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in valid)
    for written in (valid, valid.lower(), f" {valid[:4]} {valid[4:8]} {valid[8:]} ", wide, f"{valid}\u200b"):
        assert read_code(written) == (valid, None)


@pytest.mark.parametrize(
    ("written", "doubted"),
    [
        (code(7)[:-1] + ("0" if code(7)[-1] != "0" else "1"), "code_wrong_check"),
        (code(7)[:-1], "code_wrong_length"),
        ("610104000012345", "code_is_old_registration"),
        (9.16101e17, "code_lost_digits"),
        ("9.16101E+17", "code_lost_digits"),
        ("办理中", "code_pending"),
        ("<script>", "code_wrong_length"),
    ],
)
def test_a_wrong_credit_code_is_never_corrected(written: Any, doubted: str) -> None:
    found, doubt = read_code(written)
    assert found is None and doubt is not None and doubt.code == doubted


def test_a_code_with_two_letters_swapped_is_offered_not_taken() -> None:
    swapped = code(7)[:8] + "AM" + code(7)[10:]
    assert read_code(swapped)[1].options == (code(7),)  # type: ignore[union-attr]


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
    ("cell", "payment"),
    [
        ("√", {"status": "paid", "amount": 3000}),
        ("已缴", {"status": "paid", "amount": 3000}),
        ("转账", {"status": "paid", "amount": 3000, "method": "转账"}),
        ("已缴 收据No.000674", {"status": "paid", "amount": 3000}),
        ("3000(2024.3.5)", {"status": "paid", "amount": 3000}),
        ("微信3000", {"status": "paid", "amount": 3000, "method": "微信"}),
        (3000, {"status": "paid", "amount": 3000}),
        ("0.3万", {"status": "paid", "amount": 3000}),
        (1500, {"status": "partial", "amount": 1500}),
        ("1200(欠1800)", {"status": "partial", "amount": 1200}),
        ("欠1800", {"status": "partial", "amount": 1200}),
        ("先缴1500,余缓缴", {"status": "partial", "amount": 1500}),
        ("缓缴至12月", {"status": "deferred", "amount": 0}),
        ("免缴", {"status": "waived", "amount": 0}),
        ("欠費", {"status": "unpaid", "amount": 0}),
        ("未入会", {"status": "not_due", "amount": 0}),
        ("", {"status": "unpaid", "amount": 0}),
        ("/", {"status": "unpaid", "amount": 0}),
        ("说“下月缴”", {"status": "unpaid", "amount": 0}),
    ],
)
def test_what_was_paid_for_a_year(cell: Any, payment: dict[str, Any]) -> None:
    assert read_payment(cell, Dues(Decimal(3000), 2015), 2024) == (payment, None)


def test_an_empty_cell_means_not_due_before_joining_and_nothing_where_joining_is_unknown() -> None:
    assert read_payment("", Dues(Decimal(3000), 2025), 2024)[0] == {"status": "not_due", "amount": 0}
    assert read_payment("", Dues(Decimal(0), 2015), 2024)[0] == {"status": "waived", "amount": 0}
    assert read_payment("", Dues(Decimal(3000), None, is_doubtful=True), 2024) == (None, None)


@pytest.mark.parametrize("cell", ["缴了一些吧", "-1000", "3000或5000", "<b>"])
def test_a_payment_that_is_not_understood_is_asked(cell: str) -> None:
    found, doubt = read_payment(cell, Dues(Decimal(3000), 2015), 2024)
    assert found is None and doubt is not None


def test_years_named_in_the_cell_are_kept_apart() -> None:
    dues = Dues(Decimal(1000), 2015)
    found, _ = read_payments("2024已缴,2025未缴", dues, 2025)
    assert {year: payment["status"] for year, payment in found.items()} == {2024: "paid", 2025: "unpaid"}
    assert set(read_payments("欠2024,2025", dues, None)[0]) == {2024, 2025}
    assert read_payments("已缴", dues, None)[1].code == "payment_without_year"  # type: ignore[union-attr]


anything = st.one_of(st.text(max_size=80), st.floats(), st.integers(), st.dates(), st.datetimes(), st.none())


@given(cell=anything)
def test_no_cell_makes_a_reader_fail(cell: Any) -> None:
    read_date(cell, today=TODAY)
    read_phones(cell)
    read_code(cell)
    read_dues(cell)
    read_capital(cell)
    read_payments(cell, Dues(Decimal(1000), 2015), 2025)
