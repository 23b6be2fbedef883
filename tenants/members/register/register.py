"""A member register 名册 as it was read: its sheets, its rows, and what a person must still decide."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from huiguan.progress import report
from huiguan.spreadsheets.problems import Refused
from huiguan.spreadsheets.reading import read_grids
from tenants.members.register.blocks import split_blocks
from tenants.members.register.duplicates import mark_duplicates
from tenants.members.register.rows import Row, RowClass
from tenants.members.register.sheets import Sheet, open_sheet
from tenants.members.register.sorting import sort_rows

MOST_ROWS = 30_000  # of all sheets together


@dataclass(frozen=True, slots=True)
class Register:
    """`rows` holds every spreadsheet row of every sheet in its order, the ignored ones too."""

    filename: str
    sheets: tuple[Sheet, ...]
    rows: tuple[Row, ...]

    def of_class(self, row_class: RowClass) -> list[Row]:
        return [row for row in self.rows if row.row_class is row_class]

    def counts(self) -> dict[str, int]:
        found = Counter(row.row_class.value for row in self.rows)
        return {row_class.value: found[row_class.value] for row_class in RowClass}

    def as_json(self) -> dict[str, Any]:
        sheets = [sheet.as_json() for sheet in self.sheets]
        return {
            "file": self.filename,
            "sheets": sheets,
            "rows": [row.as_json() for row in self.rows],
            "counts": self.counts(),
        }


def read_register(
    source: bytes | Path,
    *,
    filename: str,
    today: date,
    sheet: str | None = None,
    mapping: Mapping[str, Mapping[str, str]] | None = None,
) -> Register:
    """Reads a register without writing anything anywhere; safe to run in a child process with limits.

    `sheet` reads only the sheet of that name. `mapping` gives, for the key of a sheet, letters of columns and what they
    hold (`{"会员名册": {"C": "phone", "M": "paid.2025", "N": ""}}`); columns it does not name are guessed.
    Raises Refused, whose text says what to do, for files that cannot or must not be read.
    """
    report("opening")
    grids = read_grids(source, filename=filename)
    if sheet is not None:
        grids = [grid for grid in grids if grid.name == sheet]
        if not grids:
            raise Refused("sheet_unknown", sheet=sheet)
    if sum(len(grid.lines) for grid in grids) > MOST_ROWS:
        raise Refused("too_many_rows", most=MOST_ROWS)
    blocks = [block for grid in grids for block in split_blocks(grid)]
    opened = [(block, open_sheet(block, today=today, mapping=mapping or {})) for block in blocks]
    rows, of = [], sum(len(grid.lines) for grid in grids)
    for order, row in enumerate(row for grid, opened_sheet in opened for row in sort_rows(grid, opened_sheet)):
        row.order = order
        rows.append(row)
        report("reading", min(order, of), of)
    mark_duplicates(rows)
    return Register(filename, tuple(opened_sheet for _, opened_sheet in opened), tuple(rows))
