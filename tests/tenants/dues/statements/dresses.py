"""The demo statement as other banks would give it out: the same transactions under other headings, in another order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from opencc import OpenCC
from openpyxl import Workbook

from tenants.dues.statements import Line
from tests.support.workbooks import csv, saved

HOLDER, ACCOUNT = "西安市常德商会", "6100000000000001"
Row = list[Any]


@dataclass(frozen=True)
class Dress:
    """A file made of the lines; `says_balance` and `says_party` tell what it leaves out."""

    filename: str
    content: Callable[[list[Line]], bytes]


def yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:,.2f}"


def at(line: Line) -> datetime:
    return datetime.combine(line.booked_on, line.booked_at or time())


def book(rows: Iterable[Row], *, title: str = "Sheet1", merges: Iterable[str] = ()) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for merged in merges:
        sheet.merge_cells(merged)
    return saved(workbook)


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
    rows = [
        [
            f"{n:08}",
            ACCOUNT,
            line.party_account,
            f"{at(line):%Y-%m-%d %H.%M.%S}",
            "借" if line.expense_fen else "贷",
            yuan(line.expense_fen),
            yuan(line.income_fen),
            "1025",
            line.summary,
            line.remark,
            line.party,
            yuan(line.balance_fen),
        ]
        for n, line in enumerate(lines)
    ][::-1]
    page = [
        "",
        "",
        "",
        "本页合计",
        "",
        yuan(sum(line.expense_fen for line in lines[200:])),
        yuan(sum(line.income_fen for line in lines[200:])),
    ]
    return book([["[HISTORYDETAIL]"], head, *rows[: len(lines) - 200], page, *rows[len(lines) - 200 :]])


def signed_text(lines: list[Line]) -> bytes:
    """One signed column, dates as dates, everything that was written in one column."""
    head = ["交易流水号", "账户余额", "交易日期", "发生额(元)", "对手户名", "对手账号", "摘要说明"]
    rows: list[Row] = [["账号", ACCOUNT, "户名", HOLDER], ["查询时段: 2025年1月1日 - 2025年11月30日"], head]
    for n, line in enumerate(lines):
        amount = f"{line.amount_fen / 100:+,.2f}"
        rows.append(
            [
                f"T{n}",
                yuan(line.balance_fen),
                at(line),
                amount,
                line.party,
                line.party_account,
                f"{line.summary} {line.remark}".strip(),
            ]
        )
    return book(rows)


def words_of_direction(lines: list[Line]) -> bytes:
    """Text in GBK with 收入 and 支出 beside an unsigned amount, and numbers kept from being rounded."""
    head = ["记账日期", "记账时间", "收/支", "交易金额", "币种", "对方名称", "对方账号", "附言", "摘要", "流水号"]
    rows: list[Row] = [["# 企业网银 明细查询"], [f"# 账户名称:{HOLDER}"], ["-" * 40], head]
    for n, line in enumerate(lines):
        amount = f"{abs(line.amount_fen) / 100:.2f}"
        account = f'="{line.party_account}"' if line.party_account else ""
        rows.append(
            [
                f"{line.booked_on:%Y%m%d}",
                f"{at(line):%H%M%S}",
                "支出" if line.expense_fen else "收入",
                amount,
                "CNY",
                line.party,
                account,
                line.remark,
                line.summary,
                f"{n}\t",
            ]
        )
    return csv([*rows, ["-" * 40], ["导出时间:2025-11-30 10:00:00"]], encoding="gbk")


def payer_and_payee(lines: list[Line]) -> bytes:
    head = [
        "交易日期[ Transaction Date ]",
        "付款人名称[ Payer's Name ]",
        "付款人账号",
        "收款人名称[ Payee's Name ]",
        "收款人账号",
        "交易金额[ Trade Amount ]",
        "交易后余额",
        "摘要",
        "用途",
    ]
    own = (HOLDER, ACCOUNT)
    rows: list[Row] = [["交易明细"], [], head]
    for line in lines:
        other = (line.party, line.party_account)
        payer, payee = (own, other) if line.expense_fen else (other, own)
        rows.append(
            [
                f"{line.booked_on:%Y/%m/%d}",
                *payer,
                *payee,
                abs(line.amount_fen) / 100,
                (line.balance_fen or 0) / 100,
                line.summary,
                line.remark,
            ]
        )
    return book(rows)


def two_rows_of_headings(lines: list[Line]) -> bytes:
    """发生额 over 借方 and 贷方, 对方信息 over 户名 and 账号; days as numbers of the spreadsheet; no balance."""
    first = ["日期", "发生额", None, "对方信息", None, "附言", "摘要"]
    rows: list[Row] = [["对公活期账户交易明细"], first, [None, "借方", "贷方", "户名", "账号", None, None]]
    for line in lines:
        day = (line.booked_on - datetime(1899, 12, 30).date()).days
        amounts = [line.expense_fen / 100 or None, line.income_fen / 100 or None]
        rows.append([day, *amounts, line.party, line.party_account, line.remark, line.summary])
    return book(rows, merges=["B2:C2", "D2:E2", "A2:A3", "F2:F3", "G2:G3", "A1:G1"])


def unsigned(lines: list[Line]) -> bytes:
    """An amount without any word of its side: only the balance tells."""
    head = ["交易日", "交易额", "结余", "对方户名", "对方帐号", "备注", "业务类型"]
    rows: list[Row] = [["期初余额:186,532.47"], head]
    for line in lines:
        rows.append(
            [
                f"{line.booked_on:%Y年%m月%d日}",
                abs(line.amount_fen) / 100,
                yuan(line.balance_fen),
                line.party,
                line.party_account,
                line.remark,
                line.summary,
            ]
        )
    return book(rows)


def journal(lines: list[Line]) -> bytes:
    """A chamber's own bank journal, in which 借方 is what came in."""
    head = ["日期", "凭证号码", "摘要", "借方金额", "贷方金额", "余额", "对方单位", "账号"]
    rows: list[Row] = [["银行存款日记账"], head, ["", "", "承前页", "", "", "186,532.47"]]
    for n, line in enumerate(lines):
        rows.append(
            [
                f"{line.booked_on:%Y-%m-%d}",
                f"记-{n}",
                f"{line.remark} {line.summary}",
                line.income_fen / 100 or None,
                line.expense_fen / 100 or None,
                (line.balance_fen or 0) / 100,
                line.party,
                None,
            ]
        )
    return book(rows)


def months(lines: list[Line]) -> bytes:
    """A sheet for each month with its own title and sum, an empty sheet, and a hidden one."""
    workbook = Workbook()
    workbook.active.title = "说明"
    for month in range(1, 12):
        sheet = workbook.create_sheet(f"{month}月")
        sheet.append([f"{HOLDER} 2025年{month}月对账单"])
        sheet.append(
            ["对方账号", "对方户名", "存入金额", "支取金额", "账户余额", "交易日期", "交易时间", "客户附言", "交易摘要"]
        )
        of_month = [line for line in lines if line.booked_on.month == month]
        for line in of_month:
            sheet.append(
                [
                    line.party_account,
                    line.party,
                    line.income_fen / 100 or "-",
                    line.expense_fen / 100 or "-",
                    yuan(line.balance_fen),
                    f"{line.booked_on:%Y.%m.%d}",
                    line.booked_at,
                    line.remark,
                    line.summary,
                ]
            )
        sheet.append(
            [
                "合计",
                None,
                sum(line.income_fen for line in of_month) / 100,
                sum(line.expense_fen for line in of_month) / 100,
            ]
        )
    hidden = workbook.create_sheet("旧")
    hidden.append(["交易日期", "收入", "支出", "余额"])
    hidden.sheet_state = "hidden"
    return saved(workbook)


def traditional(lines: list[Line]) -> bytes:
    """Traditional characters in everything, names of payers too."""
    table = OpenCC("s2t")
    head = ["交易日期", "時間", "對方戶名", "對方賬號", "收入金額", "支出金額", "餘額", "摘要", "附言"]
    rows: list[Row] = [["賬戶交易明細"], head]
    for line in lines:
        said = [table.convert(text) for text in (line.party, line.summary, line.remark)]
        rows.append(
            [
                f"{line.booked_on:%Y-%m-%d}",
                f"{at(line):%H:%M:%S}",
                said[0],
                line.party_account,
                yuan(line.income_fen),
                yuan(line.expense_fen),
                yuan(line.balance_fen),
                said[1],
                said[2],
            ]
        )
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
        rows.append(
            [
                f"{line.booked_on:%Y-%m-%d} {at(line):%H:%M:%S}",
                line.party,
                line.party_account,
                f"{line.expense_fen / 100:.2f}" if line.expense_fen else "",
                f"{line.income_fen / 100:.2f}" if line.income_fen else "",
                f"{(line.balance_fen or 0) / 100:.2f}",
                line.summary,
                line.remark,
            ]
        )
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
