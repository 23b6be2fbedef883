"""What ends when a chamber takes an item of its sharing agreement back, and with every item when it leaves. [F1]

Each part of the federation, and each capability of a chamber, says it for its own records in its `taken_back.py`.
The same answer is counted before the chamber confirms and carried out afterwards, so that the two cannot differ.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules
from django_stubs_ext import StrPromise

from federation.registry.items import Item
from huiguan.actors import EVERYTHING, acting_as, current_actor
from huiguan.capability import Place
from huiguan.tenancy.binding import current_place, in_federation


@dataclass(frozen=True)
class Whose:
    """The chamber that takes back, and from which federation. `has_left` when it takes back everything."""

    chamber_id: uuid.UUID
    federation_id: uuid.UUID
    has_left: bool = False


@dataclass(frozen=True)
class Ending:
    """Records that end in one way. `told` says it for any number {n} of them: `ngettext_lazy("{n} need is …", …)`.

    Without it nothing is said: a thing that both sides keep is told by one of them. `count` when it is not of records.
    """

    records: Iterable[Any]
    end: Callable[[Any], object]
    told: StrPromise | None = None
    count: int | None = None

    def sentence(self) -> str:
        """Empty when there is nothing to say."""
        n = len(list(self.records)) if self.count is None else self.count
        return str(self.told % n).format(n=n) if self.told and n else ""


Part = Callable[[Whose], Iterable[Ending]]
_parts: dict[tuple[str, str], list[Part]] = defaultdict(list)


def on_item_taken_back(item: Item, place: Place) -> Callable[[Part], Part]:
    """Declare what ends with an item: of a chamber's own records in its place, of the federation's in the other."""

    def declare(part: Part) -> Part:
        _parts[place.value, item].append(part)
        return part

    return declare


def foretold(whose: Whose, items: Iterable[str]) -> dict[str, list[str]]:
    """What would end now with each item, in sentences with numbers. Asked by the chamber, in its own place."""
    assert current_place() == Place.CHAMBER, "a chamber asks what it would take back"
    found = {str(item): list(_told(whose, item)) for item in items}
    with in_federation():
        return {item: said + list(_told(whose, item)) for item, said in found.items()}


def carry_out(whose: Whose, items: Iterable[str]) -> None:
    """End it in the place that is bound now. Once ended, nothing is found a second time.

    Whoever may take an item back holds the rights of every part for that moment; the trail has their own name.
    """
    with acting_as(replace(current_actor(), permissions=frozenset({EVERYTHING}))):
        for ending in (ending for item in items for ending in _endings(whose, item)):
            for record in list(ending.records):
                ending.end(record)


def _told(whose: Whose, item: str) -> Iterator[str]:
    return filter(None, (ending.sentence() for ending in _endings(whose, item)))


def _endings(whose: Whose, item: str) -> Iterator[Ending]:
    _discover()
    for part in _parts[current_place(), item]:
        yield from part(whose)


@cache
def _discover() -> None:
    """Import what every folder says, once."""
    autodiscover_modules("taken_back")
