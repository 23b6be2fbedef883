"""Which column of a statement holds which field."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from huiguan.names.organisations import is_organisation
from huiguan.names.people import is_person
from huiguan.spreadsheets.characters import clean, fold, joined
from huiguan.spreadsheets.grids import Grid, Line, Value, is_blank, shown
from huiguan.spreadsheets.headers import Header
from huiguan.spreadsheets.headings import CERTAIN
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.headings import MANY, field_of, find
from tenants.dues.statements.vocabulary import words

_SAMPLE, _MOST_LOOKED_AT = 100, 1000
_QUOTED = re.compile(r'^=?"(?P<text>.*)"$|^[\'‘’`](?P<rest>.*)$', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of each field, counted from 0. `is_signed`: some amounts are negative, so that the others came in."""

    places: dict[str, tuple[int, ...]]
    is_signed: bool = False

    def has(self, *fields: str) -> bool:
        return any(field in self.places for field in fields)

    @property
    def are_a_statement(self) -> bool:
        """A date, and an amount on one side or on both."""
        return self.has("date", "time", "value_date") and self.has("income", "expense", "amount")

    def value(self, line: Line, field: str) -> Value:
        return line.value(self.places[field][0]) if field in self.places else None

    def text(self, line: Line, field: str) -> str:
        """The cleaned text of a field; of several columns all that say something else."""
        found = (_text(line.value(at)) for at in self.places.get(field, ()))
        return " ".join(dict.fromkeys(text for text in found if text))


def read_columns(grid: Grid, header: Header) -> Columns:
    fields = [_field(grid, header, at) for at in range(len(header.columns))]
    sureness = [find(parts)[1] for parts in header.columns]
    places: dict[str, tuple[int, ...]] = {}
    for at in sorted(range(len(fields)), key=lambda at: (-sureness[at], at)):
        field = fields[at]
        if field and (field in MANY or field not in places):
            places[field] = (*places.get(field, ()), at)
    columns = Columns({field: tuple(sorted(found)) for field, found in places.items()})
    return _settled(grid, header, _with_party(grid, header, columns))


def _field(grid: Grid, header: Header, at: int) -> str:
    """收/支 may stand above amounts or above the words 收入 and 支出: the values tell."""
    field = field_of(header.columns[at])
    if field not in ("amount", "direction", "income", "expense"):
        return field
    values = [v for line in _below(grid, header) if not is_blank(v := line.value(at))][:_SAMPLE]
    are_amounts = sum(read_fen(value)[1] is None for value in values) >= 0.5 * len(values)
    if not values or are_amounts:
        return "amount" if field == "direction" and values else field
    return "direction" if find(header.columns[at])[1] == CERTAIN else ""


def _with_party(grid: Grid, header: Header, columns: Columns) -> Columns:
    """A column for one side only holds the other party; where no heading tells, values that are names or words do."""
    places = dict(columns.places)
    for side, other in (("payee", "payer"), ("payer", "payee")):
        if side in places and other not in places and "party" not in places:
            places["party"] = places.pop(side)
            places |= {"party_account": places.pop(f"{side}_account")} if f"{side}_account" in places else {}
    for field, others, is_one in _TELLING:
        if not places.keys() & {field, *others}:
            taken = {at for found in places.values() for at in found}
            told = [at for at in range(len(header.columns)) if at not in taken and _holds(grid, header, at, is_one)]
            places |= {field: tuple(told[:1])} if told else {}
    return replace(columns, places=places)


def _holds(grid: Grid, header: Header, at: int, is_one: Callable[[str], bool]) -> bool:
    texts = [text for line in _below(grid, header)[:_SAMPLE] if (text := _text(line.value(at)))]
    return len(texts) > 2 and sum(map(is_one, texts)) >= 0.6 * len(texts)


def _is_name(text: str) -> bool:
    return is_organisation(text) or is_person(text)


def _is_side(text: str) -> bool:
    return fold(text) in words("directions", "came") | words("directions", "went")


def _is_words(text: str) -> bool:
    return sum(character > "\u2fff" for character in text) >= max(2, len(text) // 2)


# Fields that values tell where no heading does, with the other fields that would do.
_TELLING: tuple[tuple[str, tuple[str, ...], Callable[[str], bool]], ...] = (
    ("party", ("party_both", "payer", "payee"), _is_name),
    ("remark", ("summary",), _is_words),
)


def _settled(grid: Grid, header: Header, columns: Columns) -> Columns:
    """An amount beside columns of income and expense is not needed."""
    if columns.has("income") and columns.has("expense"):
        return Columns({field: at for field, at in columns.places.items() if field not in ("amount", "direction")})
    places = dict(columns.places)
    if "amount" in places and "direction" not in places:
        told = [at for at in range(len(header.columns)) if _holds(grid, header, at, _is_side)]
        columns = Columns(places | ({"direction": tuple(told[:1])} if told else {}))
    amounts = (read_fen(columns.value(line, "amount"))[0] or 0 for line in _below(grid, header))
    return replace(columns, is_signed=any(fen < 0 for fen in amounts))


def _below(grid: Grid, header: Header) -> list[Line]:
    return [line for line in grid.lines if line.number > header.rows[-1]][:_MOST_LOOKED_AT]


def _text(value: Value) -> str:
    """Without the marks with which text files keep long numbers from being rounded."""
    text = joined(clean(shown(value)))
    match = _QUOTED.match(text)
    text = text if match is None else (match["text"] if match["text"] is not None else match["rest"])
    return "" if text in ("-", "--", "—", "/", "无", "null", "NULL") else text.strip()
