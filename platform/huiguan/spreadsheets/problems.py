"""What cannot be read: a whole file, said to a person, or one cell, named for whoever reads the table."""

from dataclasses import dataclass
from typing import Any

from huiguan.spreadsheets.texts import REFUSALS


class Refused(Exception):
    """The file cannot be read at all. `code` names the reason, `str()` says it to a person."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def __str__(self) -> str:
        return str(REFUSALS[self.code]) % self.params


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the reader of one cell cannot tell, with the readings that are possible."""

    code: str
    options: tuple[str, ...] = ()
