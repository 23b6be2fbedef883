"""What does not add up in a statement is said, and what an earlier statement showed already is known again."""

import pytest

from tenants.dues.statements import read_statement
from tests.support.workbooks import workbook
from tests.tenants.dues.statements.statements import FIRST, HEAD, SECOND, THIRD, problems, read


def test_a_balance_that_does_not_follow_is_said() -> None:
    statement = read(FIRST, ["2025-01-08", "向问天", "", 1000, None, 104985, "", ""])
    assert problems(statement) == [("balance_breaks", 3)]
    assert "¥104,000.00" in statement.problems[0].text and "¥104,985.00" in statement.problems[0].text


def test_sums_counts_openings_and_the_time_are_checked() -> None:
    titles = (["期初余额:99,999.00 起止日期:20250107-20250131"],)
    statement = read(FIRST, SECOND, ["合计", "", "", 4000, 15], ["共3笔"], ["期末余额:5.00"], titles=titles)
    assert sorted(code for code, _ in problems(statement)) == [
        "closing_differs",
        "count_differs",
        "opening_differs",
        "outside_period",
        "total_differs",
    ]
    assert all("%(" not in problem.text for problem in statement.problems)


def test_the_sum_of_a_page_is_right_if_it_is_that_of_the_page() -> None:
    statement = read(FIRST, ["本页合计", "", "", 3000, 0], SECOND, THIRD, ["本页合计", "", "", 1000, 15])
    assert statement.problems == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["2025-02-30", "向问天", "", 1000, None, None, "", ""], "date_unreadable"),
        (["某日", "向问天", "", 1000, None, None, "", ""], "date_unreadable"),
        (["2025-01-08", "向问天", "", "壹仟", None, None, "", ""], "amount_unreadable"),
        (["2025-01-08", "向问天", "", "#REF!", None, None, "", ""], "amount_unreadable"),
        (["2025-01-08", "向问天", "", 1000, 5, None, "", ""], "both_sides"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_said(row: list[object], code: str) -> None:
    statement = read(FIRST, row, SECOND)
    assert problems(statement) == [(code, 3)] and len(statement.lines) == 2
    assert (3, code) in [(each.row, each.reason) for each in statement.skipped]


def test_an_amount_without_a_side_is_left_out_if_no_balance_tells() -> None:
    statement = read(
        ["2025-01-06", "向问天", 1000], ["2025-01-07", "任我行", 15], head=["交易日期", "对方户名", "金额"]
    )
    assert [code for code, _ in problems(statement)] == ["direction_unknown", "direction_unknown"]


def test_one_negative_amount_does_not_turn_the_others_round_where_the_balance_tells() -> None:
    head = ["交易日期", "对方户名", "金额", "余额"]
    rows: list[list[object]] = [
        ["2025-01-06", "向问天", 1000, 2000],
        ["2025-01-07", "任我行", 15, 1985],
        ["2025-01-08", "任我行", -15, 2000],
        ["2025-01-09", "向问天", 500, 2500],
    ]
    statement = read(*rows, head=head, titles=(["期初余额:1000.00"],))
    assert [line.amount_fen for line in statement.lines] == [100_000, -1_500, -1_500, 50_000]
    assert problems(statement) == [("balance_breaks", 5)]


def test_a_later_statement_that_overlaps_is_recognised_line_by_line() -> None:
    early = read(FIRST, SECOND, [*SECOND[:5], 102970, "手续费", "短信费"])
    rows = [FIRST, SECOND, [*SECOND[:5], 102970, "手续费", "短信费"], [*THIRD[:5], 103970, "转账", "会费"]]
    columns = [5, 0, 1, 6, 7, 3, 4]
    late = read(*([row[at] for at in columns] for row in reversed(rows)), head=[HEAD[at] for at in columns])
    known = {line.fingerprint for line in early.lines}
    assert len(known) == 3 and [line.fingerprint in known for line in late.lines] == [True, True, True, False]


def test_equal_lines_without_a_balance_are_told_apart_by_their_number() -> None:
    head = ["交易日期", "对方户名", "收入", "支出"]
    rows: list[list[object]] = [
        ["2025-01-06", "向问天", 1000, None],
        ["2025-01-06", "向问天", 1000, None],
        ["2025-01-06", "任我行", None, 5],
    ]
    prints = [line.fingerprint for line in read(*rows, head=head).lines]
    assert len(set(prints)) == 3
    assert [line.fingerprint for line in read(*rows[:2], ["2025-01-07", "任我行", None, 5], head=head).lines][
        :2
    ] == prints[:2]


def test_sheets_that_overlap_give_each_transaction_once() -> None:
    content = workbook({"1月": [HEAD, FIRST, SECOND], "2月": [HEAD, SECOND, THIRD]})
    statement = read_statement(content, filename="a.xlsx")
    assert [line.sheet for line in statement.lines] == ["1月", "1月", "2月"]
    assert [(each.sheet, each.reason) for each in statement.skipped][-1] == ("2月", "seen_twice")


def test_a_foreign_currency_is_mentioned() -> None:
    assert problems(read(FIRST, SECOND, titles=(["币种:美元"],))) == [("currency_foreign", 0)]
