"""Reads a bank statement as the bank gives it out, .xlsx or .csv, in whatever columns; nothing is written anywhere."""

from pathlib import Path
from typing import Any

from huiguan.limits import run_limited
from huiguan.spreadsheets.problems import Refused
from huiguan.spreadsheets.reading import read_grids
from tenants.dues.statements.accounts import merged
from tenants.dues.statements.checking import check_sheet, check_whole
from tenants.dues.statements.entries import Entry
from tenants.dues.statements.fingerprints import Fingerprints
from tenants.dues.statements.lines import Line, Skipped, Statement
from tenants.dues.statements.ordering import settle
from tenants.dues.statements.problems import Problem
from tenants.dues.statements.sheets import Sheet, read_sheet


def read_limited(content: bytes, *, filename: str, sheet: str | None = None) -> Statement:
    """The same as `read_statement`, in a child process with limits: for files that strangers hand in."""
    given: dict[str, Any] = {"filename": filename, "sheet": sheet}
    return run_limited(f"{__name__}:read_statement", content, **given)  # type: ignore[no-any-return]


def read_statement(content: bytes | Path, *, filename: str, sheet: str | None = None) -> Statement:
    """`sheet` reads only the sheet of that name. Raises Refused for files that cannot or must not be read."""
    grids = read_grids(content, filename=filename)
    if sheet is not None and sheet not in [grid.name for grid in grids]:
        raise Refused("sheet_unknown", sheet=sheet)
    chosen = [grid for grid in grids if sheet in (None, grid.name)]
    hidden = [grid.name for grid in chosen if grid.is_hidden and sheet is None]
    sheets = [read_sheet(grid) for grid in chosen if grid.name not in hidden]
    for each in sheets:
        settle(each)
    problems = [Problem("sheet_hidden", name) for name in hidden] + _problems_of(sheets)
    return _statement(filename, sheets, problems)


def _problems_of(sheets: list[Sheet]) -> list[Problem]:
    """An empty or foreign sheet is worth a word only where no sheet is a statement."""
    are_some = any(sheet.entries for sheet in sheets)
    found = [problem for sheet in sheets for problem in sheet.problems if problem.code != "no_headings" or not are_some]
    return found + [problem for sheet in sheets for problem in check_sheet(sheet)]


def _statement(filename: str, sheets: list[Sheet], problems: list[Problem]) -> Statement:
    account = merged(sheet.account for sheet in sheets if sheet.entries)
    lines, repeated = _lines(sheets, account.number)
    skipped = [each for sheet in sheets for each in sheet.skipped] + repeated
    places = {sheet.name: at for at, sheet in enumerate(sheets)}
    return Statement(
        filename,
        account,
        tuple(sorted(lines, key=lambda line: line.booked_on)),
        tuple(sorted(skipped, key=lambda each: (places.get(each.sheet, 0), each.row))),
        (*problems, *check_whole(sheets, account)),
    )


def _lines(sheets: list[Sheet], account: str) -> tuple[list[Line], list[Skipped]]:
    """Of sheets that overlap, a transaction is read once."""
    found: dict[str, Line] = {}
    repeated: list[Skipped] = []
    for sheet in sheets:
        prints = Fingerprints(account)
        for entry in sheet.entries:
            line = _line(sheet.name, entry, prints.of(entry))
            if found.setdefault(line.fingerprint, line) is not line:
                repeated.append(Skipped(sheet.name, entry.row, "seen_twice"))
    return list(found.values()), repeated


def _line(sheet: str, entry: Entry, fingerprint: str) -> Line:
    fen, texts = entry.amount.fen or 0, entry.texts
    other = "payer" if fen > 0 else "payee"
    return Line(
        sheet=sheet,
        row=entry.row,
        booked_on=entry.on,
        booked_at=entry.at,
        party=texts["party"] or texts[other],
        party_account=_digits(texts["party_account"] or texts[f"{other}_account"]),
        income_fen=max(fen, 0),
        expense_fen=max(-fen, 0),
        balance_fen=entry.balance,
        summary=texts["summary"],
        remark=texts["remark"],
        reference=texts["reference"],
        fingerprint=fingerprint,
    )


def _digits(account: str) -> str:
    """An account without its spaces; nothing for zeros, or where the spreadsheet rounded it to 6.1E+15."""
    number = account.replace(" ", "").replace("-", "")
    return number if number.strip("0*") and "e+" not in number.lower() else ""
