"""What single cells of a register mean: telephone numbers, codes, payments. Nothing is guessed."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.spreadsheets.money import bare_number
from tenants.members.register.codes import read_code
from tenants.members.register.payments import Dues, read_payment, read_payments
from tenants.members.register.phones import read_phones
from tests.tenants.members.register.workbooks import code


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
    read_phones(cell)
    read_code(cell)
    read_payments(cell, Dues(Decimal(1000), 2015), 2025)


@pytest.mark.parametrize(
    ("cell", "number"),
    [(3000, 3000), ("3,000", 3000), ("3 000.5", 3000.5), ("-5", -5), ("３０", 30), (",", None), ("3000元", None)],
)
def test_a_bare_number_is_one_whose_unit_only_the_heading_says(cell: Any, number: float | None) -> None:
    assert bare_number(cell) == number
