"""Workbooks (.xlsx) as grids: cached values, dates as precisely as they are shown, merged ranges, struck-out rows."""

import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from io import BytesIO
from typing import Any

from huiguan.spreadsheets.archive import inspect
from huiguan.spreadsheets.characters import LONGEST_CELL
from huiguan.spreadsheets.formulas import calculate
from huiguan.spreadsheets.grids import Broken, Grid, Line, PartialDate, Span, Value
from huiguan.spreadsheets.neutral import as_written
from huiguan.spreadsheets.problems import Refused

MOST_SHEETS = 60
MOST_COLUMNS = 256
MOST_LINES = 20_000  # rows that are not empty, in one sheet
LAST_ROW = 200_000
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!)")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")


def read_workbook(content: bytes) -> list[Grid]:
    """All worksheets in their order. Raises Refused for what is dangerous, damaged or too large."""
    inspect(content)
    try:
        return _read(content)
    except Refused:
        raise
    except Exception as broken:  # openpyxl raises nearly anything for files that others wrote badly
        raise Refused("file_is_damaged") from broken


def _read(content: bytes) -> list[Grid]:
    sheets = _worksheets(content, data_only=True)
    if len(sheets) > MOST_SHEETS:
        raise Refused("too_many_sheets", most=MOST_SHEETS)
    parts = _parts(content, [str(sheet._worksheet_path) for sheet in sheets])
    grids = [_grid(sheet, part) for sheet, part in zip(sheets, parts, strict=True)]
    if any(b"<f" in part or b":f>" in part for part in parts):
        _add_formulas(content, grids)
    return grids


def _worksheets(content: bytes, *, data_only: bool) -> list[Any]:
    from openpyxl import load_workbook  # imported late, here and below: only the child that reads a file needs it

    workbook = load_workbook(BytesIO(content), read_only=True, data_only=data_only)
    return [sheet for sheet in workbook.worksheets if hasattr(sheet, "_worksheet_path")]


def _parts(content: bytes, paths: list[str]) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [archive.read(path) for path in paths]


def _grid(sheet: Any, part: bytes) -> Grid:
    sheet.reset_dimensions()
    lines: list[Line] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW or len(lines) > MOST_LINES:
            raise Refused("too_many_rows", most=MOST_LINES)
        if line := _line(number, cells[:MOST_COLUMNS]):
            lines.append(line)
    return Grid(sheet.title, lines, _spans(part), is_hidden=sheet.sheet_state != "visible")


def _line(number: int, cells: tuple[Any, ...]) -> Line | None:
    values = [_value(cell) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    if not values:
        return None
    texts = [cell for cell, value in zip(cells, values, strict=False) if isinstance(value, str) and len(value) > 1]
    struck = bool(texts) and all(_is_struck(cell) for cell in texts)
    return Line(number, values, is_struck_out=struck)


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, datetime | date):
        return _date(value, cell.number_format)
    if isinstance(value, str):
        text = as_written(value[:LONGEST_CELL])
        return Broken(text) if _ERROR.fullmatch(text.strip()) else text
    return str(value) if isinstance(value, bool | time | timedelta) else Broken(str(value)[:200], is_formula=True)


def _date(value: datetime | date, number_format: str) -> Value:
    precision = _precision(number_format or "")
    return value if precision == 10 else PartialDate(value.isoformat()[:precision])


@lru_cache(maxsize=500)
def _precision(number_format: str) -> int:
    """How much of YYYY-MM-DD a format shows: 4, 7 or all 10 characters."""
    shows = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format.split(";")[0].lower())
    if "d" in shows or "y" not in shows:
        return 10
    return 7 if "m" in shows else 4


def _is_struck(cell: Any) -> bool:
    font = getattr(cell, "font", None)
    return bool(font is not None and font.strike)


def _spans(part: bytes) -> list[Span]:
    """The read-only mode of openpyxl does not know merged ranges, so they are taken from the sheet's XML."""
    from openpyxl.utils import range_boundaries

    found: list[Span] = []
    for reference in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(reference.decode())
        if None not in (left, top, right, bottom):
            found.append(Span(int(top or 0), int(left or 1) - 1, int(bottom or 0), int(right or 1) - 1))
    return found


def _add_formulas(content: bytes, grids: list[Grid]) -> None:
    """Second reading, for formulas without a cached value: they look like empty cells in the first."""
    for sheet, grid in zip(_worksheets(content, data_only=False), grids, strict=True):
        sheet.reset_dimensions()
        _add_missing(grid, enumerate(sheet.iter_rows(values_only=True), start=1))


def _add_missing(grid: Grid, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> None:
    known = {line.number: line for line in grid.lines}
    cells = ((number, at, value) for number, row in rows for at, value in enumerate(row[:MOST_COLUMNS]))
    missing = [(number, at, str(value)) for number, at, value in cells if _is_missing(value, known.get(number), at)]
    for number, at, formula in missing:
        _place(grid, known, number, at, Broken(formula, is_formula=True))
    for number, at, formula in missing:
        known[number].cells[at] = calculate(formula, partial(_look_up, known))
    grid.lines.sort(key=lambda line: line.number)


def _is_missing(value: Any, line: Line | None, at: int) -> bool:
    is_formula = (isinstance(value, str) and value.startswith("=")) or type(value).__name__.endswith("Formula")
    return is_formula and (line is None or line.value(at) is None)


def _place(grid: Grid, known: dict[int, Line], number: int, at: int, value: Value) -> None:
    if number not in known:
        known[number] = Line(number, [])
        grid.lines.append(known[number])
    cells = known[number].cells
    cells.extend([None] * (at + 1 - len(cells)))
    cells[at] = value


def _look_up(known: dict[int, Line], letters: str, row: int) -> Value:
    from openpyxl.utils import column_index_from_string

    return known[row].value(column_index_from_string(letters) - 1) if row in known else None


def letter(column: int) -> str:
    """The spreadsheet's letter of a column counted from 0."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))
