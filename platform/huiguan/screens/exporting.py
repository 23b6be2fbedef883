"""Lists as xlsx. A cell that a spreadsheet would run as a formula is kept as text (security goal G11)."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models

from huiguan.screens.fields import Shown, label_of, shown
from huiguan.spreadsheets.neutral import neutral

Cell = str | float | Decimal


def workbook_of(records: Iterable[Any], model: type[models.Model], fields: Sequence[str]) -> bytes:
    """One sheet with the fields' names in bold above the records."""
    rows = ([_cell(shown(record, name)) for name in fields] for record in records)
    return workbook([label_of(model, name) for name in fields], rows, title=str(model._meta.verbose_name_plural))


def workbook(heading: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """Numbers are kept as numbers, so that they can be added up."""
    from openpyxl import Workbook  # large, and seldom needed

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, text) for text in heading])
    for row in rows:
        sheet.append([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(value: Shown) -> Cell:
    return value.text if value.exact is None else value.exact


def _bold(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, neutral(text))
    cell.font = Font(bold=True)
    return cell
