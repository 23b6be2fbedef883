"""How much came or went: from two columns, a signed one, or one with a word beside it; proved by the balance."""

from dataclasses import dataclass

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.grids import Line, shown
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.columns import Columns
from tenants.dues.statements.vocabulary import words

COUNTED_FIELDS = ("income", "expense", "amount")


@dataclass(frozen=True, slots=True)
class Amount:
    """Signed fen (None if nobody can tell), or the code of what is wrong with the value that is quoted."""

    fen: int | None = None
    wrong: str = ""
    value: str = ""
    is_guess: bool = False  # the sign is only what the column suggests


def read_amount(line: Line, columns: Columns, own_names: frozenset[str]) -> Amount:
    for field in COUNTED_FIELDS:
        if read_fen(columns.value(line, field))[1]:
            return Amount(wrong="amount_unreadable", value=shown(columns.value(line, field))[:40])
    income, expense, amount = (read_fen(columns.value(line, field))[0] or 0 for field in COUNTED_FIELDS)
    if income and expense:
        return Amount(wrong="both_sides")
    if income or expense or not amount:
        return Amount(income - expense)
    return _one_column(line, columns, amount, own_names)


def _one_column(line: Line, columns: Columns, amount: int, own_names: frozenset[str]) -> Amount:
    said = fold(shown(columns.value(line, "direction")))
    if said in words("directions", "neutral"):
        return Amount(wrong="neutral")
    if said in words("directions", "came"):
        return Amount(amount)
    if said in words("directions", "went"):
        return Amount(-abs(amount))
    if amount < 0 or shown(columns.value(line, "amount")).strip().startswith("+"):
        return Amount(amount)
    side = _side_of_own(line, columns, own_names)
    if side or columns.is_signed:
        return Amount(amount * (side or 1), is_guess=not side)
    return Amount(amount, wrong="direction_unknown")


def _side_of_own(line: Line, columns: Columns, own_names: frozenset[str]) -> int:
    """1 if the account's holder is the payee, -1 if it is the payer, 0 if it is both or neither."""
    is_payee, is_payer = (plain_name(columns.text(line, field)) in own_names for field in ("payee", "payer"))
    return int(is_payee) - int(is_payer)
