"""How much came or went: from two columns, a signed one, or one with a word beside it; proved by the balance."""

from dataclasses import dataclass

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.grids import Line, shown
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.columns import Columns

CAME = frozenset(
    (
        "贷",
        "贷方",
        "贷记",
        "收",
        "收入",
        "收款",
        "进",
        "进账",
        "来账",
        "转入",
        "存入",
        "入账",
        "入",
        "c",
        "cr",
        "credit",
        "in",
        "+",
        "已收入",
        "来",
    )
)
WENT = frozenset(
    (
        "借",
        "借方",
        "借记",
        "支",
        "支出",
        "付",
        "付款",
        "出",
        "出账",
        "往账",
        "转出",
        "支取",
        "d",
        "dr",
        "debit",
        "out",
        "-",
        "已支出",
        "往",
    )
)
NEUTRAL = frozenset(("/", "不计收支", "中性交易", "其他", "不计"))
COUNTED_FIELDS = ("income", "expense", "amount")


@dataclass(frozen=True, slots=True)
class Amount:
    """Signed fen (None if nobody can tell), or the code of what is wrong with the value that is quoted."""

    fen: int | None = None
    wrong: str = ""
    value: str = ""


def read_amount(line: Line, columns: Columns, own_names: frozenset[str]) -> Amount:
    for field in COUNTED_FIELDS:
        if read_fen(columns.value(line, field))[1]:
            return Amount(wrong="amount_unreadable", value=shown(columns.value(line, field))[:40])
    income, expense, amount = (read_fen(columns.value(line, field))[0] or 0 for field in COUNTED_FIELDS)
    if income and expense:
        return Amount(wrong="both_sides")
    if income or expense:
        return Amount(income - expense)
    return _one_column(line, columns, amount, own_names)


def _one_column(line: Line, columns: Columns, amount: int, own_names: frozenset[str]) -> Amount:
    said = fold(shown(columns.value(line, "direction")))
    if not amount:
        return Amount()
    if said in NEUTRAL:
        return Amount(wrong="neutral")
    if said in CAME | WENT:
        return Amount(amount if amount < 0 or said in CAME else -amount)
    if columns.is_signed or amount < 0 or shown(columns.value(line, "amount")).strip().startswith("+"):
        return Amount(amount)
    side = _side_of_own(line, columns, own_names)
    return Amount(amount * side) if side else Amount(amount, wrong="direction_unknown")


def _side_of_own(line: Line, columns: Columns, own_names: frozenset[str]) -> int:
    """1 if the account's holder is the payee, -1 if it is the payer, 0 if it is both or neither."""
    is_payee, is_payer = (plain_name(columns.text(line, field)) in own_names for field in ("payee", "payer"))
    return int(is_payee) - int(is_payer)
