"""What a table is before anyone understands it: sheets of numbered lines of values, and merged spans."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows no value: an error such as #REF!, or a formula that was never calculated."""

    text: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date cell whose format shows only the year, or the year and month. `text` is YYYY or YYYY-MM."""

    text: str


Value = str | int | float | datetime | date | Broken | PartialDate | None


@dataclass(slots=True)
class Line:
    """One row of a sheet: `number` is the row number that the spreadsheet shows (the first is 1)."""

    number: int
    cells: list[Value]
    is_struck_out: bool = False

    def value(self, column: int) -> Value:
        return self.cells[column] if column < len(self.cells) else None

    def filled(self) -> list[int]:
        return [at for at, value in enumerate(self.cells) if not is_blank(value)]


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; rows count from 1 as in the spreadsheet, columns from 0 as in `Line.cells`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """One sheet. A CSV file is one grid, named like the file, whose rows are its records, blank lines included."""

    name: str
    lines: list[Line]
    spans: list[Span] = field(default_factory=list)
    is_hidden: bool = False
    first_row: int = 1  # of the part of a sheet that this grid is
    is_text: bool = False  # CSV: every value is text, and what a spreadsheet dropped on saving is lost

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


def is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u3000\u200b\ufeff\xa0"))


def shown(value: Value) -> str:
    """The value as a person would quote it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Broken | PartialDate):
        return value.text
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
