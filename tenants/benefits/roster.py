"""Reads a list of merchants as secretariats keep it, .xlsx or .csv: which column holds what, and what is given.

Runs in a child process: nothing of Django is here, and what cannot be read is left as it was written.
"""

import re
from collections.abc import Iterator
from typing import Any

from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.grids import Grid, Line, shown
from huiguan.spreadsheets.reading import read_grids

WORDS = {
    "name": ("商户名称", "商家名称", "单位名称", "企业名称", "店铺名称", "店名", "商户", "商家", "单位", "名称"),
    "category": ("类别", "类型", "分类", "行业"),
    "region": ("区县", "所在区", "区域", "地区"),
    "address": ("地址", "位置"),
    "phone": ("电话", "联系方式", "手机"),
    "contact_name": ("联系人", "负责人"),
    "title": ("优惠内容", "优惠项目", "优惠措施", "优惠", "折扣"),
    "terms": ("使用条件", "使用说明", "说明", "备注"),
}
SEARCHED, MOST_ROWS = 15, 2000
DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENTHS = re.compile(r"([0-9]{1,2}(?:\.[0-9])?|[零〇一二两三四五六七八九]{1,2})\s*折")
_OFF = re.compile(r"满\s*([0-9]+)\s*元?\s*(?:立?减|返|省)\s*([0-9]+)|(?:立?减|优惠)\s*([0-9]+)\s*元")


def rows_of(content: bytes, *, filename: str) -> list[dict[str, Any]]:
    """Every row of every sheet that has a heading for the name, as texts, with `row` and what `saving` was read."""
    return [row for grid in read_grids(content, filename=filename) for row in _rows(grid)][:MOST_ROWS]


def saving_of(text: str) -> dict[str, Any]:
    """`八八折`, `8.8折`, `满200减20`: per cent, or yuan off from a bill of; a gift where neither is said."""
    text = fold(text)
    if found := _TENTHS.search(text):
        percent = 100 - _per_cent(found[1])
        return {"saving": "percent", "percent": percent} if 0 < percent < 100 else {"saving": "gift"}
    if found := _OFF.search(text):
        least, off = found[1], found[2] or found[3]
        return {"saving": "amount", "off": int(off), "least": int(least) if least else None}
    return {"saving": "gift"}


def _rows(grid: Grid) -> Iterator[dict[str, Any]]:
    found = next(((at, columns) for at, line in enumerate(grid.lines[:SEARCHED]) if (columns := _columns(line))), None)
    if found is None:
        return
    at, columns = found
    for line in grid.lines[at + 1 :]:
        said = {field: shown(line.value(column)).strip() for field, column in columns.items()}
        if any(said.values()):
            yield {"row": line.number, **said, **saving_of(said.get("title", ""))}


def _columns(line: Line) -> dict[str, int]:
    """Where each field stands; empty unless the row names the merchant and something else."""
    found: dict[str, int] = {}
    for column in line.filled():
        heading = fold(shown(line.value(column)))
        field = next((f for f, words in WORDS.items() if f not in found and any(w in heading for w in words)), "")
        if field and len(heading) <= 12:
            found[field] = column
    return found if "name" in found and len(found) > 1 else {}


def _per_cent(said: str) -> int:
    """What is paid of a hundred: 8.8, 88 and 八八 are the same."""
    if said[0] in DIGITS:
        value = float(f"{DIGITS[said[0]]}.{DIGITS[said[1]]}") if len(said) > 1 else DIGITS[said[0]]
    else:
        value = float(said)
    return round(10 * value if value < 10 else value)
