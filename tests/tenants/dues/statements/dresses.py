"""The demo statement as other banks would give it out: the same transactions under other headings, in another order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from opencc import OpenCC
from openpyxl import load_workbook

from tenants.dues.statements import Line
from tests.support.workbooks import csv, saved, workbook

HOLDER, ACCOUNT = "西安市常德商会", "6100000000000001"
Row = list[Any]


@dataclass(frozen=True)
class Dress:
    """A file that a bank would make of the lines."""

    filename: str
    content: Callable[[list[Line]], bytes]


def yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:,.2f}"


def at(line: Line) -> datetime:
    return datetime.combine(line.booked_on, line.booked_at or time())


def debit_and_credit(lines: list[Line]) -> bytes:
    """A bank's own words, newest first, zeros instead of empty cells, a page total in the middle."""
    head = [
        "凭证号",
        "本方账号",
        "对方账号",
        "交易时间",
        "借/贷",
        "借方发生额",
        "贷方发生额",
        "对方行号",
        "摘要",
        "用途",
        "对方单位名称",
        "余额",
    ]
    rows: list[Row] = []
    for n, line in enumerate(lines):
        side, moment = "借" if line.expense_fen else "贷", f"{at(line):%Y-%m-%d %H.%M.%S}"
        amounts = [yuan(line.expense_fen), yuan(line.income_fen)]
        said = ["1025", line.summary, line.remark, line.party, yuan(line.balance_fen)]
        rows.insert(0, [f"{n:08}", ACCOUNT, line.party_account, moment, side, *amounts, *said])
    sums = [yuan(sum(getattr(line, side) for line in lines[200:])) for side in ("expense_fen", "income_fen")]
    page = ["", "", "", "本页合计", "", *sums]
    rows.insert(len(lines) - 200, page)
    return workbook({"Sheet1": [["[HISTORYDETAIL]"], head, *rows]})


def signed_text(lines: list[Line]) -> bytes:
    """One signed column, dates as dates, everything that was written in one column."""
    rows: list[Row] = [["账号", ACCOUNT, "户名", HOLDER], ["查询时段: 2025年1月1日 - 2025年11月30日"]]
    rows.append(["交易流水号", "账户余额", "交易日期", "发生额(元)", "对手户名", "对手账号", "摘要说明"])
    for n, line in enumerate(lines):
        amount, said = f"{line.amount_fen / 100:+,.2f}", f"{line.summary} {line.remark}".strip()
        rows.append([f"T{n}", yuan(line.balance_fen), at(line), amount, line.party, line.party_account, said])
    return workbook({"Sheet1": rows})


def words_of_direction(lines: list[Line]) -> bytes:
    """Text in GBK with 收入 and 支出 beside an unsigned amount, and numbers kept from being rounded."""
    rows: list[Row] = [["# 企业网银 明细查询"], [f"# 账户名称:{HOLDER}"], ["-" * 40]]
    rows.append(["记账日期", "记账时间", "收/支", "交易金额", "币种", "对方名称", "对方账号", "附言", "摘要", "流水号"])
    for n, line in enumerate(lines):
        side, amount = "支出" if line.expense_fen else "收入", f"{abs(line.amount_fen) / 100:.2f}"
        other = [line.party, f'="{line.party_account}"' if line.party_account else ""]
        moment = [f"{line.booked_on:%Y%m%d}", f"{at(line):%H%M%S}"]
        rows.append([*moment, side, amount, "CNY", *other, line.remark, line.summary, f"{n}\t"])
    return csv([*rows, ["-" * 40], ["导出时间:2025-11-30 10:00:00"]], encoding="gbk")


def payer_and_payee(lines: list[Line]) -> bytes:
    rows: list[Row] = [["交易明细"], []]
    payer, payee = "付款人名称[ Payer's Name ]", "收款人名称[ Payee's Name ]"
    rows.append(["交易日期[ Transaction Date ]", payer, "付款人账号", payee, "收款人账号"])
    rows[-1] += ["交易金额[ Trade Amount ]", "交易后余额", "摘要", "用途"]
    for line in lines:
        sides = [(line.party, line.party_account), (HOLDER, ACCOUNT)]
        (paying, paid) = reversed(sides) if line.expense_fen else sides
        amounts = [abs(line.amount_fen) / 100, (line.balance_fen or 0) / 100]
        rows.append([f"{line.booked_on:%Y/%m/%d}", *paying, *paid, *amounts, line.summary, line.remark])
    return workbook({"Sheet1": rows})


def two_rows_of_headings(lines: list[Line]) -> bytes:
    """发生额 over 借方 and 贷方, 对方信息 over 户名 and 账号; days as numbers of the spreadsheet; no balance."""
    rows: list[Row] = [["对公活期账户交易明细"], ["日期", "发生额", None, "对方信息", None, "附言", "摘要"]]
    rows.append([None, "借方", "贷方", "户名", "账号", None, None])
    for line in lines:
        amounts = [line.expense_fen / 100 or None, line.income_fen / 100 or None]
        day = (line.booked_on - date(1899, 12, 30)).days
        rows.append([day, *amounts, line.party, line.party_account, line.remark, line.summary])
    return workbook({"Sheet1": rows}, merges={"Sheet1": ["B2:C2", "D2:E2", "A2:A3", "F2:F3", "G2:G3", "A1:G1"]})


def unsigned(lines: list[Line]) -> bytes:
    """An amount without any word of its side: only the balance tells."""
    rows: list[Row] = [
        ["期初余额:186,532.47"],
        ["交易日", "交易额", "结余", "对方户名", "对方帐号", "备注", "业务类型"],
    ]
    for line in lines:
        amounts = [abs(line.amount_fen) / 100, yuan(line.balance_fen)]
        other = [line.party, line.party_account, line.remark, line.summary]
        rows.append([f"{line.booked_on:%Y年%m月%d日}", *amounts, *other])
    return workbook({"Sheet1": rows})


def journal(lines: list[Line]) -> bytes:
    """A chamber's own bank journal, in which 借方 is what came in."""
    rows: list[Row] = [
        ["银行存款日记账"],
        ["日期", "凭证号码", "摘要", "借方金额", "贷方金额", "余额", "对方单位", "账号"],
    ]
    rows.append(["", "", "承前页", "", "", "186,532.47"])
    for n, line in enumerate(lines):
        amounts = [line.income_fen / 100 or None, line.expense_fen / 100 or None, (line.balance_fen or 0) / 100]
        said = f"{line.remark} {line.summary}"
        rows.append([f"{line.booked_on:%Y-%m-%d}", f"记-{n}", said, *amounts, line.party, None])
    return workbook({"Sheet1": rows})


def months(lines: list[Line]) -> bytes:
    """A sheet for each month with its own title and sum, an empty sheet, and a hidden one."""
    sheets: dict[str, list[Row]] = {"说明": []}
    for month in range(1, 12):
        of_month = [line for line in lines if line.booked_on.month == month]
        sums = [sum(getattr(line, side) for line in of_month) / 100 for side in ("income_fen", "expense_fen")]
        head = [
            "对方账号",
            "对方户名",
            "存入金额",
            "支取金额",
            "账户余额",
            "交易日期",
            "交易时间",
            "客户附言",
            "交易摘要",
        ]
        title = [f"{HOLDER} 2025年{month}月对账单"]
        sheets[f"{month}月"] = [title, head, *map(_monthly, of_month), ["合计", None, *sums]]
    sheets["旧"] = [["交易日期", "收入", "支出", "余额"]]
    book = load_workbook(BytesIO(workbook(sheets)))
    book["旧"].sheet_state = "hidden"
    return saved(book)


def _monthly(line: Line) -> Row:
    amounts = [line.income_fen / 100 or "-", line.expense_fen / 100 or "-", yuan(line.balance_fen)]
    moment = [f"{line.booked_on:%Y.%m.%d}", line.booked_at]
    return [line.party_account, line.party, *amounts, *moment, line.remark, line.summary]


def traditional(lines: list[Line]) -> bytes:
    """Traditional characters in everything, names of payers too."""
    table = OpenCC("s2t")
    rows: list[Row] = [
        ["賬戶交易明細"],
        ["交易日期", "時間", "對方戶名", "對方賬號", "收入金額", "支出金額", "餘額", "摘要", "附言"],
    ]
    for line in lines:
        party, summary, remark = (table.convert(text) for text in (line.party, line.summary, line.remark))
        amounts = [yuan(line.income_fen), yuan(line.expense_fen), yuan(line.balance_fen)]
        moment = [f"{line.booked_on:%Y-%m-%d}", f"{at(line):%H:%M:%S}"]
        rows.append([*moment, party, line.party_account, *amounts, summary, remark])
    return csv(rows, encoding="utf-8-sig", separator="\t")


def english(lines: list[Line]) -> bytes:
    head = [
        "Transaction Date",
        "Counterparty",
        "Counterparty Account",
        "Debit",
        "Credit",
        "Balance",
        "Description",
        "Remark",
    ]
    rows: list[Row] = [[f"Account Name: {HOLDER}"], head]
    for line in lines:
        amounts = [f"{fen / 100:.2f}" if fen else "" for fen in (line.expense_fen, line.income_fen, line.balance_fen)]
        moment = f"{at(line):%Y-%m-%d %H:%M:%S}"
        rows.append([moment, line.party, line.party_account, *amounts, line.summary, line.remark])
    return csv(rows, separator=";")


DRESSES = {
    "debit and credit, newest first": Dress("historydetail.xlsx", debit_and_credit),
    "one signed column": Dress("明细.xlsx", signed_text),
    "a word beside the amount, in GBK": Dress("明细.csv", words_of_direction),
    "payer and payee": Dress("交易.xlsx", payer_and_payee),
    "two rows of headings": Dress("活期.xlsx", two_rows_of_headings),
    "only the balance tells the side": Dress("流水.xlsx", unsigned),
    "a chamber's own journal": Dress("日记账.xlsx", journal),
    "a sheet for each month": Dress("对账单.xlsx", months),
    "traditional characters": Dress("明細.txt", traditional),
    "English headings": Dress("statement.csv", english),
}
