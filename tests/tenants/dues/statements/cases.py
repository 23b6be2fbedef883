"""Statements with registers and answers: that of the demo, and three that were invented."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tenants.dues.statements import (
    Matched,
    Payee,
    Statement,
    match_lines,
    payment_code,
    read_statement,
)
from tenants.members.register import Row, read_register
from tests.support.workbooks import csv as csv_bytes
from tests.support.workbooks import saved, workbook
from tests.tenants.dues.statements.feeding import payees_of

ROOT = Path(__file__).parents[4]
DATA = ROOT / "tests/data"
Allocations = tuple[tuple[str, int, int], ...]  # member, year, fen


@dataclass(frozen=True)
class Answer:
    """What is true of a line. `kind` groups lines for the table; `candidates` are who it may be."""

    match: str
    kind: str
    allocations: Allocations = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    name: str
    statement: Statement
    members: list[Payee]
    answers: dict[tuple[str, int], Answer]
    today: date
    own_names: tuple[str, ...]

    def matched(self) -> list[Matched]:
        return match_lines(self.statement.lines, self.members, today=self.today, own_names=self.own_names)

    def pairs(self) -> list[tuple[Matched, Answer]]:
        """Every answer with what was found; a line that was not read counts as nothing found."""
        found = {(each.line.sheet, each.line.row): each for each in self.matched()}
        return [(found[place], answer) for place, answer in self.answers.items() if place in found]


def demo() -> Case:
    """The statement of the demo's first register."""
    register = read_register(
        ROOT / "tenants/members/demo/members_register_a.xlsx", filename="a.xlsx", today=date(2025, 11, 30)
    )
    members = json.loads((DATA / "members_register_a.json").read_text(encoding="utf-8"))["members"]
    keys = {(place["sheet"], place["row"]): member["id"] for member in members for place in member["rows"]}
    said = json.loads((DATA / "bank_statement_a.json").read_text(encoding="utf-8"))["bank_rows"]
    statement = read_statement(DATA / "bank_statement_a.xlsx", filename="bank_statement_a.xlsx")
    answers = {("账户明细", row["row"]): _demo_answer(row) for row in said}
    payees = payees_of(register, key_of=lambda row: keys[row.sheet, row.row])
    return Case("demo", statement, payees, answers, date(2025, 11, 30), (statement.account.holder,))


def _demo_answer(row: dict[str, Any]) -> Answer:
    allocations = tuple((a["member"], a["year"], round(a["amount"] * 100)) for a in row["allocations"] or [])
    return Answer(row["match"], row["kind"], allocations, tuple(row.get("candidates", ())))


def street() -> Case:
    """A street association of shops and persons; its bank gives out text in GBK, the newest line first."""
    rows = _table("street_members")
    headings = ["会员编号", "字号名称", "经营者", "联系电话", "会员级别", "年费(元)", "入会日期", "备注"]
    content = csv_bytes([headings, *(list(row.values()) for row in rows)], encoding="gbk")
    register = read_register(content, filename="会员.csv", today=date(2025, 7, 5))
    codes = {row["number"]: _codes(row["number"], (2024, 2025)) for row in rows}
    members = payees_of(register, key_of=_number, codes_of=codes.__getitem__)
    lines = _with_codes(_table("street_lines"), lambda code: " ".join((code[:4], code[4:8], code[8:])).lower())
    statement = read_statement(_street_file(lines), filename="明细.csv")
    answers = {("明细", len(lines) - at + 5): _answer(line) for at, line in enumerate(lines)}
    return Case("street", statement, members, answers, date(2025, 7, 5), (statement.account.holder,))


def trade() -> Case:
    """A trade association; its bank gives out two sheets with payer and payee and signed amounts."""
    register = read_register(_trade_register(), filename="名册.xlsx", today=date(2023, 12, 31))
    numbers = [row["number"] for row in [*_table("trade_members"), *_table("trade_left")]]
    codes = {number: _codes(number, (2023, 2024)) for number in numbers}
    members = payees_of(register, key_of=_number, codes_of=codes.__getitem__)
    lines = _with_codes(_table("trade_lines"), lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code))
    statement = read_statement(_trade_file(lines), filename="交易明细.xlsx")
    answers: dict[tuple[str, int], Answer] = {}
    for name in ("first", "second"):
        of_sheet = [line for line in lines if line["sheet"] == name]
        answers |= {(SHEETS[name], at + 7): _answer(line) for at, line in enumerate(of_sheet)}
    return Case("trade", statement, members, answers, date(2023, 12, 31), (statement.account.holder,))


def young() -> Case:
    """Young entrepreneurs; written when the rules were done, to see how they fare at first sight."""
    register = read_register(_young_register(), filename="花名册.xlsx", today=date(2024, 12, 31))
    numbers = [row["number"] for row in [*_table("young_members"), *_table("young_left")]]
    codes = {number: _codes(number, (2024, 2025)) for number in numbers}
    members = payees_of(register, key_of=_number, codes_of=codes.__getitem__)
    lines = _with_codes(_table("young_lines"), lambda code: f"缴费 {code[:4]}-{code[4:-2]}-{code[-2:]}")
    statement = read_statement(_young_file(lines), filename="流水.xlsx")
    answers = {("交易流水", at + 4): _answer(line) for at, line in enumerate(lines)}
    return Case("young", statement, members, answers, date(2024, 12, 31), (statement.account.holder,))


SHEETS = {"first": "2023上半年", "second": "2023下半年"}
CASES = {"demo": demo, "street": street, "trade": trade, "young": young}


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / "statements" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(file, delimiter="\t")]


def _number(row: Row) -> str:
    return row.written["会员编号"]


def _codes(number: str, years: Iterable[int]) -> tuple[str, ...]:
    return tuple(payment_code(year, int(number[1:])) for year in years)


def _with_codes(lines: list[dict[str, str]], write: Any) -> list[dict[str, str]]:
    """{code G007 2025} becomes the member's code as somebody typed it."""
    for line in lines:
        for field in ("remark", "purpose"):
            text = line.get(field, "")
            if text.startswith("{code"):
                _, number, year = text.strip("{}").split()
                line[field] = write(payment_code(int(year), int(number[1:])))
    return lines


def _answer(line: dict[str, str]) -> Answer:
    words = line["answer"].split()
    candidates = tuple(word[1:] for word in words if word.startswith("?"))
    pairs = (word.split("=") for word in words if "=" in word)
    allocations = tuple((*_place(place), round(Decimal(yuan) * 100)) for place, yuan in pairs)
    return Answer(line["match"], line["match"], allocations, candidates)


def _place(text: str) -> tuple[str, int]:
    member, _, year = text.partition(":")
    return member, int(year)


def _street_file(lines: list[dict[str, str]]) -> bytes:
    balance = Decimal("86512.40")
    rows: list[list[Any]] = []
    for at, line in enumerate(lines):
        balance += Decimal(line["in"] or 0) - Decimal(line["out"] or 0)
        account = line["account"] + "\t" if line["account"] else ""
        amounts = [f"{Decimal(line[side] or 0):,.2f}" for side in ("out", "in")]
        said = [
            f"{line['date']} {line['time']}",
            line["summary"],
            *amounts,
            f"{balance:,.2f}",
            account,
            line["party"],
            "某银行",
        ]
        rows.append([len(lines) - at, *said, line["remark"], f"{line['date'].replace('-', '')}{at:06}"])
    titles: list[list[Any]] = [
        ["城南农村商业银行对公账户交易明细"],
        ["户名:", "城南区个体私营企业协会", "账号:", "8110000000099001"],
        ["起始日期:", "2024-07-01", "终止日期:", "2025-06-30"],
        [],
    ]
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
    return csv_bytes([*titles, headings, *reversed(rows), ["以上明细仅供参考"]], encoding="gbk")


def _trade_register() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "会员一览"
    sheet.append(["江城市模具与装备行业协会会员一览表(2023)"])
    sheet.append(["会员编号", "基本信息", None, None, "联系方式", None, "会费", None, "入会时间"])
    sheet.append([None, "单位名称", "法人代表", "曾用名", "联系人", "电话", "级别", "标准(万元)", None])
    for row in _table("trade_members"):
        said = [row[field] for field in ("number", "name", "person", "former", "contact", "phone", "level")]
        sheet.append([*said, float(row["dues"]), row["joined"]])
    for merged in ("B2:D2", "E2:F2", "G2:H2", "A2:A3", "I2:I3"):
        sheet.merge_cells(merged)
    left = book.create_sheet("退会单位")
    left.append(["会员编号", "单位名称", "法人代表", "电话", "退会时间", "退会原因"])
    for row in _table("trade_left"):
        left.append(list(row.values()))
    return saved(book)


def _trade_file(lines: list[dict[str, str]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    balance = Decimal("412000.05")
    own = ("江城市模具与装备行业协会", "5560000000009001")
    for name, title in SHEETS.items():
        sheet = book.create_sheet(title)
        for text in (
            "交易明细查询",
            "查询账号[ Inquirer account number ]:5560000000009001",
            "币种[ Currency ]:人民币",
            None,
            "单位:元",
        ):
            sheet.append([text])
        sheet.append(
            [
                "交易流水号",
                "交易类型[ Transaction Type ]",
                "付款人账号[ Debit Account No. ]",
                "付款人名称[ Payer's Name ]",
                "收款人账号[ Payee's Account Number ]",
                "收款人名称[ Payee's Name ]",
                "交易日期[ Transaction Date ]",
                "交易货币",
                "交易金额[ Trade Amount ]",
                "交易后余额[ After-transaction balance ]",
                "摘要[ Reference ]",
                "用途[ Purpose ]",
                "备注[ Remark ]",
            ]
        )
        for at, line in enumerate(each for each in lines if each["sheet"] == name):
            amount = Decimal(line["amount"])
            balance += amount
            other = (line["party"], line["account"])
            payer, payee = (other, own) if amount > 0 else (own, other)
            moment = datetime.fromisoformat(f"{line['date']} {line['time']}")
            sheet.append(
                [
                    f"{name}{at:05}",
                    "来账" if amount > 0 else "往账",
                    payer[1],
                    payer[0],
                    payee[1],
                    payee[0],
                    moment,
                    "人民币",
                    float(amount),
                    float(balance),
                    line["summary"],
                    line["purpose"],
                    line["remark"],
                ]
            )
    return saved(book)


def _young_register() -> bytes:
    head = ["会员编号", "会员单位名称", "法人", "联系人", "会内职务", "年度会费标准", "入会时间", "曾用名称"]
    rows = [list(row.values()) for row in _table("young_members")]
    left = [["会员编号", "单位名称", "法人", "退会时间"], *(list(row.values()) for row in _table("young_left"))]
    return workbook({"花名册": [["湖南省青年企业家商会花名册"], head, *rows], "退会会员": left})


def _young_file(lines: list[dict[str, str]]) -> bytes:
    balance = Decimal("30000.00")
    rows: list[list[Any]] = [
        ["单位名称：湖南省青年企业家商会", None, "账号：4300000000009001"],
        ["交易区间：2024-01-01至2024-12-31"],
        ["入账日期", "收付标志", "交易金额", "账面余额", "收(付)款方账号", "收(付)款方名称", "业务摘要", "客户附言"],
    ]
    for line in lines:
        amount = Decimal(line["amount"])
        balance += amount
        said = ["收" if amount > 0 else "付", f"{abs(amount):,.2f}", f"{balance:,.2f}"]
        rows.append(
            [line["date"].replace("-", "."), *said, line["account"], line["party"], line["summary"], line["remark"]]
        )
    return workbook({"交易流水": rows})
