"""Goes through a sheet from top to bottom and tells members from everything else that registers contain."""

import re
from collections.abc import Iterator
from dataclasses import replace

from huiguan.names.organisations import is_organisation
from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.grids import Grid, Line, is_blank, shown
from huiguan.spreadsheets.headers import repeats
from tenants.members.register.cells import Cells, Frame
from tenants.members.register.columns import Column
from tenants.members.register.fields import read_fields
from tenants.members.register.headings import HEADINGS
from tenants.members.register.identities import identify
from tenants.members.register.merges import completed, merged_cells
from tenants.members.register.problems import Problem
from tenants.members.register.rows import Row, RowClass
from tenants.members.register.sections import Section, is_count, is_footnote, is_total, read_section
from tenants.members.register.sheets import Sheet
from tenants.members.register.vocabulary import longest_first

_LEFT = re.compile(r"^(?:已|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:已|申请)?|于.{4,12})?退会(?!费)")
_SERIAL = re.compile(r"[\d.()、\-]+")
_CAME_BACK = re.compile(r"重新入会|恢复会籍|再次入会|又入会")


def sort_rows(grid: Grid, sheet: Sheet) -> Iterator[Row]:
    """All rows up to the last that is not empty, in their order."""
    merged = merged_cells(grid, sheet.mapping)
    lines = {line.number: line for line in grid.lines}
    frame, width = sheet.frame, _regular_width(grid, sheet)
    for number in range(grid.first_row, max(lines, default=0) + 1):
        line = lines.get(number)
        if line is None or not sheet.is_readable:
            yield _ignored(sheet, number, "blank" if line is None else "not_a_register")
            continue
        reason, section = _why_ignored(line, sheet)
        frame = _below(frame, section, sheet.frame) if section else frame
        if reason:
            yield _ignored(sheet, number, reason, section)
        elif number in merged.continued:
            yield _ignored(sheet, number, "continues_row_above")
        else:
            yield _member(completed(line, lines, merged, sheet.mapping), sheet, frame, width)


def _below(frame: Frame, section: Section, whole: Frame) -> Frame:
    section = section.below(frame.section)
    return replace(frame, section=section, is_withdrawn=whole.is_withdrawn or section.is_withdrawn)


def _why_ignored(line: Line, sheet: Sheet) -> tuple[str, Section | None]:
    """Why a row is no member, or nothing; and the section that begins with it."""
    if sheet.header and line.number <= sheet.header.rows[-1]:
        return "header" if line.number >= sheet.header.rows[0] else "title", None
    if sheet.header and repeats(sheet.header, line, HEADINGS):
        return "repeated_header", None
    texts = _distinct_texts(line, sheet.mapping)
    if not texts:
        return "blank", None
    if not _names_member(line, sheet.mapping) and (reason := _why_below(texts)):
        return reason, None
    is_alone = len(texts) == 1 or all(is_count(text) for text in texts[1:])
    return _why_alone(texts[0], line, sheet.mapping) if is_alone else ("", None)


def _why_below(texts: list[str]) -> str:
    """Sums and notes, which stand below members and name none."""
    if any(is_total(text) for text in texts[:2]):
        return "total" if re.search("合计|总计|总数", fold("".join(texts[:2]))) else "subtotal"
    return "footnote" if len(texts) <= 4 and any(is_footnote(text) and not is_count(text) for text in texts) else ""


def _why_alone(text: str, line: Line, columns: tuple[Column, ...]) -> tuple[str, Section | None]:
    """A row with one text: a section, a note, or a member of whom only the name is known."""
    if is_footnote(text):
        return "footnote", None
    at = next((at for at in line.filled() if clean(shown(line.value(at))) == text), 0)
    field = next((column.field for column in columns if column.at == at), "")
    is_name = field == "name" and is_organisation(text)
    section = None if is_name else read_section(text)
    if section:
        return "section", section
    if field in ("name", "contact", "phone", "contact_phone", "credit_code", "position") and len(text) <= 40:
        return "", None
    return "note", None


def _member(line: Line, sheet: Sheet, frame: Frame, width: int) -> Row:
    cells = Cells(line, sheet.mapping)
    identity = identify(cells, frame)
    reason = identity.reason or _why_broken(line, width)
    reading = read_fields(cells, frame, identity)
    row = Row(sheet.name, line.number, RowClass.MEMBER, fields=reading.fields, problems=reading.problems)
    row.written, row.extras = cells.as_written(), cells.extras()
    row.written_name, row.written_code = cells.written("name"), cells.written("credit_code")
    if reason:
        row.row_class, row.reason = RowClass.UNIMPORTABLE, reason
        row.problems = [Problem(reason, "name", cells.written("name")[:500])]
    elif _has_left(row, cells, frame):
        row.row_class = RowClass.WITHDRAWN
    if row.row_class in (RowClass.MEMBER, RowClass.WITHDRAWN):
        row.fields = {
            "kind": row.fields.pop("kind", None),
            "status": "withdrawn" if row.row_class is RowClass.WITHDRAWN else "active",
        } | row.fields
    return row


def _has_left(row: Row, cells: Cells, frame: Frame) -> bool:
    """By its sheet or section, its state, its date of leaving, or a remark; not if it came back."""
    if frame.is_withdrawn:
        return True
    remark, state = clean(cells.text("remarks")), fold(cells.text("status"))
    if _CAME_BACK.search(fold(remark)):
        return False
    if any(word in fold(remark) + state for word in longest_first("names", "suspended_words")):
        row.problems.append(Problem("membership_unclear", "status", cells.text("status") or remark))
        return False
    says_left = any(word in state for word in longest_first("names", "withdrawn_words")) or state == "否"
    position = fold(cells.text("position"))
    return says_left or bool(cells.is_said("left_on")) or bool(_LEFT.match(fold(remark))) or "退会" in position


def _why_broken(line: Line, width: int) -> str:
    """In a text file, a row with too few or too many separators may have slipped into the wrong columns."""
    if not width or len(line.cells) == width:
        return ""
    if len(line.cells) < width:
        return "cells_missing"
    return "cells_too_many" if any(not is_blank(value) for value in line.cells[width:]) else ""


def _regular_width(grid: Grid, sheet: Sheet) -> int:
    """The number of columns of nearly all rows of a text file; 0 where rows end as they like."""
    below = [line for line in grid.lines if not sheet.header or line.number >= sheet.header.rows[0]]
    if not grid.is_text or not below:
        return 0
    widths = [len(line.cells) for line in below]
    usual = max(set(widths), key=widths.count)
    return usual if widths.count(usual) >= 0.9 * len(widths) else 0


def _distinct_texts(line: Line, columns: tuple[Column, ...]) -> list[str]:
    """The different texts of a row without its serial number (unless it is a word)."""
    serials = {column.at for column in columns if column.field == "serial"}
    found: dict[str, None] = {}
    for at in line.filled():
        text = clean(shown(line.value(at)))
        is_number = at in serials and (_SERIAL.fullmatch(text) or says_nothing(text))
        if text and not is_number:
            found[text] = None
    return list(found)


def _names_member(line: Line, columns: tuple[Column, ...]) -> bool:
    return any(
        is_organisation(shown(line.value(column.at))) and not is_total(shown(line.value(column.at)))
        for column in columns
        if column.field == "name"
    )


def _ignored(sheet: Sheet, number: int, reason: str, section: Section | None = None) -> Row:
    problems = [Problem("section_not_understood", "", section.text)] if section and section.is_unclear else []
    return Row(sheet.name, number, RowClass.IGNORED, reason, problems=problems)
