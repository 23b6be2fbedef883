"""The files of the invented chambers, built from their tables in tests/data/statements, each in a layout of its own."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.workbooks import csv as csv_bytes
from tests.support.workbooks import workbook

ROOT = Path(__file__).parents[4]
DATA = ROOT / "tests/data"
TRADE_SHEETS = {"first": "2023上半年", "second": "2023下半年"}
Record = dict[str, str]
Rows = list[list[Any]]


def table(name: str) -> list[Record]:
    with (DATA / "statements" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(file, delimiter="\t")]


def street_register() -> bytes:
    headings = ["会员编号", "字号名称", "经营者", "联系电话", "会员级别", "年费(元)", "入会日期", "备注"]
    return csv_bytes([headings, *(list(row.values()) for row in table("street_members"))], encoding="gbk")


def street_file(lines: list[Record]) -> bytes:
    """Text in GBK, the newest line first, zeros on the other side, tabs behind long numbers."""
    balance = Decimal("86512.40")
    rows: Rows = []
    for at, line in enumerate(lines):
        balance += Decimal(line["in"] or 0) - Decimal(line["out"] or 0)
        amounts = [f"{Decimal(line[side] or 0):,.2f}" for side in ("out", "in")]
        other = [line["account"] + "\t" if line["account"] else "", line["party"], "某银行"]
        said = [f"{line['date']} {line['time']}", line["summary"], *amounts, f"{balance:,.2f}", *other]
        rows.insert(0, [len(lines) - at, *said, line["remark"], f"{line['date'].replace('-', '')}{at:06}"])
    titles: Rows = [
        ["城南农村商业银行对公账户交易明细"],
        ["户名:", "城南区个体私营企业协会", "账号:", "8110000000099001"],
    ]
    titles += [["起始日期:", "2024-07-01", "终止日期:", "2025-06-30"], []]
    headings = [
        "序号",
        "交易时间",
        "摘要",
        "借方发生额",
        "贷方发生额",
        "账户余额",
        "对方账号",
        "对方户名",
        "对方行名",
        "用途",
        "流水号",
    ]
    return csv_bytes([*titles, headings, *rows, ["以上明细仅供参考"]], encoding="gbk")


def trade_register() -> bytes:
    """Two rows of headings, dues in 万元, and a sheet of those who left."""
    rows: Rows = [["江城市模具与装备行业协会会员一览表(2023)"]]
    rows.append(["会员编号", "基本信息", None, None, "联系方式", None, "会费", None, "入会时间"])
    rows.append([None, "单位名称", "法人代表", "曾用名", "联系人", "电话", "级别", "标准(万元)", None])
    for row in table("trade_members"):
        said = [row[field] for field in ("number", "name", "person", "former", "contact", "phone", "level")]
        rows.append([*said, float(row["dues"]), row["joined"]])
    left = [["会员编号", "单位名称", "法人代表", "电话", "退会时间", "退会原因"]]
    left += [list(row.values()) for row in table("trade_left")]
    merges = {"会员一览": ["B2:D2", "E2:F2", "G2:H2", "A2:A3", "I2:I3"]}
    return workbook({"会员一览": rows, "退会单位": left}, merges=merges)


def trade_file(lines: list[Record]) -> bytes:
    """Two sheets with payer and payee, signed amounts, real dates, headings in two languages."""
    head = [
        "交易流水号",
        "交易类型[ Transaction Type ]",
        "付款人账号[ Debit Account No. ]",
        "付款人名称[ Payer's Name ]",
    ]
    head += ["收款人账号[ Payee's Account Number ]", "收款人名称[ Payee's Name ]", "交易日期[ Transaction Date ]"]
    head += ["交易货币", "交易金额[ Trade Amount ]", "交易后余额[ After-transaction balance ]"]
    head += ["摘要[ Reference ]", "用途[ Purpose ]", "备注[ Remark ]"]
    titles: Rows = [["交易明细查询"], ["查询账号[ Inquirer account number ]:5560000000009001"]]
    titles += [["币种[ Currency ]:人民币"], [None], ["单位:元"]]
    sheets: dict[str, Rows] = {title: [*titles, head] for title in TRADE_SHEETS.values()}
    balance = Decimal("412000.05")
    for at, line in enumerate(lines):
        balance += Decimal(line["amount"])
        sheets[TRADE_SHEETS[line["sheet"]]].append(_trade_row(at, line, balance))
    return workbook(sheets)


def _trade_row(at: int, line: Record, balance: Decimal) -> list[Any]:
    amount = Decimal(line["amount"])
    sides = [line["account"], line["party"], "5560000000009001", "江城市模具与装备行业协会"]
    if amount < 0:
        sides = [*sides[2:], *sides[:2]]
    moment = datetime.fromisoformat(f"{line['date']} {line['time']}")
    said = [line["summary"], line["purpose"], line["remark"]]
    return [
        f"T{at:05}",
        "来账" if amount > 0 else "往账",
        *sides,
        moment,
        "人民币",
        float(amount),
        float(balance),
        *said,
    ]


def young_register() -> bytes:
    head = ["会员编号", "会员单位名称", "法人", "联系人", "会内职务", "年度会费标准", "入会时间", "曾用名称"]
    rows: Rows = [["湖南省青年企业家商会花名册"], head, *(list(row.values()) for row in table("young_members"))]
    left: Rows = [["会员编号", "单位名称", "法人", "退会时间"], *(list(row.values()) for row in table("young_left"))]
    return workbook({"花名册": rows, "退会会员": left})


def young_file(lines: list[Record]) -> bytes:
    """An unsigned amount with 收 or 付 beside it, and 收(付)款方 for whoever is on the other side."""
    balance = Decimal("30000.00")
    rows: Rows = [
        ["单位名称：湖南省青年企业家商会", None, "账号：4300000000009001"],
        ["交易区间：2024-01-01至2024-12-31"],
    ]
    rows.append(
        ["入账日期", "收付标志", "交易金额", "账面余额", "收(付)款方账号", "收(付)款方名称", "业务摘要", "客户附言"]
    )
    for line in lines:
        amount = Decimal(line["amount"])
        balance += amount
        said = ["收" if amount > 0 else "付", f"{abs(amount):,.2f}", f"{balance:,.2f}"]
        other = [line[field] for field in ("account", "party", "summary", "remark")]
        rows.append([line["date"].replace("-", "."), *said, *other])
    return workbook({"交易流水": rows})
