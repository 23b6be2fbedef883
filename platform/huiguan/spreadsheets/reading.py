"""From the bytes of a file to its grids: the one place that knows which kinds of files can be read."""

from pathlib import Path

from huiguan.spreadsheets.archive import LARGEST_FILE, is_workbook, refuse_other_files
from huiguan.spreadsheets.grids import Grid
from huiguan.spreadsheets.problems import Refused
from huiguan.spreadsheets.textfile import read_text
from huiguan.spreadsheets.workbook import read_workbook


def read_grids(source: bytes | Path, *, filename: str) -> list[Grid]:
    """The sheets of an .xlsx workbook, or the one table of a text file. Raises Refused for everything else.

    What a file is, its content says; the name only names the table of a text file.
    """
    content = _content(source)
    refuse_other_files(content)
    return read_workbook(content) if is_workbook(content) else [read_text(content, Path(filename).stem)]


def _content(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    if source.stat().st_size > LARGEST_FILE:
        raise Refused("file_is_too_large", most=LARGEST_FILE // 2**20)
    return source.read_bytes()
