"""Looks into an .xlsx file before it is opened: what it is, how large it becomes, what must not be in it."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from huiguan.spreadsheets.problems import Refused

LARGEST_FILE = 20 * 2**20
MOST_ENTRIES = 500
LARGEST_PART = 64 * 2**20  # one part of the archive, unpacked
LARGEST_WHOLE = 96 * 2**20
MOST_RATIO = 250  # real sheets shrink 10 to 40 times, bombs 1000 times
SMALL = 2**20  # below this size a high ratio is harmless
MOST_ROWS = 50_000  # rows with cells, counted before opening; what may be read is less
MOST_CELLS = 2_000_000
MOST_STRINGS = 1_000_000
_CHUNK = 2**18

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "file_is_old_excel"),
    (b"%PDF", "file_is_not_a_table"),
    (b"\x89PNG", "file_is_not_a_table"),
    (b"\xff\xd8\xff", "file_is_not_a_table"),
    (b"GIF8", "file_is_not_a_table"),
    (b"Rar!", "file_is_not_a_table"),
    (b"7z\xbc\xaf", "file_is_not_a_table"),
    (b"\x1f\x8b", "file_is_not_a_table"),
    (b"MZ", "file_is_not_a_table"),
    (b"\x7fELF", "file_is_not_a_table"),
)
_WEB_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|table|meta|style|script|workbook|\?mso)",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_COUNTED = {
    re.compile(rb"</(?:\w+:)?row>"): MOST_ROWS,
    re.compile(rb"<(?:\w+:)?c[ />]"): MOST_CELLS,
    re.compile(rb"<(?:\w+:)?si[ />]"): MOST_STRINGS,
}


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK")


def refuse_other_files(content: bytes) -> None:
    """Says what a file is that is neither a workbook nor text."""
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\x1a"):
        raise Refused("file_is_empty")
    if len(content) > LARGEST_FILE:
        raise Refused("file_is_too_large", most=LARGEST_FILE // 2**20)
    for signature, code in _SIGNATURES:
        if content.startswith(signature):
            raise Refused(code)
    if _WEB_PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\x00", b"")):
        raise Refused("file_is_web_page")


def inspect(content: bytes) -> None:
    """Refuses what is no .xlsx workbook or would be dangerous to unpack. Reads at most LARGEST_WHOLE bytes."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _inspect_kind(archive)
            _inspect_sizes(archive)
            _inspect_parts(archive)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        LookupError,
    ) as broken:
        raise Refused("file_is_damaged") from broken
    except Exception as broken:  # zlib.error and whatever else a damaged stream raises
        if isinstance(broken, Refused):
            raise
        raise Refused("file_is_damaged") from broken


def _inspect_kind(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise Refused("file_has_password")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("file_has_macros")
    if "xl/workbook.bin" in names:
        raise Refused("file_is_old_excel")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("file_is_not_a_table")


def _inspect_sizes(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    largest = max((info.file_size for info in entries), default=0)
    whole = sum(info.file_size for info in entries)
    if len(entries) > MOST_ENTRIES or largest > LARGEST_PART or whole > LARGEST_WHOLE:
        raise Refused("file_unpacks_too_large")
    if len({info.filename.lower() for info in entries}) != len(entries):
        raise Refused("file_is_damaged")
    for info in entries:
        if info.file_size > SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise Refused("file_unpacks_too_large")


def _inspect_parts(archive: zipfile.ZipFile) -> None:
    """Unpacks every XML part in pieces, never whole: real sizes, declarations of entities, number of rows and cells."""
    unpacked = 0
    for info in archive.infolist():
        if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        counts = dict.fromkeys(_COUNTED, 0)
        for piece, tail in _pieces(archive, info):
            unpacked += len(piece)
            _refuse_declarations(tail + piece)
            for pattern, most in _COUNTED.items():
                counts[pattern] += len(pattern.findall(piece))
                if counts[pattern] > most:
                    raise Refused("too_many_rows", most=MOST_ROWS)
            if unpacked > LARGEST_WHOLE:
                raise Refused("file_unpacks_too_large")


def _refuse_declarations(piece: bytes) -> None:
    if _DECLARATION.search(piece) or (b"\x00" in piece and _DECLARATION.search(piece.replace(b"\x00", b""))):
        raise Refused("file_has_entities")


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    tail = b""
    with archive.open(info) as part:
        while piece := part.read(_CHUNK):
            yield piece, tail
            tail = piece[-32:]
