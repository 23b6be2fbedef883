"""Builds small tables for the tests, workbooks and text files, from rows as they would be typed."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def workbook(sheets: dict[str, Rows], *, merges: dict[str, Iterable[str]] | None = None) -> bytes:
    """Sheets with their rows from A1 on; None leaves a cell empty. `merges` are ranges such as B3:D3."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for merged in (merges or {}).get(name, ()):
            sheet.merge_cells(merged)
    return saved(book)


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def csv(rows: Rows, *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    quoted = (separator.join(f'"{cell}"' if separator in str(cell) else str(cell) for cell in row) for row in rows)
    return "\r\n".join(quoted).encode(encoding)
