"""Lists as xlsx. A cell that a spreadsheet would run as a formula is kept as text (security goal G11)."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from huiguan.screens.fields import label_of, shown

ILLEGAL = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")  # what no xlsx may hold
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?", re.ASCII)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def workbook_of(records: Iterable[Any], model: type[models.Model], fields: Sequence[str]) -> bytes:
    """One sheet with the fields' names in bold above the records."""
    rows = ([shown(record, name).text for name in fields] for record in records)
    return workbook([label_of(model, name) for name in fields], rows, title=str(model._meta.verbose_name_plural))


def workbook(heading: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    from openpyxl import Workbook  # large, and seldom needed

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, text) for text in heading])
    for row in rows:
        sheet.append([neutral(text) for text in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe goes before what would begin a formula."""
    text = ILLEGAL.sub("", text)
    starts = text.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{text}" if starts and not NUMBER.fullmatch(text) else text


def _bold(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, neutral(text))
    cell.font = Font(bold=True)
    return cell
