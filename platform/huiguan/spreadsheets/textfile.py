"""Text tables (.csv, .tsv, .txt) as a grid, whatever encoding and separator they were saved with."""

import codecs
import csv
import re
from functools import cache
from io import StringIO
from itertools import pairwise

from huiguan.spreadsheets.characters import LONGEST_CELL
from huiguan.spreadsheets.grids import Broken, Grid, Line, Value, is_blank
from huiguan.spreadsheets.neutral import as_written
from huiguan.spreadsheets.problems import Refused
from huiguan.spreadsheets.workbook import MOST_COLUMNS, MOST_LINES

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE = 200_000
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")


def read_text(content: bytes, name: str) -> Grid:
    """One grid; its row numbers count records as a spreadsheet does that opens the file, blank lines included."""
    text = decode(content).replace("\x00", "").rstrip("\x1a")
    lines: list[Line] = []
    try:
        for number, record in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator(text)), start=1):
            if len(lines) >= MOST_LINES:
                raise Refused("too_many_rows", most=MOST_LINES)
            if not all(is_blank(cell) for cell in record):
                lines.append(Line(number, [_value(cell) for cell in record[:MOST_COLUMNS]]))
    except csv.Error as broken:
        raise Refused("file_is_damaged") from broken
    return Grid(name, lines, is_text=True)


def decode(content: bytes) -> str:
    """By its mark, else UTF-8 if it is valid, else the Chinese encoding that gives more everyday characters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 8:
        return content.decode(
            "utf-16-le" if content[1:2000:2].count(0) > content[:2000:2].count(0) else "utf-16-be", errors="replace"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max(
            (content.decode(encoding, errors="replace") for encoding in ("gb18030", "big5hkscs", "utf-8")), key=_sense
        )


def separator(text: str) -> str:
    """The character that splits most lines into the same number of columns."""
    sample = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:100]
    return max(_SEPARATORS, key=lambda candidate: _regularity(sample, candidate))


def _regularity(lines: list[str], candidate: str) -> tuple[int, int]:
    counts = [re.sub(r'"[^"]*"?', "", line).count(candidate) for line in lines]
    same = sum(1 for before, after in pairwise(counts) if before == after and after > 0)
    return same, sum(counts)


def _sense(text: str) -> float:
    """Share of everyday characters; a wrong encoding gives rare ones."""
    sample = [c for c in text[:_SAMPLE] if c > "\x7f"]
    return sum(c in _everyday_characters() for c in sample) / max(1, len(sample)) - 5 * sample.count("\ufffd") / max(
        1, len(sample)
    )


@cache
def _everyday_characters() -> frozenset[str]:
    """Level one of GB 2312 and of Big5: what is written every day in either script."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    simplified = (bytes([lead, trail]).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in trails)
    traditional = (bytes([lead, trail]).decode("big5", "ignore") for lead in range(0xA4, 0xC7) for trail in trails)
    return frozenset("".join([*simplified, *traditional]))


def _value(cell: str) -> Value:
    text = as_written(cell[:LONGEST_CELL])
    return Broken(text.strip()) if _ERROR.fullmatch(text.strip()) else text
