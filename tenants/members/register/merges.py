"""Merged cells: some speak for every row they cover, a merged name holds several rows of one member together."""

from dataclasses import dataclass, replace

from huiguan.spreadsheets.grids import Grid, Line, Value, is_blank, shown
from tenants.members.register.columns import Column

FILLED_DOWN = frozenset(
    {"position", "industry", "kind", "native_place", "referrer"}
)  # where a merged cell speaks for each row
ADDED_UP = frozenset(
    {"contact", "contact_phone", "phone", "position", "remarks"}
)  # what a continuing row adds to a member
LONGEST_MERGE = 5000


@dataclass(frozen=True, slots=True)
class Merged:
    """Merged cells below their first row: which columns they fill, and whether they continue a member."""

    fills: dict[int, list[tuple[int, int]]]  # row to columns, with the row that holds the value
    continued: dict[int, int]  # row to the row of the member it continues
    continuing: dict[int, list[int]]  # the other way round


def merged_cells(grid: Grid, columns: tuple[Column, ...]) -> Merged:
    fields = {column.at: column.field for column in columns}
    fills: dict[int, list[tuple[int, int]]] = {}
    continued: dict[int, int] = {}
    for span in grid.spans:
        if span.left != span.right or not 0 < span.bottom - span.top < LONGEST_MERGE:
            continue
        for row in range(span.top + 1, span.bottom + 1):
            if fields.get(span.left) in FILLED_DOWN:
                fills.setdefault(row, []).append((span.left, span.top))
            if fields.get(span.left) == "name":
                continued[row] = span.top
    return Merged(fills, continued, _reversed(continued))


def _reversed(continued: dict[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, top in continued.items():
        found.setdefault(top, []).append(row)
    return found


def completed(line: Line, lines: dict[int, Line], merged: Merged, columns: tuple[Column, ...]) -> Line:
    """The row with the values of cells merged from above, and with the persons of rows that continue it."""
    cells = line.cells + [None] * (len(columns) - len(line.cells))
    for at, top in merged.fills.get(line.number, []):
        cells[at] = lines[top].value(at) if is_blank(cells[at]) and top in lines else cells[at]
    for below in (lines[row] for row in merged.continuing.get(line.number, []) if row in lines):
        for column in columns:
            cells[column.at] = _continued(cells[column.at], below.value(column.at), column.field)
    return (
        replace(line, cells=cells) if cells[: len(line.cells)] != line.cells or any(cells[len(line.cells) :]) else line
    )


def _continued(value: Value, below: Value, field: str) -> Value:
    if is_blank(value) or is_blank(below):
        return below if is_blank(value) else value
    if field not in ADDED_UP or shown(value) == shown(below):
        return value
    return f"{shown(value)}\n{shown(below)}"
