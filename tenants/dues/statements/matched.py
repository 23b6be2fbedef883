"""What became of a line: matched by itself, put to a person with candidates, or no dues at all; and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenants.dues.statements.lines import Line
from tenants.dues.statements.reasons import Reason, sentences


class Match(StrEnum):
    AUTO = "auto"
    REVIEW = "review"  # a person decides; `allocations` is then only what is proposed
    NONE = "none"  # no dues, or not of members


class Kind(StrEnum):
    DUES = "dues"
    SETTLEMENT = "settlement"  # of a payment service, several payments at once
    REFUND = "refund"
    UNIDENTIFIED = "unidentified"
    OTHER_INCOME = "other_income"
    INTEREST = "interest"
    RETURNED = "returned"
    OWN_ACCOUNT = "own_account"
    FEE = "fee"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Allocation:
    """Fen of a line that belong to a member's dues for a year; negative where money went back."""

    member: str
    year: int
    fen: int

    def as_json(self) -> dict[str, Any]:
        return {"member": self.member, "year": self.year, "fen": self.fen}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member to whom a line may belong, with the allocations that this would mean."""

    member: str
    reason: Reason
    allocations: tuple[Allocation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        allocations = [each.as_json() for each in self.allocations]
        return {"member": self.member, "reason": self.reason.text, "allocations": allocations}


@dataclass(frozen=True, slots=True)
class Matched:
    """`surplus_fen` was paid beyond what is open. `gross_fen` and `fee_fen` belong to settlements net of a fee.

    `payer` is the member who paid, if it is one, also for another member or for something else. `refers_to` is the
    fingerprint of the earlier line of which this one is a double or a refund.
    """

    line: Line
    match: Match
    kind: Kind
    reasons: tuple[Reason, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    surplus_fen: int = 0
    gross_fen: int | None = None
    fee_fen: int | None = None
    payer: str = ""
    refers_to: str = ""

    @property
    def reason(self) -> str:
        """In the reader's language."""
        return sentences(self.reasons)

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "sheet": self.line.sheet,
            "row": self.line.row,
            "match": self.match.value,
            "kind": self.kind.value,
            "allocations": [each.as_json() for each in self.allocations],
            "reason": self.reason,
            "reasons": [reason.code for reason in self.reasons],
        }
        extra = {
            "candidates": [each.as_json() for each in self.candidates],
            "surplus_fen": self.surplus_fen,
            "gross_fen": self.gross_fen,
            "fee_fen": self.fee_fen,
            "payer": self.payer,
            "refers_to": self.refers_to,
        }
        return said | {name: value for name, value in extra.items() if value}
