"""One row of a statement: a transaction whose sign and place in time are not settled yet, or what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date, time

from huiguan.spreadsheets.grids import Line, shown
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.amounts import Amount, read_amount
from tenants.dues.statements.columns import Columns
from tenants.dues.statements.moments import booked_at, booked_on

TEXTS = ("party", "party_account", "payer", "payer_account", "payee", "payee_account", "summary", "remark", "reference")
_BOTH = re.compile(r"(?P<account>[\d*][\d* -]{5,}[\d*])")
_LONGEST_QUOTE = 40
_LONGEST_TEXT = 500  # banks give 200 characters to a remark


@dataclass(slots=True)
class Entry:
    row: int
    on: date
    at: time | None
    amount: Amount
    balance: int | None
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a row is no transaction, and the value that nobody could read."""

    reason: str
    value: str = ""


def read_entry(line: Line, columns: Columns, own_names: frozenset[str], above: Entry | None) -> Entry | Unread:
    """`above` is the transaction before, whose day an empty cell repeats."""
    amount = read_amount(line, columns, own_names)
    if amount.wrong and amount.wrong != "direction_unknown":
        return Unread(amount.wrong, amount.value)
    if not amount.fen:
        return Unread("no_amount")
    on = booked_on(line, columns) or _day_above(line, columns, above)
    if on is None:
        return Unread("date_unreadable", shown(columns.value(line, "date"))[:_LONGEST_QUOTE])
    balance, _ = read_fen(columns.value(line, "balance"))
    return Entry(line.number, on, booked_at(line, columns), amount, balance, _texts(line, columns))


def _day_above(line: Line, columns: Columns, above: Entry | None) -> date | None:
    """A merged cell, or one left empty because the day is that of the row above."""
    is_empty = not any(columns.text(line, field) for field in ("date", "time", "value_date"))
    return above.on if above and is_empty and columns.text(line, "party") else None


def _texts(line: Line, columns: Columns) -> dict[str, str]:
    texts = {field: columns.text(line, field)[:_LONGEST_TEXT] for field in TEXTS}
    if both := columns.text(line, "party_both")[:_LONGEST_TEXT]:
        account = _BOTH.search(both)
        texts["party"] = texts["party"] or _BOTH.sub("", both).strip(" /|,;:-")
        texts["party_account"] = texts["party_account"] or (account["account"] if account else "")
    return texts
