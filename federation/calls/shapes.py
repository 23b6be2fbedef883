"""What each kind of question takes for an answer, and how an answer reads. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.files.contents import EXTENSIONS
from huiguan.files.models import MEGABYTE

LONGEST_ANSWER = 2000
LONGEST_CELL = 200
MOST_ROWS = 50
MOST_PARTS = 12
MOST_FILE_MEGABYTES = 10
LONGEST_NAME = 100
MOST = Decimal(10) ** 14
SHA256 = re.compile(r"[0-9a-f]{64}")
FILE_FACTS = ("name", "size", "sha256", "type")  # what an answer says of a file; its bytes come beside it
COLUMN = re.compile(r"(?P<name>.+?)\s*[（(](?P<unit>[^（）()]{1,20})[)）]\s*")

Part = dict[str, str]


class Kind(models.TextChoices):
    """A table's columns, and the choices of a choice, are the question's parts."""

    NUMBER = "number", _("Figure")
    CHOICE = "choice", _("One of several")
    TEXT = "text", _("Words")
    TABLE = "table", _("Table")
    FILE = "file", _("File")


WITH_PARTS = (Kind.CHOICE, Kind.TABLE)


def parts_of(kind: str, lines: str) -> list[Part]:
    """One a line. A column with its unit in brackets holds figures, any other words: 合同引资额（万元）."""
    said = [line.strip() for line in lines.splitlines() if line.strip()]
    found = [_column(line) for line in said] if kind == Kind.TABLE else [{"name": line, "unit": ""} for line in said]
    return found if kind in WITH_PARTS else []


def lines_of(parts: Iterable[Part]) -> str:
    """The parts as they are typed."""
    return "\n".join(heading(part) for part in parts)


def heading(part: Part) -> str:
    return f"{part['name']}（{part['unit']}）" if part["unit"] else part["name"]


def takes(kind: str, parts: Sequence[Part], said: Any) -> bool:
    """Whether this can be an answer; what a chamber sends is never trusted to fit."""
    if kind == Kind.TABLE:
        return isinstance(said, list) and 0 < len(said) <= MOST_ROWS and all(_is_row(row, parts) for row in said)
    if kind == Kind.FILE:
        return isinstance(said, dict) and said.keys() == set(FILE_FACTS) and _is_file(**said)
    if not isinstance(said, str):
        return False
    if kind == Kind.NUMBER:
        return is_figure(said)
    if kind == Kind.CHOICE:
        return any(said == part["name"] for part in parts)
    return bool(said.strip()) and len(said) <= LONGEST_ANSWER


def is_figure(said: str) -> bool:
    """From 0, in plain digits."""
    figure = decimal_of(said)
    return figure is not None and 0 <= figure < MOST


def decimal_of(said: Any) -> Decimal | None:
    """None for whatever is no finite number."""
    try:
        figure = Decimal(said) if isinstance(said, str) else None
    except InvalidOperation:
        return None
    return figure if figure is not None and figure.is_finite() else None


def in_words(kind: str, parts: Sequence[Part], unit: str, said: Any) -> str:
    """One answer as people read it in a line."""
    if kind == Kind.TABLE and isinstance(said, list):
        return " / ".join("，".join(_cells(row, parts)) for row in said if isinstance(row, Mapping))
    if isinstance(said, Mapping):
        return str(said.get("name", ""))
    return f"{said}{unit}" if said else ""


def _cells(row: Mapping[str, Any], parts: Iterable[Part]) -> list[str]:
    return [f"{part['name']} {row[part['name']]}{part['unit']}" for part in parts if row.get(part["name"])]


def _is_file(name: Any, size: Any, sha256: Any, type: Any) -> bool:
    if not (isinstance(name, str) and isinstance(sha256, str) and isinstance(type, str)):
        return False
    is_named = 0 < len(name) <= LONGEST_NAME and type in EXTENSIONS
    return is_named and bool(SHA256.fullmatch(sha256)) and _is_size(size)


def _is_size(size: Any) -> bool:
    return isinstance(size, int) and 0 < size <= MOST_FILE_MEGABYTES * MEGABYTE


def _column(line: str) -> Part:
    found = COLUMN.fullmatch(line)
    return {"name": found["name"], "unit": found["unit"]} if found else {"name": line, "unit": ""}


def _is_row(row: Any, parts: Sequence[Part]) -> bool:
    """Every column and no other; not all of them empty."""
    if not isinstance(row, dict) or row.keys() != {part["name"] for part in parts}:
        return False
    return any(row.values()) and all(_is_cell(row[part["name"]], part) for part in parts)


def _is_cell(said: Any, part: Part) -> bool:
    if not isinstance(said, str) or len(said) > LONGEST_CELL:
        return False
    return not said or not part["unit"] or is_figure(said)
