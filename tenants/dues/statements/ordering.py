"""In which order the rows of a sheet were booked, and on which side: the running balance knows."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tenants.dues.statements.amounts import Amount
from tenants.dues.statements.entries import Entry
from tenants.dues.statements.lines import Skipped
from tenants.dues.statements.problems import Problem
from tenants.dues.statements.sheets import Sheet


def settle(sheet: Sheet) -> None:
    """Puts the entries into the order of booking and gives each its sign."""
    sheet.entries = in_order(sheet.entries)
    if _fitting(sheet.entries, -1) > max(2, 2 * _fitting(sheet.entries, 1)):
        sheet.problems.append(Problem("sides_swapped", sheet.name))
        for entry in sheet.entries:
            entry.amount = replace(entry.amount, fen=-(entry.amount.fen or 0))
    _sign_unknown(sheet)


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Oldest first; a file that begins with the newest is turned round, so that rows of one day are too."""
    forward, backward = list(entries), list(reversed(entries))
    steps = [(later.on - earlier.on).days for earlier, later in pairwise(entries)]
    falls = sum(step < 0 for step in steps) - sum(step > 0 for step in steps)
    is_newest_first = falls > 0 or (falls == 0 and _either(backward) > _either(forward))
    return sorted(backward if is_newest_first else forward, key=lambda entry: entry.on)


def _either(entries: Sequence[Entry]) -> int:
    return max(_fitting(entries, 1), _fitting(entries, -1))


def _fitting(entries: Sequence[Entry], sign: int) -> int:
    """How many balances are the one before and the amount."""
    return sum(
        not (later.amount.wrong or later.amount.is_guess)
        and earlier.balance is not None
        and later.balance is not None
        and later.balance - earlier.balance == sign * (later.amount.fen or 0)
        for earlier, later in pairwise(entries)
    )


def _sign_unknown(sheet: Sheet) -> None:
    """An amount without a word of its side takes it from the balance, or is left out."""
    known: list[Entry] = []
    before: int | None = sheet.account.opening_fen
    for entry in sheet.entries:
        if entry.amount.wrong or entry.amount.is_guess:
            entry.amount = _signed(entry, before)
        before = entry.balance
        if entry.amount.wrong:
            sheet.problems.append(Problem("direction_unknown", sheet.name, entry.row))
            sheet.skipped.append(Skipped(sheet.name, entry.row, "direction_unknown"))
        else:
            known.append(entry)
    sheet.entries = known


def _signed(entry: Entry, before: int | None) -> Amount:
    fen = abs(entry.amount.fen or 0)
    if before is None or entry.balance is None or abs(entry.balance - before) != fen:
        return entry.amount
    return Amount(entry.balance - before)
