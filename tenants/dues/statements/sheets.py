"""One sheet of a statement: each of its rows is a transaction, or says why it is none."""

from dataclasses import dataclass, field, replace

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.grids import Grid, Line
from huiguan.spreadsheets.headers import Header, find_header, repeats
from tenants.dues.statements.accounts import holder_in, read_account
from tenants.dues.statements.columns import Columns, read_columns
from tenants.dues.statements.entries import Entry, Unread, read_entry
from tenants.dues.statements.headings import HEADINGS
from tenants.dues.statements.lines import Account, Skipped
from tenants.dues.statements.problems import Problem
from tenants.dues.statements.skipping import why_skipped

_SILENT = ("neutral", "no_amount")  # reasons that need no word to a person
_TELLING = ("footnote", "carried", "total")  # rows that may speak of the account as those above the table do


@dataclass(slots=True)
class Sheet:
    """What was found on one sheet; `totals` are the rows that sum up."""

    name: str
    account: Account = field(default_factory=Account)
    entries: list[Entry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: list[tuple[Line, Columns]] = field(default_factory=list)

    def skip(self, line: Line, reason: str) -> None:
        self.skipped.append(Skipped(self.name, line.number, reason))


def read_sheet(grid: Grid) -> Sheet:
    header = find_header(grid, HEADINGS)
    columns = read_columns(grid, header) if header else Columns({})
    if header is None or not columns.are_a_statement:
        return _foreign(grid)
    reasons = {line.number: _why_no_transaction(line, header, columns) for line in grid.lines}
    sheet = Sheet(grid.name, _account(grid, reasons, columns))
    own_names = frozenset({plain_name(sheet.account.holder)} - {""})
    for line in grid.lines:
        if reason := reasons[line.number]:
            sheet.skip(line, reason)
            sheet.totals += [(line, columns)] if reason in ("total", "footnote") else []
        else:
            _read_row(sheet, line, columns, own_names)
    return sheet


def _foreign(grid: Grid) -> Sheet:
    """A sheet that is no statement; an empty one needs no word."""
    skipped = [Skipped(grid.name, line.number, "not_a_statement") for line in grid.lines]
    return Sheet(grid.name, skipped=skipped, problems=[Problem("no_headings", grid.name)] if grid.lines else [])


def _why_no_transaction(line: Line, header: Header, columns: Columns) -> str:
    if line.number <= header.rows[-1]:
        return "header" if line.number >= header.rows[0] else "title"
    return "repeated_header" if repeats(header, line, HEADINGS) else why_skipped(line, columns)


def _account(grid: Grid, reasons: dict[int, str], columns: Columns) -> Account:
    titles = [line for line in grid.lines if reasons[line.number] == "title"]
    others = [line for line in grid.lines if reasons[line.number] in _TELLING]
    account = read_account([*titles, *others])
    holder = account.holder or holder_in([line for line in grid.lines if not reasons[line.number]], columns)
    return replace(account, holder=holder)


def _read_row(sheet: Sheet, line: Line, columns: Columns, own_names: frozenset[str]) -> None:
    found = read_entry(line, columns, own_names, sheet.entries[-1] if sheet.entries else None)
    if not isinstance(found, Unread):
        sheet.entries.append(found)
        return
    sheet.skip(line, found.reason)
    if found.reason not in _SILENT:
        sheet.problems.append(Problem(found.reason, sheet.name, line.number, (("value", found.value),)))
