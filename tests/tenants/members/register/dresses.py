"""The demo register in other dresses: its members as other secretariats would keep them, with the truth to match."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opencc import OpenCC
from openpyxl import Workbook, load_workbook

from tests.support.workbooks import saved

ROOT = Path(__file__).parents[4]
REGISTER = ROOT / "tenants/members/demo/members_register_a.xlsx"
TRUTH = ROOT / "tests/data/members_register_a.json"
HEADER_ROW, FIRST_ROW = 3, 4
POSITION = 4  # column of 商会职务, counted from 0


@dataclass
class Dress:
    """How a register is kept: other headings in another order, in one or two rows, sections instead of positions."""

    headings: dict[str, tuple[str, str]] = field(default_factory=dict)  # 企业名称 → (group, heading)
    order: list[str] = field(default_factory=list)
    title_rows: int = 2
    has_sections: bool = False
    script: Callable[[str], str] = str


def truth() -> dict[str, Any]:
    return dict(json.loads(TRUTH.read_text(encoding="utf-8")))


def traditional() -> Callable[[str], str]:
    """Character by character, so that it can be told what the truth is then."""
    table = OpenCC("s2t")
    return lambda text: "".join(table.convert(character) for character in text)


def redressed(dress: Dress) -> tuple[bytes, dict[str, Any]]:
    """The workbook in that dress, and the truth with its new row numbers."""
    source = load_workbook(REGISTER, data_only=True)
    book = Workbook()
    book.remove(book.active)
    moved = {
        source.worksheets[0].title: _redress(source.worksheets[0], book.create_sheet(dress.script("会员名册")), dress)
    }
    left = source.worksheets[1]
    moved[left.title] = _copied(left, book.create_sheet(dress.script(left.title)), dress)
    return saved(book), _moved(truth(), moved, dress.script)


def _redress(source: Any, sheet: Any, dress: Dress) -> dict[int, int]:
    old = ["".join(str(cell.value).split()) for cell in source[HEADER_ROW]]
    order = [old.index(name) for name in dress.order] or list(range(len(old)))
    if dress.has_sections:
        order.remove(POSITION)
    for _ in range(dress.title_rows):
        sheet.append([dress.script("某某商会会员一览表")])
    _write_headings(sheet, [dress.headings.get(old[at], ("", old[at])) for at in order], dress)
    return _write_rows(source, sheet, order, dress)


def _write_headings(sheet: Any, headings: list[tuple[str, str]], dress: Dress) -> None:
    if not any(group for group, _ in headings):
        sheet.append([dress.script(heading) for _, heading in headings])
        return
    above = [
        group if group and (at == 0 or headings[at - 1][0] != group) else "" for at, (group, _) in enumerate(headings)
    ]
    sheet.append(
        [
            dress.script(text if group else heading) or None
            for text, (group, heading) in zip(above, headings, strict=True)
        ]
    )
    sheet.append([dress.script(heading) if group else None for group, heading in headings])
    row = sheet.max_row - 1
    for at, (group, _) in enumerate(headings, start=1):
        end = at + next((n for n, (other, _) in enumerate(headings[at:]) if other != group), len(headings) - at)
        if not group:
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)
        elif above[at - 1] and end > at:
            sheet.merge_cells(start_row=row, end_row=row, start_column=at, end_column=end)


def _write_rows(source: Any, sheet: Any, order: list[int], dress: Dress) -> dict[int, int]:
    moved: dict[int, int] = {}
    section = ""
    for number, cells in enumerate(source.iter_rows(min_row=FIRST_ROW), start=FIRST_ROW):
        values = [cell.value for cell in cells]
        position = "".join(str(values[POSITION] or "").split())
        if dress.has_sections and position and position != section and position != "商会职务":
            section = position
            sheet.append([dress.script(f"{section}(3家)")])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(order))
        row = [dress.script(value) if isinstance(value, str) else value for value in (values[at] for at in order)]
        sheet.append(row if any(value is not None for value in row) else [" "])
        moved[number] = sheet.max_row
    return moved


def _copied(source: Any, sheet: Any, dress: Dress) -> dict[int, int]:
    for cells in source.iter_rows():
        sheet.append([dress.script(cell.value) if isinstance(cell.value, str) else cell.value for cell in cells])
    return {number: number for number in range(1, source.max_row + 1)}


def _moved(said: dict[str, Any], moved: dict[str, dict[int, int]], script: Callable[[str], str]) -> dict[str, Any]:
    said = deepcopy(said)
    main = next(iter(moved.values()))
    for pair in said["duplicates"]:
        pair["rows"] = [main[row] for row in pair["rows"]]
    for place in (
        [place for member in said["members"] for place in member["rows"]] + said["rows"] + said["ignored_rows"]
    ):
        place["row"] = moved[place["sheet"]][place["row"]]
        place["sheet"] = script(place["sheet"])
    for member in said["members"]:
        _write_in(member, script)
    return said


def _write_in(member: dict[str, Any], script: Callable[[str], str]) -> None:
    """Names and addresses are kept in the script of the register; standard terms are not."""
    for name in ("name", "former_name", "short_name", "legal_representative", "address"):
        if name in member:
            member[name] = script(member[name])
    for contact in member["contacts"]:
        contact |= {key: script(contact[key]) for key in ("name", "written_as") if key in contact}
