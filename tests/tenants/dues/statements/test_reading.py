"""How a statement is read: whose it is, what is no transaction, and what must not be read at all."""

from datetime import date

import pytest

from huiguan.limits import TooMuch
from tenants.dues.statements import Refused, read_limited, read_statement
from tests.support.workbooks import workbook
from tests.tenants.dues.statements.statements import FIRST, HEAD, SECOND, THIRD, problems, read


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
