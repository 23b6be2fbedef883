"""One sheet of a statement: each of its rows is a transaction, or says why it is none."""

from dataclasses import dataclass, field
from datetime import date, time

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.grids import Grid, shown
from huiguan.spreadsheets.grids import Line as GridLine
from huiguan.spreadsheets.headers import find_header, repeats
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.accounts import holder_in, read_account
from tenants.dues.statements.amounts import Amount, read_amount
from tenants.dues.statements.columns import Columns, read_columns
from tenants.dues.statements.headings import HEADINGS
from tenants.dues.statements.lines import Account, Skipped
from tenants.dues.statements.moments import booked_at, booked_on
from tenants.dues.statements.problems import Problem
from tenants.dues.statements.skipping import why_skipped

_SILENT = ("neutral", "no_amount")  # reasons that need no word to a person


@dataclass(slots=True)
class Entry:
    """A row that reads like a transaction, before its sign and its place in time are settled."""

    row: int
    on: date
    at: time | None
    amount: Amount
    balance: int | None
    texts: dict[str, str]


@dataclass(slots=True)
class Sheet:
    """What was found on one sheet; `totals` are the rows that sum up."""

    name: str
    account: Account = field(default_factory=Account)
    entries: list[Entry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: list[tuple[GridLine, Columns]] = field(default_factory=list)


def read_sheet(grid: Grid) -> Sheet:
    sheet = Sheet(grid.name)
    header = find_header(grid, HEADINGS)
    columns = read_columns(grid, header) if header else Columns({})
    if header is None or not columns.are_a_statement:
        sheet.skipped = [Skipped(grid.name, line.number, "not_a_statement") for line in grid.lines]
        sheet.problems = [Problem("no_headings", grid.name)] if grid.lines else []
        return sheet
    around = [line for line in grid.lines if line.number < header.rows[0]]
    below = [line for line in grid.lines if line.number > header.rows[-1]]
    reasons = {
        line.number: "repeated_header" if repeats(header, line, HEADINGS) else why_skipped(line, columns)
        for line in below
    }
    sheet.account = read_account(
        [*around, *(line for line in below if reasons[line.number] in ("footnote", "carried", "total"))]
    )
    transactions = [line for line in below if not reasons[line.number]]
    holder = sheet.account.holder or holder_in(transactions, columns)
    sheet.account = _with_holder(sheet.account, holder)
    _skip(sheet, around, "title")
    _skip(sheet, [line for line in grid.lines if header.rows[0] <= line.number <= header.rows[-1]], "header")
    for line in below:
        if reason := reasons[line.number]:
            _skip(sheet, [line], reason)
            sheet.totals += [(line, columns)] if reason in ("total", "footnote") else []
        else:
            _read_row(sheet, line, columns, frozenset({plain_name(holder)} - {""}))
    return sheet


def _with_holder(account: Account, holder: str) -> Account:
    return account if account.holder or not holder else Account(holder, account.number, account.currency)


def _read_row(sheet: Sheet, line: GridLine, columns: Columns, own_names: frozenset[str]) -> None:
    on, amount = booked_on(line, columns), read_amount(line, columns, own_names)
    on = on or _day_above(sheet, line, columns)
    reason, value = amount.wrong, amount.value
    if not reason and not amount.fen:
        reason = "no_amount"
    elif on is None:
        reason, value = "date_unreadable", shown(columns.value(line, "date"))[:40]
    if on is None or (reason and reason != "direction_unknown"):
        _skip(sheet, [line], reason)
        if reason not in _SILENT:
            sheet.problems.append(Problem(reason, sheet.name, line.number, (("value", value),)))
        return
    balance, _ = read_fen(columns.value(line, "balance"))
    sheet.entries.append(Entry(line.number, on, booked_at(line, columns), amount, balance, _texts(line, columns)))


def _day_above(sheet: Sheet, line: GridLine, columns: Columns) -> date | None:
    """A merged cell, or one left empty because the day is that of the row above."""
    is_empty = not columns.text(line, "date") and not columns.text(line, "value_date")
    return sheet.entries[-1].on if is_empty and sheet.entries and columns.text(line, "party") else None


def _texts(line: GridLine, columns: Columns) -> dict[str, str]:
    fields = (
        "party",
        "party_account",
        "payer",
        "payer_account",
        "payee",
        "payee_account",
        "summary",
        "remark",
        "reference",
    )
    return {field: columns.text(line, field) for field in fields}


def _skip(sheet: Sheet, lines: list[GridLine], reason: str) -> None:
    sheet.skipped += [Skipped(sheet.name, line.number, reason) for line in lines]
