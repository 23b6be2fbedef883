"""Payment codes: printed, typed by hand, and found again; a wrong digit finds nobody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.dues.statements import payment_code, shown_code
from tenants.dues.statements.codes import codes_in, year_of
from tests.tenants.dues.statements.lines import JIA, YI, came, codes, only, said

CODE = payment_code(2025, 123)
WIDE = "".join(chr(ord(character) + 0xFEE0) for character in CODE)


def test_a_code_is_printed_with_dashes() -> None:
    assert shown_code(CODE) == "HF25-0123-13"
    assert (year_of(CODE), payment_code(2025, 12345)[:-2]) == (2025, "HF2512345")


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        shown_code(CODE),
        "hf25 0123 13",
        WIDE,
        "会费HF25012313谢谢",
        "H F 2 5 0 1 2 3 1 3",
        "HF25-O123-13",
        "HF25012313 3000元",
        "缴费码：ＨＦ２５—０１２３—１３",
    ],
)
def test_a_code_is_found_however_it_was_typed(written: str) -> None:
    assert codes_in(written, {CODE}) == [CODE]


@given(number=st.integers(1, 99_999), year=st.integers(2020, 2040), place=st.integers(4, 9), digit=st.integers(1, 9))
def test_one_wrong_digit_finds_nobody(number: int, year: int, place: int, digit: int) -> None:
    code = payment_code(year, number)
    wrong = code[:place] + str((int(code[place]) + digit) % 10) + code[place + 1 :]
    everything = {payment_code(year, other) for other in (number, number + 1, number + 10)}
    assert codes_in(wrong, {wrong, *everything}) == []


@given(st.text(max_size=80))
def test_no_text_makes_the_search_fail(text: str) -> None:
    assert codes_in(text, {CODE}) in ([], [CODE])


def test_a_code_says_the_member_and_the_year_whoever_pays() -> None:
    members = [replace(JIA, codes=(payment_code(2025, 7), payment_code(2026, 7))), YI]
    found = only(came(3000, "令狐冲", f"{payment_code(2026, 7)}"), members)
    assert said(found) == ("auto", [("jia", 2026, 3000)]) and codes(found) == ["code", "fits"]
    assert said(only(came(1000, YI.name, payment_code(2025, 7)), members)) == ("auto", [("jia", 2025, 1000)])


def test_a_code_and_another_member_in_one_remark_are_asked() -> None:
    members = [replace(JIA, codes=(payment_code(2025, 7),)), YI]
    assert codes(only(came(3000, "令狐冲", f"{payment_code(2025, 7)} 乙水建材会费"), members)) == ["contradicts"]
