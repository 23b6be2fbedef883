"""Statements with registers and answers: that of the demo, and three that were invented."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tenants.dues.statements import Matched, Payee, Statement, match_lines, payment_code, read_statement
from tenants.members.register import Row, read_register
from tests.tenants.dues.statements import invented
from tests.tenants.dues.statements.feeding import payees_of
from tests.tenants.dues.statements.invented import DATA, ROOT, Record, table

DEMO_DAY = date(2025, 11, 30)
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
    path = ROOT / "tenants/members/demo/members_register_a.xlsx"
    register = read_register(path, filename=path.name, today=DEMO_DAY)
    members = json.loads((DATA / "members_register_a.json").read_text(encoding="utf-8"))["members"]
    keys = {(place["sheet"], place["row"]): member["id"] for member in members for place in member["rows"]}
    said = json.loads((DATA / "bank_statement_a.json").read_text(encoding="utf-8"))["bank_rows"]
    statement = read_statement(DATA / "bank_statement_a.xlsx", filename="bank_statement_a.xlsx")
    answers = {("账户明细", row["row"]): _demo_answer(row) for row in said}
    payees = payees_of(register, key_of=lambda row: keys[row.sheet, row.row])
    return Case("demo", statement, payees, answers, DEMO_DAY, (statement.account.holder,))


def _demo_answer(row: dict[str, Any]) -> Answer:
    allocations = tuple((a["member"], a["year"], round(a["amount"] * 100)) for a in row["allocations"] or [])
    return Answer(row["match"], row["kind"], allocations, tuple(row.get("candidates", ())))


def street() -> Case:
    """A street association of shops and persons; its bank gives out text in GBK, the newest line first."""
    lines = _with_codes("street", lambda code: " ".join((code[:4], code[4:8], code[8:])).lower())
    places = {("明细", len(lines) - at + 5): line for at, line in enumerate(lines)}
    return _invented("street", invented.street_register(), "明细.csv", invented.street_file(lines), places)


def trade() -> Case:
    """A trade association; its bank gives out two sheets with payer and payee and signed amounts."""
    lines = _with_codes("trade", lambda code: "".join(chr(ord(character) + 0xFEE0) for character in code))
    places: dict[tuple[str, int], Record] = {}
    for name, title in invented.TRADE_SHEETS.items():
        of_sheet = [line for line in lines if line["sheet"] == name]
        places |= {(title, at + 7): line for at, line in enumerate(of_sheet)}
    return _invented("trade", invented.trade_register(), "交易明细.xlsx", invented.trade_file(lines), places)


def young() -> Case:
    """Young entrepreneurs; written when the rules were done, to see how they fare at first sight."""
    lines = _with_codes("young", lambda code: f"缴费 {code[:4]}-{code[4:-2]}-{code[-2:]}")
    places = {("交易流水", at + 4): line for at, line in enumerate(lines)}
    return _invented("young", invented.young_register(), "流水.xlsx", invented.young_file(lines), places)


CASES = {"demo": demo, "street": street, "trade": trade, "young": young}


def _invented(name: str, register: bytes, filename: str, content: bytes, places: dict[tuple[str, int], Record]) -> Case:
    """The register and the statement are read as if a chamber had handed them in."""
    days = [date.fromisoformat(line["date"]) for line in places.values()]
    today, years = max(days), sorted({day.year for day in days} | {max(days).year + 1})
    rows = read_register(register, filename="名册", today=today)
    members = payees_of(rows, key_of=_number, codes_of=lambda key: _codes(key, years))
    statement = read_statement(content, filename=filename)
    answers = {place: _answer(line) for place, line in places.items()}
    return Case(name, statement, members, answers, today, (statement.account.holder,))


def _number(row: Row) -> str:
    return row.written["会员编号"]


def _codes(number: str, years: list[int]) -> tuple[str, ...]:
    return tuple(payment_code(year, int(number[1:])) for year in years)


def _with_codes(name: str, write: Callable[[str], str]) -> list[Record]:
    """{code G007 2025} becomes the member's code as somebody typed it."""
    lines = table(f"{name}_lines")
    for line in lines:
        for field in ("remark", "purpose"):
            text = line.get(field, "")
            if text.startswith("{code"):
                _, number, year = text.strip("{}").split()
                line[field] = write(payment_code(int(year), int(number[1:])))
    return lines


def _answer(line: Record) -> Answer:
    words = line["answer"].split()
    candidates = tuple(word[1:] for word in words if word.startswith("?"))
    pairs = (word.split("=") for word in words if "=" in word)
    allocations = tuple((*_place(place), round(Decimal(yuan) * 100)) for place, yuan in pairs)
    return Answer(line["match"], line["match"], allocations, candidates)


def _place(text: str) -> tuple[str, int]:
    member, _, year = text.partition(":")
    return member, int(year)
