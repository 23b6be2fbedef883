"""The cells of one row by field, and what is known of a row before its cells are read."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.grids import Broken, Line, Value, is_blank, shown
from tenants.members.register.columns import Column
from tenants.members.register.sections import Section


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sheet says about all its rows, and the last section row about the rows below it."""

    today: date
    columns: tuple[Column, ...]
    section: Section | None = None
    kind: str | None = None  # of a sheet such as 个人会员
    positions: tuple[str, ...] = ()  # of a sheet such as 副会长单位
    is_withdrawn: bool = False
    paid_year: int | None = None  # for a column of payments whose heading names no year
    dues_unit: Decimal = Decimal(1)
    capital_unit: Decimal = Decimal(10_000)
    keeps_zeros: frozenset[int] = frozenset()  # columns of dates in which 2018.10 was not shortened to 2018.1
    fields: frozenset[str] = field(default_factory=frozenset)

    @property
    def section_kind(self) -> str | None:
        return (self.section and self.section.kind) or self.kind

    @property
    def section_positions(self) -> tuple[str, ...]:
        return (self.section.positions if self.section else ()) or self.positions


class Cells:
    """The values of one row, looked up by field."""

    def __init__(self, line: Line, columns: tuple[Column, ...]) -> None:
        self.line, self.columns = line, columns
        self._filled: dict[str, list[tuple[Column, Value]]] = {}
        self._texts: dict[str, str] = {}
        for column in columns:
            if not is_blank(value := line.value(column.at)):
                self._filled.setdefault(column.field, []).append((column, value))

    def all(self, name: str) -> list[tuple[Column, Value]]:
        """The filled cells of a field in the order of their columns."""
        return self._filled.get(name, [])

    def value(self, name: str) -> Value:
        found = self.all(name)
        return found[0][1] if found else None

    def text(self, name: str) -> str:
        """The cleaned text of a field; empty for an error or a formula that was not calculated."""
        if name not in self._texts:
            value = self.value(name)
            self._texts[name] = "" if value is None or isinstance(value, Broken) else clean(shown(value))
        return self._texts[name]

    def written(self, name: str) -> str:
        return shown(self.value(name))

    def is_said(self, name: str) -> bool:
        """Whether the field holds more than a dash or 无."""
        return not says_nothing(fold(self.text(name)))

    def as_written(self) -> dict[str, str]:
        """Every filled cell but the serial number under its heading (or its letter), for the person who decides."""
        filled = (pair for field, pairs in self._filled.items() if field != "serial" for pair in pairs)
        return {column.heading or column.letter: shown(value)[:500] for column, value in filled}

    def extras(self) -> dict[str, str]:
        """The cells of columns that were not mapped: kept with their headings, nothing of a register is lost."""
        return {column.heading or column.letter: clean(shown(value))[:500] for column, value in self.all("")}
