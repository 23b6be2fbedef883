"""What a template may name: single values, and lists whose items have columns. Plain: a child is given it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Value = str | Decimal


@dataclass(frozen=True)
class Listed:
    """`items`: how one of the list is called in a spreadsheet, where nothing else says that a row is repeated."""

    items: tuple[str, ...]
    columns: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    singles: frozenset[str]
    lists: Mapping[str, Listed]

    def list_of(self, item: str) -> str | None:
        """The list that an item's name belongs to; of a list with two names the first."""
        return next((name for name, listed in self.lists.items() if item in listed.items), None)


@dataclass(frozen=True)
class Values:
    """What fills a template, by the names of its vocabulary."""

    singles: Mapping[str, Value]
    lists: Mapping[str, list[dict[str, Value]]]


@dataclass
class Found:
    """The places of a template as they are named in it; an item's as `chambers.q1`."""

    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def note(self, name: str, *, is_known: bool) -> None:
        noted = self.known if is_known else self.unknown
        if name not in noted:
            noted.append(name)


class NotATemplate(Exception):
    """`code`: broken, grammar, mixed; `detail` is what stands at that place."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def plain(value: Any) -> Any:
    """A figure in plain digits, for words."""
    return f"{value:f}" if isinstance(value, Decimal) else value
