"""Lines by which the payment service pays out what members paid online: each payment was booked when it was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.lines import Line
from tenants.dues.statements.matched import Kind, Match, Matched
from tenants.dues.statements.reasons import because

SERVICE = "stripe"
LATE_DAYS = 7  # a bank books some days after the service says; holidays


@dataclass(frozen=True, slots=True)
class PaidOut:
    """What the service says it paid out, and when it should arrive."""

    fen: int
    arrives_on: date


def paid_out(line: Line, known: Sequence[PaidOut]) -> Matched | None:
    """None for any other line. One that names the service and is not known is put to a person."""
    fitting = [each for each in known if each.fen == line.income_fen and _is_near(line.booked_on, each.arrives_on)]
    is_named = SERVICE in fold(f"{line.party} {line.remark} {line.summary}")
    if fitting and is_named:
        reason = because("paid_out", date=fitting[0].arrives_on)
        return Matched(line, Match.NONE, Kind.SETTLEMENT, (reason,))
    if fitting or is_named:
        code = "paid_out_alike" if fitting else "paid_out_unknown"
        return Matched(line, Match.REVIEW, Kind.SETTLEMENT, (because(code),))
    return None


def _is_near(booked_on: date, arrives_on: date) -> bool:
    return -2 <= (booked_on - arrives_on).days <= LATE_DAYS
