"""What an amount pays: a year, two, a part, two members; and when it is asked rather than done."""

from dataclasses import replace
from datetime import date

import pytest

from tests.tenants.dues.statements.lines import DING, JIA, MEMBERS, YI, came, codes, matched, only, said


@pytest.mark.parametrize(
    ("remark", "yuan", "paid"),
    [
        ("2024年会费", 3000, [("jia", 2024, 3000)]),
        ("去年会费", 3000, [("jia", 2024, 3000)]),
        ("2024、2025年会费", 6000, [("jia", 2024, 3000), ("jia", 2025, 3000)]),
        ("补缴2024及2025年会费", 6000, [("jia", 2024, 3000), ("jia", 2025, 3000)]),
        ("24年25年两年会费", 6000, [("jia", 2024, 3000), ("jia", 2025, 3000)]),
        ("会费(24+25)", 6000, [("jia", 2024, 3000), ("jia", 2025, 3000)]),
        ("2024年会费3000 2025年会费3000", 6000, [("jia", 2024, 3000), ("jia", 2025, 3000)]),
        ("2024-2026三年会费", 9000, [("jia", 2024, 3000), ("jia", 2025, 3000), ("jia", 2026, 3000)]),
        ("2025-2027年会费", 9000, [("jia", 2025, 3000), ("jia", 2026, 3000), ("jia", 2027, 3000)]),
        ("预缴2026年度会费", 3000, [("jia", 2026, 3000)]),
        ("明年会费", 3000, [("jia", 2026, 3000)]),
    ],
)
def test_the_years_of_the_remark_are_paid(remark: str, yuan: int, paid: list[tuple[str, int, float]]) -> None:
    assert said(only(came(yuan, JIA.name, remark))) == ("auto", paid)


def test_without_a_year_the_year_of_the_booking_is_paid() -> None:
    assert said(only(came(3000, JIA.name, "会费", on="2024-12-30"))) == ("auto", [("jia", 2024, 3000)])


def test_instalments_are_parts_until_the_year_is_paid() -> None:
    lines = [
        came(1000, JIA.name, "会费第一期"),
        came(1500, "向问天", "会费第二期", on="2025-05-01"),
        came(1000, JIA.name, "会费尾款", on="2025-08-01"),
    ]
    first, second, third = matched(*lines)
    assert [said(first), said(second)] == [("auto", [("jia", 2025, 1000)]), ("auto", [("jia", 2025, 1500)])]
    assert said(third) == ("review", [("jia", 2025, 500)]) and third.surplus_fen == 50_000


def test_lines_are_gone_through_by_date_whatever_their_order() -> None:
    later, earlier = came(3000, JIA.name, "会费", on="2025-05-01"), came(3000, JIA.name, "会费", on="2025-03-01")
    assert [found.match.value for found in matched(later, earlier)] == ["review", "auto"]


def test_a_second_payment_of_a_year_is_asked_and_says_when_the_first_came() -> None:
    _, double = matched(came(3000, JIA.name, "2025年会费"), came(3000, "向问天", "会费", on="2025-04-18"))
    assert said(double) == ("review", [("jia", 2025, 3000)]) and codes(double)[-1] == "already_paid_on"
    assert "2025" in double.reason


def test_late_in_the_year_a_second_payment_may_be_for_the_next_one() -> None:
    _, second = matched(came(3000, JIA.name, "会费"), came(3000, JIA.name, "会费", on="2025-12-20"))
    assert [[(a.year, a.fen) for a in candidate.allocations] for candidate in second.candidates] == [
        [(2025, 300_000)],
        [(2026, 300_000)],
    ]


def test_what_is_paid_on_record_is_not_open_and_what_is_only_noted_is() -> None:
    assert codes(only(came(3000, JIA.name, "会费"), [replace(JIA, open={2025: 0})]))[-1] == "already_paid"
    assert said(only(came(3000, JIA.name, "会费"), [replace(JIA, noted={2025: 300_000})]))[0] == "auto"


def test_ten_times_too_much_is_asked_with_the_surplus() -> None:
    found = only(came(30_000, JIA.name, "会费"))
    assert said(found) == ("review", [("jia", 2025, 3000)]) and found.surplus_fen == 2_700_000


def test_an_amount_that_may_have_lost_a_fee_is_no_part() -> None:
    assert codes(only(came(2982, JIA.name, "会费")))[-1] == "less_a_fee"


@pytest.mark.parametrize(
    "remark", ["甲木商贸、乙水建材会费", "甲木商贸和乙水建材两家会费", "会费:甲木商贸+乙水建材", "甲木、乙水2025年会费"]
)
def test_two_members_in_one_amount_get_what_each_owes(remark: str) -> None:
    paid = ("auto", [("jia", 2025, 3000), ("yi", 2025, 1000)])
    assert said(only(came(4000, "令狐冲", remark))) == paid
    assert said(only(came(3500, "令狐冲", remark)))[0] == "review"


def test_our_company_and_another_one_are_two() -> None:
    found = only(came(4000, JIA.name, "我司及乙水建材两家会费"))
    assert said(found) == ("auto", [("jia", 2025, 3000), ("yi", 2025, 1000)])


def test_exactly_everything_on_record_as_owed_is_paid_without_a_year() -> None:
    owing = [replace(JIA, open={2024: 300_000})]
    assert said(only(came(6000, JIA.name, "会费"), owing)) == ("auto", [("jia", 2024, 3000), ("jia", 2025, 3000)])
    assert codes(only(came(3000, JIA.name, "会费"), owing))[-1] == "which_year"
    noted = [replace(JIA, open={2024: 300_000}, noted={2025: 300_000})]
    assert said(only(came(3000, JIA.name, "会费"), noted)) == ("auto", [("jia", 2025, 3000)])


def test_arrears_without_a_year_are_those_on_record() -> None:
    assert said(only(came(3000, JIA.name, "补缴会费"), [replace(JIA, open={2024: 300_000})]))[1] == [
        ("jia", 2024, 3000)
    ]
    assert codes(only(came(3000, JIA.name, "补缴会费")))[-1] == "which_year"
    assert codes(only(came(6000, JIA.name, "两年会费")))[-1] == "which_year"


def test_without_the_word_dues_only_the_exact_amount_is_believed() -> None:
    for remark in ("", "往来款", "2025"):
        assert said(only(came(3000, "向问天", remark))) == ("auto", [("jia", 2025, 3000)]), remark
        assert said(only(came(1000, "向问天", remark)))[0] == "review", remark
    assert codes(only(came(3000, "向问天", "芒种茶叙")))[-1] == "words_unclear"


def test_where_the_dues_are_not_known_clear_words_are_believed() -> None:
    unknown = [replace(JIA, dues_fen=None)]
    assert said(only(came(2000, JIA.name, "2025年会费"), unknown)) == ("auto", [("jia", 2025, 2000)])
    assert said(only(came(2000, JIA.name, ""), unknown))[0] == "review"
    assert said(only(came(2000, "甲木", "会费"), unknown))[0] == "review"


def test_dues_of_a_year_before_joining_and_after_leaving_are_asked() -> None:
    new = [replace(JIA, joined_on=date(2025, 1, 1))]
    assert codes(only(came(3000, JIA.name, "2024年会费"), new))[-1] == "not_yet_joined"
    gone = [replace(JIA, left_on=date(2025, 3, 10))]
    assert said(only(came(3000, JIA.name, "会费", on="2025-01-15"), gone))[0] == "auto"
    assert codes(only(came(3000, JIA.name, "会费", on="2025-04-15"), gone))[-1] == "has_left"
    assert codes(only(came(3000, JIA.name, "会费"), [replace(JIA, has_left=True)]))[-1] == "has_left"


def test_dues_may_differ_from_year_to_year() -> None:
    raised = [replace(JIA, dues={2024: 200_000})]
    assert said(only(came(5000, JIA.name, "2024、2025年会费"), raised))[1] == [("jia", 2024, 2000), ("jia", 2025, 3000)]


def test_who_owes_nothing_is_asked() -> None:
    assert codes(only(came(500, JIA.name, "会费"), [replace(JIA, dues={2025: 0})]))[-1] == "nothing_due"


def test_a_line_from_the_future_is_asked() -> None:
    found = matched(came(3000, JIA.name, "会费"), today=date(2025, 2, 1))[0]
    assert (found.match.value, codes(found)[-1]) == ("review", "in_future")


def test_nothing_is_ever_allocated_beyond_the_amount() -> None:
    lines = [
        came(yuan, party, "会费") for yuan in (1, 500, 2999.99, 3000, 9000) for party in (JIA.name, YI.name, DING.name)
    ]
    for found in matched(*lines, members=MEMBERS):
        assert sum(each.fen for each in found.allocations) + found.surplus_fen <= found.line.income_fen
