"""One sheet of a register: its headings, its columns, and what its name and title say about all its rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from huiguan.names.organisations import is_organisation
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.grids import Grid, Line, Value, is_blank, shown
from huiguan.spreadsheets.headers import Header, find_header
from huiguan.spreadsheets.headings import GUESSED
from huiguan.spreadsheets.money import bare_number
from tenants.members.register.cells import Frame
from tenants.members.register.columns import Column, given_columns, guess_columns
from tenants.members.register.headings import HEADINGS, meaning
from tenants.members.register.positions import read_positions
from tenants.members.register.problems import Problem
from tenants.members.register.sections import Section, bare, read_section, says_withdrawn
from tenants.members.register.vocabulary import terms

IDENTIFYING = frozenset({"name", "contact", "contact_phone"})
_KEPT_ZERO = re.compile(r"\s*\d{4}\.(?:10|0[1-9])\s*")
_TEN_THOUSAND = re.compile(r"单位[:：]?\s*万元")


@dataclass(slots=True)
class Sheet:
    """`mapping` is what each column was taken for; `problems` concern the sheet as a whole."""

    name: str
    header_rows: tuple[int, ...]
    mapping: tuple[Column, ...]
    frame: Frame
    problems: list[Problem] = field(default_factory=list)
    header: Header | None = None
    first_row: int = 1

    @property
    def key(self) -> str:
        """How a mapping names it: by its name, and a further list on the same sheet also by the row of its headings."""
        return f"{self.name}:{self.header_rows[0]}" if self.first_row > 1 and self.header_rows else self.name

    @property
    def is_readable(self) -> bool:
        return bool({column.field for column in self.mapping} & IDENTIFYING)

    def as_json(self) -> dict[str, Any]:
        columns = [column.as_json() for column in self.mapping]
        problems = [problem.as_json() for problem in self.problems]
        said = {"sheet": self.name, "key": self.key, "header_rows": list(self.header_rows)}
        return said | {"mapping": columns, "problems": problems}


def open_sheet(grid: Grid, *, today: date, mapping: Mapping[str, Mapping[str, str]]) -> Sheet:
    """Finds headings and columns; `mapping` (key of a sheet to letter to key) is what a person decided instead."""
    if grid.is_hidden and grid.name not in mapping:
        return Sheet(grid.name, (), (), Frame(today, ()), [Problem("sheet_hidden")] if grid.lines else [])
    header = find_header(grid, HEADINGS)
    headings = header.columns if header else tuple(() for _ in range(grid.width))
    below = [line for line in grid.lines if not header or line.number > header.rows[-1]]
    header_rows = header.rows if header else ()
    sheet = Sheet(grid.name, header_rows, (), Frame(today, ()), header=header, first_row=grid.first_row)
    sheet.mapping = tuple(given_columns(guess_columns(headings, below), mapping.get(sheet.key, {})))
    sheet.frame = _frame(grid, sheet.mapping, below, today)
    sheet.problems = _problems(sheet, below)
    return sheet


def _frame(grid: Grid, columns: tuple[Column, ...], below: list[Line], today: date) -> Frame:
    title = "\n".join(
        clean(shown(value)) for line in _around(grid, below) for value in line.cells if isinstance(value, str)
    )
    section = _section_of_title(grid, below)
    is_thousands = bool(_TEN_THOUSAND.search(title))
    return Frame(
        today,
        columns,
        kind=_kind(bare(grid.name)),
        positions=_positions(bare(grid.name)),
        section=section,
        is_withdrawn=says_withdrawn(grid.name) or bool(section and section.is_withdrawn),
        paid_year=_paid_year(title, today),
        dues_unit=Decimal(10_000) if is_thousands else Decimal(1),
        capital_unit=_capital_unit(columns, below),
        keeps_zeros=frozenset(column.at for column in columns if _keeps_zeros(grid, column, below)),
        fields=frozenset(column.field for column in columns),
    )


def _problems(sheet: Sheet, below: list[Line]) -> list[Problem]:
    if not sheet.is_readable:
        return [Problem("sheet_without_members")] if len(below) > 2 else []
    found = [] if sheet.header else [Problem("sheet_without_headings")]
    for column in sheet.mapping:
        values = [value for line in below if not is_blank(value := line.value(column.at))]
        if values and (code := _why_unsure(column, values)):
            params = (("year", sheet.frame.paid_year),)
            found.append(Problem(code, column.field, column.heading or column.letter, params=params))
    return found


def _why_unsure(column: Column, values: list[Value]) -> str:
    """What a person should check about a column."""
    if not column.field and column.heading:
        return _why_unread(column, values)
    if not column.field:
        return ""
    if column.confidence <= GUESSED:
        return "column_guessed"
    if column.field == "paid" and column.year is None:
        return "paid_year_assumed"
    is_capital = column.field == "registered_capital_wan" and column.unit is None
    is_bare = is_capital and any(bare_number(value) is not None for value in values)
    return "capital_unit_assumed" if is_bare else ""


def _why_unread(column: Column, values: list[Value]) -> str:
    """A column that was left out because another one holds the same, or because nobody knows what it holds."""
    field = meaning(tuple(column.heading.split(" / "))).field
    if field == "name" and all(is_organisation(shown(value)) for value in values[:5]):
        return "list_beside"
    return "column_repeats" if field else "column_unknown"


def _around(grid: Grid, below: list[Line]) -> list[Line]:
    """Title rows above the headings and notes at the end."""
    first = below[0].number if below else 0
    return [line for line in grid.lines if line.number < first] + [
        line for line in below[-8:] if len(line.filled()) <= 3
    ]


def _section_of_title(grid: Grid, below: list[Line]) -> Section | None:
    """A title such as 副会长单位名单 speaks for the whole list; 会员名册 says nothing."""
    first = below[0].number if below else 0
    for line in reversed([line for line in grid.lines if line.number < first and len(line.filled()) == 1]):
        section = read_section(shown(line.value(line.filled()[0])))
        is_any_member = section and section.positions == ("会员",) and fold(bare(section.text)).startswith("会员")
        if section and not section.is_unclear and not is_any_member:
            return section
    return None


def _paid_year(title: str, today: date) -> int:
    """The year the register speaks of, as its title or its date of printing says."""
    years = [int(year) for year in re.findall(r"(?<!\d)(20[1-4]\d)(?:年|-|\.|/)", title)]
    return max((year for year in years if year <= today.year), default=today.year)


def _kind(name: str) -> str | None:
    word = fold(name)
    kinds = terms("names", "kinds")
    return kinds.get(word) or next((kind for term, kind in kinds.items() if "会员" in term and term in word), None)


def _positions(name: str) -> tuple[str, ...]:
    found, doubt = read_positions(name)
    is_any_member = found == ["会员"] and (fold(name).startswith("会员") or _kind(name))
    return () if doubt or is_any_member else tuple(found)


def _capital_unit(columns: tuple[Column, ...], below: list[Line]) -> Decimal:
    """Under a heading without a unit, small bare numbers count 万元 and large ones 元; the sheet asks."""
    column = next((column for column in columns if column.field == "registered_capital_wan"), None)
    found = [bare_number(line.value(column.at)) for line in below] if column else []
    numbers = [number for number in found if number is not None]
    large = sum(number >= 100_000 for number in numbers)
    return Decimal(1) if numbers and large > len(numbers) / 2 else Decimal(10_000)


def _keeps_zeros(grid: Grid, column: Column, below: list[Line]) -> bool:
    """Text typed into a workbook stays as it is; text saved from numbers lost its zeros unless some are still there."""
    if column.field not in ("joined", "left_on"):
        return False
    if not grid.is_text:
        return True
    return any(_KEPT_ZERO.fullmatch(shown(line.value(column.at))) for line in below)
