"""How a statement is read: what is no transaction, what does not add up, and what must not be read at all."""

from datetime import date, time

import pytest

from huiguan.limits import TooMuch
from tenants.dues.statements import Refused, Statement, read_limited, read_statement
from tests.support.workbooks import csv, workbook

HEAD = ["交易日期", "对方户名", "对方账号", "收入金额", "支出金额", "余额", "摘要", "附言"]
FIRST = ["2025-01-06", "西安甲木商贸有限公司", "6100000000000478", 3000, None, 103000, "转账", "会费"]
SECOND = ["2025-01-07", None, None, None, 15, 102985, "手续费", "短信费"]
THIRD = ["2025-01-08", "向问天", "6200000000000001", "1,000.00", None, "103,985.00", "转账", "会费"]


def read(*rows: list[object], head: list[str] | None = HEAD, titles: tuple[list[object], ...] = ()) -> Statement:
    return read_statement(workbook({"明细": [*titles, *([head] if head else []), *rows]}), filename="明细.xlsx")


def problems(statement: Statement) -> list[tuple[str, int]]:
    return [(problem.code, problem.row) for problem in statement.problems]


def test_a_line_says_everything_that_stands_in_its_row() -> None:
    line = read(FIRST, SECOND, THIRD).lines[0]
    assert (line.sheet, line.row, line.booked_on, line.booked_at) == ("明细", 2, date(2025, 1, 6), None)
    assert (line.party, line.party_account) == ("西安甲木商贸有限公司", "6100000000000478")
    assert (line.income_fen, line.expense_fen, line.balance_fen, line.amount_fen) == (300_000, 0, 10_300_000, 300_000)
    assert (line.summary, line.remark) == ("转账", "会费")


@pytest.mark.parametrize(
    ("titles", "holder", "number"),
    [
        (
            [["账户名称:西安市常德商会    账号:6100 0000 0000 0001    币种:人民币"]],
            "西安市常德商会",
            "6100000000000001",
        ),
        ([["户名", "西安市常德商会", "账号", "6100000000000001"]], "西安市常德商会", "6100000000000001"),
        (
            [["查询账号[ Inquirer account number ]:6100000000000001"], ["单位名称：西安市常德商会"]],
            "西安市常德商会",
            "6100000000000001",
        ),
        ([["Account Name: 西安市常德商会"], ["Account No.: 6100****0001"]], "西安市常德商会", "6100****0001"),
        ([["交易明细"]], "", ""),
    ],
)
def test_the_rows_above_say_whose_account_it_is(titles: list[list[object]], holder: str, number: str) -> None:
    account = read(FIRST, SECOND, THIRD, titles=tuple(titles)).account
    assert (account.holder, account.number) == (holder, number)


@pytest.mark.parametrize(
    "title",
    [
        "起止日期:20250101-20251130",
        "查询时段: 2025年1月1日 - 2025年11月30日",
        "起始日期:2025-01-01 终止日期:2025-11-30",
        "日期范围 2025/01/01 至 2025/11/30",
    ],
)
def test_the_rows_above_say_for_which_time(title: str) -> None:
    account = read(FIRST, SECOND, THIRD, titles=([title],)).account
    assert (account.first_on, account.last_on) == (date(2025, 1, 1), date(2025, 11, 30))


def test_rows_that_are_no_transactions_say_why() -> None:
    statement = read(
        ["", "", "", "", "", 100000, "承前页", ""],
        FIRST,
        HEAD,
        SECOND,
        ["2025-01-08", "向问天", None, 0, 0, 102985, "查询", ""],
        THIRD,
        ["合计", None, None, 4000, 15],
        ["共3笔   本明细仅供参考,以银行回单为准"],
        titles=(["对公账户交易明细"], []),
    )
    assert [(each.row, each.reason) for each in statement.skipped] == [
        (1, "title"),
        (3, "header"),
        (4, "carried"),
        (6, "repeated_header"),
        (8, "no_amount"),
        (10, "total"),
        (11, "total"),
    ]
    assert len(statement.lines) == 3 and statement.problems == ()


def test_a_payer_may_be_called_like_a_note() -> None:
    head = ["对方户名", "交易日期", "收入金额", "支出金额"]
    rows: list[list[object]] = [
        ["注册会计师协会", "2025-01-06", 3000, None],
        ["合计商贸有限公司", "2025-01-07", 1, None],
    ]
    assert [line.party for line in read(*rows, head=head).lines] == ["注册会计师协会", "合计商贸有限公司"]


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


@pytest.mark.parametrize(
    "heading", ["收(付)方名称", "收/付款人名称", "付（收）款方户名", "收款人名称", "客商", "对手方"]
)
def test_the_other_side_is_found_under_any_heading(heading: str) -> None:
    head = ["交易日期", heading, "收入", "支出"]
    rows: list[list[object]] = [
        ["2025-01-06", "西安甲木商贸有限公司", 1000, None],
        ["2025-01-07", "任我行", None, 15],
        ["2025-01-08", "向问天", 3000, None],
    ]
    assert [line.party for line in read(*rows, head=head).lines] == [row[1] for row in rows]


def test_words_of_a_column_tell_the_side_where_its_heading_does_not() -> None:
    head = ["交易日期", "交易类型", "交易金额", "对方户名"]
    rows: list[list[object]] = [
        ["2025-01-06", "来账", "1,000.00", "向问天"],
        ["2025-01-07", "往账", "15.00", "任我行"],
        ["2025-01-08", "来账", "3,000.00", "向问天"],
    ]
    assert [line.amount_fen for line in read(*rows, head=head).lines] == [100_000, -1_500, 300_000]


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


@pytest.mark.parametrize(
    ("cells", "on", "at"),
    [
        (["20250106", "095030"], date(2025, 1, 6), time(9, 50, 30)),
        (["2025/1/6", "9:50"], date(2025, 1, 6), time(9, 50)),
        (["2025年1月6日", 0.41], date(2025, 1, 6), time(9, 50, 24)),
        ([45663, 95030], date(2025, 1, 6), time(9, 50, 30)),
        (["2025-01-06 09:50:30", None], date(2025, 1, 6), time(9, 50, 30)),
        (["20250106095030", None], date(2025, 1, 6), time(9, 50, 30)),
        ([45663.41, None], date(2025, 1, 6), time(9, 50, 24)),
        ([None, "2025-01-06 09.50.30"], date(2025, 1, 6), time(9, 50, 30)),
    ],
)
def test_days_and_times_are_read_in_every_way_banks_write_them(cells: list[object], on: date, at: time) -> None:
    rows = [[*cells, "向问天", 1000, None], [*cells, "任我行", None, 15]]
    line = read(*rows, head=["交易日期", "交易时间", "对方户名", "收入", "支出"]).lines[0]
    assert (line.booked_on, line.booked_at) == (on, at)


@pytest.mark.parametrize(
    ("head", "came", "went"),
    [
        (["交易金额(收入)", "交易金额(支出)"], [1000, None], [None, 15]),
        (["贷方发生额/元", "借方发生额/元(支取)"], ["1,000.00", "0.00"], ["0.00", "15.00"]),
        (["收/支", "金额"], ["收入", "¥1000.00"], ["支出", "¥15.00"]),
        (["借贷标志", "发生额"], ["C", 1000], ["D", 15]),
        (["收支"], [1000], [-15]),
        (["发生额(收入为正,支出为负)"], ["+1,000.00元"], ["(15.00)"]),
        (["来往账标志", "交易金额"], ["来账", "1,000.00"], ["往账", "-15.00"]),
    ],
)
def test_amounts_stand_in_one_column_or_in_two(head: list[str], came: list[object], went: list[object]) -> None:
    rows = [["2025-01-06", "向问天", *came], ["2025-01-07", "任我行", *went]]
    lines = read(*rows, head=["交易日期", "对方户名", *head]).lines
    assert [line.amount_fen for line in lines] == [100_000, -1_500]


def test_name_and_account_of_the_other_side_may_stand_in_one_cell() -> None:
    head = ["交易日期", "对方账号与户名", "收入", "支出"]
    lines = read(
        ["2025-01-06", "6217000000000012/向问天", 1000, None], ["2025-01-07", "任我行", None, 15], head=head
    ).lines
    assert [(line.party, line.party_account) for line in lines] == [("向问天", "6217000000000012"), ("任我行", "")]


def test_a_bill_of_a_payment_service_is_read_too() -> None:
    head = [
        "交易时间",
        "交易类型",
        "交易对方",
        "商品",
        "收/支",
        "金额(元)",
        "支付方式",
        "当前状态",
        "交易单号",
        "商户单号",
        "备注",
    ]
    rows: list[list[object]] = [
        ["微信支付账单明细"],
        ["起始时间:[2025-01-01 00:00:00] 终止时间:[2025-11-30 00:00:00]"],
        head,
        [
            "2025-01-06 09:50:30",
            "二维码收款",
            "向问天",
            "会费",
            "收入",
            "¥3000.00",
            "/",
            "已收钱",
            "10001\t",
            "1\t",
            "/",
        ],
        [
            "2025-01-07 10:00:00",
            "零钱提现",
            "某银行",
            "/",
            "/",
            "¥2000.00",
            "某银行",
            "提现已到账",
            "10002\t",
            "2\t",
            "/",
        ],
        [
            "2025-01-08 10:00:00",
            "二维码收款",
            "任我行",
            "会费",
            "收入",
            "¥100.00",
            "/",
            "已全额退款",
            "10003\t",
            "3\t",
            "/",
        ],
    ]
    statement = read_statement(csv(rows, encoding="utf-8-sig"), filename="账单.csv")
    assert [(line.party, line.amount_fen, line.remark) for line in statement.lines] == [("向问天", 300_000, "会费")]
    assert [each.reason for each in statement.skipped][-2:] == ["neutral", "not_booked"]


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


def test_a_file_without_headings_of_a_statement_says_so() -> None:
    statement = read_statement(
        workbook({"名册": [["企业名称", "联系人"], ["西安甲木商贸有限公司", "向问天"]]}), filename="a.xlsx"
    )
    assert statement.lines == () and problems(statement) == [("no_headings", 0)]


def test_a_sheet_that_is_no_statement_is_not_mentioned_beside_one() -> None:
    content = workbook({"说明": [["请用网银下载"]], "明细": [HEAD, FIRST, SECOND]})
    assert read_statement(content, filename="a.xlsx").problems == ()
    with pytest.raises(Refused, match="流水"):
        read_statement(content, filename="a.xlsx", sheet="流水")


def test_a_foreign_currency_is_mentioned() -> None:
    assert problems(read(FIRST, SECOND, titles=(["币种:美元"],))) == [("currency_foreign", 0)]


def test_a_file_is_read_in_a_child_process_and_its_refusal_comes_back() -> None:
    content = workbook({"明细": [HEAD, FIRST, SECOND, THIRD]})
    assert read_limited(content, filename="a.xlsx") == read_statement(content, filename="a.xlsx")
    with pytest.raises((Refused, TooMuch)) as refused:
        read_limited(b"%PDF-1.7", filename="a.pdf")
    assert isinstance(refused.value, Refused) and refused.value.code == "file_is_not_a_table"


@pytest.mark.parametrize(
    "cell",
    ["=cmd|' /C calc'!A0", "<script>", "\u202e会费", "9" * 400, "1e400", "A" * 30_000, "%s%n", "_x0000_", "会" * 5000],
)
def test_a_hostile_cell_in_any_column_is_survived(cell: str) -> None:
    statement = read(FIRST, [cell] * len(HEAD), ["2025-01-08", cell, cell, 1000, None, cell, cell, cell])
    assert [line.income_fen for line in statement.lines] == [300_000, 100_000]
    assert all(len(line.remark) <= 500 and "\u202e" not in line.remark for line in statement.lines)
    assert all(problem.text for problem in statement.problems)
