"""Small statements for the tests of reading: rows below the headings of a bank."""

from tenants.dues.statements import Statement, read_statement
from tests.support.workbooks import workbook

HEAD = ["交易日期", "对方户名", "对方账号", "收入金额", "支出金额", "余额", "摘要", "附言"]
FIRST = ["2025-01-06", "西安甲木商贸有限公司", "6100000000000478", 3000, None, 103000, "转账", "会费"]
SECOND = ["2025-01-07", None, None, None, 15, 102985, "手续费", "短信费"]
THIRD = ["2025-01-08", "向问天", "6200000000000001", "1,000.00", None, "103,985.00", "转账", "会费"]


def read(*rows: list[object], head: list[str] | None = HEAD, titles: tuple[list[object], ...] = ()) -> Statement:
    return read_statement(workbook({"明细": [*titles, *([head] if head else []), *rows]}), filename="明细.xlsx")


def problems(statement: Statement) -> list[tuple[str, int]]:
    return [(problem.code, problem.row) for problem in statement.problems]
