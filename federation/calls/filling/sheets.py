"""Excel files, by openpyxl: a row that names an item of a list is repeated for each; formulas below it follow."""

import io
import re
from collections.abc import Iterator
from copy import copy
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange

from federation.calls.filling.vocabulary import Found, NotATemplate, Value, Values, Vocabulary, plain
from huiguan.spreadsheets.archive import inspect
from huiguan.spreadsheets.neutral import neutral
from huiguan.spreadsheets.problems import Refused

PLACE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
NAME = re.compile(r"(?P<name>\w+)(?:\.(?P<column>.+))?")
CELL = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9]\d{0,6})")
MOST_CELLS = 200_000
MOST_ROWS = 5000


def look(content: bytes, vocabulary: Vocabulary, values: Values | None = None) -> Found:
    """Every place of every sheet. With values: filled once, for trial."""
    found = Found()
    for sheet in _open(content).worksheets:
        for row in _rows(sheet):
            for item, column in _places(row):
                _note(found, vocabulary, item, column)
            _list_of(row, vocabulary)
    if values and not found.unknown:
        fill(content, vocabulary, values)
    return found


def fill(content: bytes, vocabulary: Vocabulary, values: Values) -> bytes:
    if unknown := look(content, vocabulary).unknown:
        raise NotATemplate("grammar", unknown[0])
    book = _open(content)
    for sheet in book.worksheets:
        for row in reversed(list(_rows(sheet))):  # from below: what is above keeps its numbers
            if listed := _list_of(row, vocabulary):
                _repeat(book, sheet, row[0].row, values.lists[listed], values)
            else:
                for cell in row:
                    cell.value = _filled(cell.value, {}, values)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _open(content: bytes) -> Any:
    try:
        inspect(content)
        book = load_workbook(io.BytesIO(content))
    except Refused as error:
        raise NotATemplate("broken") from error
    except Exception as error:  # openpyxl raises nearly anything for files that others wrote badly
        raise NotATemplate("broken") from error
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > MOST_CELLS:
        raise NotATemplate("large")
    return book


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """The cells with places, row by row."""
    for row in sheet.iter_rows():
        if cells := [
            cell for cell in row if isinstance(cell.value, str) and ("{{" in cell.value or "{%" in cell.value)
        ]:
            yield cells


def _places(row: list[Any]) -> Iterator[tuple[str, str]]:
    """Name and column of each; the column is empty for a single value."""
    for cell in row:
        if "{" in PLACE.sub("", cell.value):
            raise NotATemplate("grammar", f"{cell.coordinate} {cell.value}"[:200])
        for written in PLACE.findall(cell.value):
            found = NAME.fullmatch(written)
            if found is None:
                raise NotATemplate("grammar", f"{cell.coordinate} {cell.value}"[:200])
            yield found["name"], found["column"] or ""


def _note(found: Found, vocabulary: Vocabulary, item: str, column: str) -> None:
    if not column:
        found.note(item, is_known=item in vocabulary.singles)
        return
    listed = vocabulary.list_of(item)
    is_known = listed is not None and column in vocabulary.lists[listed].columns
    found.note(f"{listed or item}.{column}", is_known=is_known)


def _list_of(row: list[Any], vocabulary: Vocabulary) -> str | None:
    """The list that a row goes through; a row cannot go through two."""
    lists = {listed for item, column in _places(row) if column and (listed := vocabulary.list_of(item))}
    if len(lists) > 1:
        raise NotATemplate("mixed", row[0].coordinate)
    return next(iter(lists), None)


def _repeat(book: Any, sheet: Any, at: int, items: list[dict[str, Value]], values: Values) -> None:
    """One row an item; none leaves one empty row, so that the form keeps its shape."""
    if len(items) > MOST_ROWS:
        raise NotATemplate("large")
    more = max(len(items), 1) - 1
    if more:
        _make_room(book, sheet, at, more)
    model = [
        _Model(c.column, c.coordinate, c.value, copy(c._style)) for c in sheet[at] if not isinstance(c, MergedCell)
    ]
    for offset in range(more + 1):
        _write(sheet, at + offset, model, items[offset] if items else None, values)


class _Model(NamedTuple):
    """One cell of the row that is repeated."""

    column: int
    coordinate: str
    value: Any
    style: Any


def _write(sheet: Any, number: int, model: list[_Model], item: dict[str, Value] | None, values: Values) -> None:
    for cell in model:
        target = sheet.cell(number, cell.column)
        target._style = copy(cell.style)
        target.value = _of_row(cell, target.coordinate, item, values)


def _of_row(cell: _Model, coordinate: str, item: dict[str, Value] | None, values: Values) -> Any:
    if not isinstance(cell.value, str):
        return cell.value
    if cell.value.startswith("="):
        return Translator(cell.value, origin=cell.coordinate).translate_formula(coordinate)
    if "{{" not in cell.value:
        return cell.value
    return None if item is None else _filled(cell.value, item, values)


def _filled(written: str, item: dict[str, Value], values: Values) -> str | Decimal:
    """A cell that is one place keeps a figure as a figure; no chamber's words become a formula."""

    def of(match: re.Match[str]) -> Value:
        found = NAME.fullmatch(match[1])
        assert found is not None, "looked at before"
        return item[found["column"]] if found["column"] else values.singles[found["name"]]

    if (whole := PLACE.fullmatch(written.strip())) and isinstance(only := of(whole), Decimal):
        return only
    return neutral(PLACE.sub(lambda match: str(plain(of(match))), written))


def _make_room(book: Any, sheet: Any, at: int, more: int) -> None:
    """What stands below goes down with its heights and merged cells; every formula still means the same cells."""
    heights = {row: sheet.row_dimensions[row].height for row in range(sheet.max_row, at, -1)}
    merged = [one for one in sheet.merged_cells.ranges if one.min_row > at]
    for one in merged:
        sheet.merged_cells.remove(one)
    sheet.insert_rows(at + 1, more)
    for one in merged:
        moved = CellRange(one.coord)
        moved.shift(row_shift=more)
        sheet.merge_cells(moved.coord)
    for row, height in heights.items():
        sheet.row_dimensions[row + more].height = height
    across = [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == at]
    for row in range(at + 1, at + more + 1):
        sheet.row_dimensions[row].height = sheet.row_dimensions[at].height
        for one in across:
            sheet.merge_cells(start_row=row, end_row=row, start_column=one.min_col, end_column=one.max_col)
    _shift_formulas(book, sheet, at, more)


def _shift_formulas(book: Any, sheet: Any, at: int, more: int) -> None:
    for other in book.worksheets:
        for row in other.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = _shifted(cell.value, sheet.title, other.title, at, more)


def _shifted(formula: str, moved: str, here: str, at: int, more: int) -> str:
    """A range that ends in the repeated row takes in the new ones; what is below goes down."""
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            title, _mark, cells = token.value.rpartition("!")
            if (title.strip("'").replace("''", "'") or here) == moved:
                token.value = f"{title}!{_range(cells, at, more)}" if title else _range(cells, at, more)
    return "=" + "".join(token.value for token in tokens.items)


def _range(cells: str, at: int, more: int) -> str:
    first, colon, last = cells.partition(":")
    start = _lowered(first, at, more)
    return f"{start}:{_lowered(last, at - 1, more)}" if colon else start


def _lowered(cell: str, at: int, more: int) -> str:
    """One that stands below `at` goes down."""
    return CELL.sub(lambda m: f"{m[1]}{int(m[2]) + more if int(m[2]) > at else int(m[2])}", cell)
