"""A bank statement as it was read: the account, its lines, the rows that are none, and what does not add up."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tenants.dues.statements.problems import Problem


@dataclass(frozen=True, slots=True)
class Account:
    """What the rows around the table say of the account and the time; None where they say nothing."""

    holder: str = ""
    number: str = ""  # digits only, or with the stars of the bank
    currency: str = ""
    opening_fen: int | None = None
    closing_fen: int | None = None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One transaction. `row` is the number the spreadsheet shows; amounts are in fen and never negative.

    `party` is who paid for income, and who was paid for expenses. `fingerprint` is the same in every statement that
    shows this transaction with the same balance, however its columns stand.
    """

    sheet: str
    row: int
    booked_on: date
    booked_at: time | None = None
    party: str = ""
    party_account: str = ""
    income_fen: int = 0
    expense_fen: int = 0
    balance_fen: int | None = None
    summary: str = ""
    remark: str = ""
    reference: str = ""
    fingerprint: str = ""

    @property
    def amount_fen(self) -> int:
        """Negative for an expense."""
        return self.income_fen - self.expense_fen

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "date": self.booked_on.isoformat(),
            "time": self.booked_at.isoformat() if self.booked_at else None,
            "party": self.party,
            "party_account": self.party_account,
            "amount_fen": self.amount_fen,
            "balance_fen": self.balance_fen,
            "summary": self.summary,
            "remark": self.remark,
            "reference": self.reference,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no transaction: title, header, repeated_header, total, carried, footnote, no_amount, neutral, …"""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """`lines` stand in the order in which they were booked, whatever the order of the file."""

    filename: str
    account: Account
    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.filename,
            "holder": self.account.holder,
            "account": self.account.number,
            "lines": [line.as_json() for line in self.lines],
            "skipped": [{"sheet": each.sheet, "row": each.row, "reason": each.reason} for each in self.skipped],
            "problems": [problem.as_json() for problem in self.problems],
        }
