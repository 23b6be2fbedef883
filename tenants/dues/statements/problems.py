"""What does not add up in a statement, said to a treasurer. Nothing here stops a line from being read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiguan.kit.formats import day, money
from tenants.dues.statements.texts import PROBLEMS

_WRITTEN: dict[type, Callable[[Any], str]] = {date: day}


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is 0 for what concerns a whole sheet. Parameters that end in `_fen` are amounts, dates are dates."""

    code: str
    sheet: str = ""
    row: int = 0
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return str(PROBLEMS[self.code]) % {"sheet": self.sheet, "row": self.row, **written(self.params)}

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "sheet": self.sheet, "row": self.row, "text": self.text}


def written(params: tuple[tuple[str, Any], ...]) -> dict[str, str]:
    """Parameters as the reader's language writes them."""
    return {name: _write(name, value) for name, value in params}


def _write(name: str, value: Any) -> str:
    return money(value) if name == "fen" or name.endswith("_fen") else _WRITTEN.get(type(value), str)(value)
