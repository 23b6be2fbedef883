"""Whether a statement adds up: each balance from the one before, the sums, the counts, the time it names."""

from collections.abc import Iterator
from itertools import pairwise

from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.accounts import is_foreign
from tenants.dues.statements.entries import Entry
from tenants.dues.statements.lines import Account
from tenants.dues.statements.problems import Problem
from tenants.dues.statements.sheets import Sheet
from tenants.dues.statements.skipping import counted

MOST_BREAKS = 10  # more say nothing new


def check_sheet(sheet: Sheet) -> list[Problem]:
    """Entries must stand in the order of booking."""
    breaks = list(_balances(sheet))[:MOST_BREAKS]
    return [*_opening(sheet), *breaks, *_totals(sheet), *_outside(sheet)]


def check_whole(sheets: list[Sheet], account: Account) -> list[Problem]:
    entries = sorted((entry for sheet in sheets for entry in sheet.entries), key=lambda entry: entry.on)
    found = (
        [Problem("currency_foreign", params=(("currency", account.currency),))] if is_foreign(account.currency) else []
    )
    last = entries[-1].balance if entries else None
    if account.closing_fen is not None and last is not None and last != account.closing_fen:
        params = (("expected_fen", last), ("found_fen", account.closing_fen))
        found.append(Problem("closing_differs", params=params))
    return found


def _balances(sheet: Sheet) -> Iterator[Problem]:
    for before, entry in pairwise(sheet.entries):
        if before.balance is not None and entry.balance is not None:
            expected = before.balance + (entry.amount.fen or 0)
            if expected != entry.balance:
                params = (("expected_fen", expected), ("found_fen", entry.balance))
                yield Problem("balance_breaks", sheet.name, entry.row, params)


def _opening(sheet: Sheet) -> Iterator[Problem]:
    first = sheet.entries[0] if sheet.entries else None
    opening = sheet.account.opening_fen
    if first and first.balance is not None and opening is not None:
        expected = first.balance - (first.amount.fen or 0)
        if expected != opening:
            params = (("expected_fen", expected), ("found_fen", opening))
            yield Problem("opening_differs", sheet.name, params=params)


def _totals(sheet: Sheet) -> Iterator[Problem]:
    """Sums of columns, and counts. A sum of a page agrees with the entries since the sum before, or with all."""
    since = 0
    for line, columns in sorted(sheet.totals, key=lambda total: total[0].number):
        above = [entry for entry in sheet.entries if entry.row < line.number]
        page = [entry for entry in above if entry.row > since]
        since = line.number
        for field, sign in (("income", 1), ("expense", -1)):
            said = read_fen(columns.value(line, field))[0]
            if said and said not in (_sum(above, sign), _sum(page, sign)):
                yield Problem(
                    "total_differs", sheet.name, line.number, (("expected_fen", _sum(above, sign)), ("found_fen", said))
                )
        count = counted(line)
        if count is not None and count not in (len(above), len(page), len(sheet.entries)):
            yield Problem("count_differs", sheet.name, line.number, (("found", count), ("expected", len(above))))


def _sum(entries: list[Entry], sign: int) -> int:
    return sum(abs(fen) for entry in entries if (fen := entry.amount.fen or 0) * sign > 0)


def _outside(sheet: Sheet) -> Iterator[Problem]:
    account = sheet.account
    if not account.first_on or not account.last_on:
        return
    outside = (entry for entry in sheet.entries if not account.first_on <= entry.on <= account.last_on)
    for entry, _ in zip(outside, range(MOST_BREAKS), strict=False):
        yield Problem("outside_period", sheet.name, entry.row, (("date", entry.on),))
