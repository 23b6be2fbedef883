"""Looks at a Word or Excel file without opening it: what it is, and that it is no bomb and carries no program."""

import io
import zipfile

MOST_ENTRIES = 2000
MOST_BYTES = 200 * 1024 * 1024  # unpacked
MOST_RATIO = 250  # real documents shrink 3 to 40 times, bombs 1000 times
SMALL = 1024 * 1024  # below this a high ratio is harmless
MAIN_PARTS = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
CONTENT_TYPES = "[content_types].xml"
ENCRYPTED = 0x1
LINK = 0o120000


class NotTaken(Exception):
    """`reason`: damaged, password, macros or bomb."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(data: bytes) -> str | None:
    """`xlsx` or `docx`; None for any other archive. Raises NotTaken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise NotTaken("damaged") from error
    names = {entry.filename.lower() for entry in entries}
    kind = next((kind for part, kind in MAIN_PARTS.items() if part in names and CONTENT_TYPES in names), None)
    if kind:
        _refuse(entries, names)
    return kind


def _refuse(entries: list[zipfile.ZipInfo], names: set[str]) -> None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise NotTaken("password")
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name for name in names):
        raise NotTaken("macros")
    if len(names) != len(entries) or any(_leads_outside(entry) for entry in entries):
        raise NotTaken("damaged")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise NotTaken("bomb")
    if any(entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size) for entry in entries):
        raise NotTaken("bomb")


def _leads_outside(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or (entry.external_attr >> 16) & 0o170000 == LINK
