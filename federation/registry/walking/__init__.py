"""A random walk of grants and withdrawals, with books of its own: what may be seen of a chamber, and what is seen.

A folder whose records leave under a consent says in its `walking.py` what can be done, and what the federation shows:

    walk(Walk("directory", [publish, withdraw], seen))

A step acts in the chamber as its secretary-general, and tells the world what it gave, took and sent. The world does not
ask the product what is allowed.
"""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.module_loading import autodiscover_modules

from federation.registry.models import Federation
from huiguan.tenancy.models import Chamber


@dataclass
class World:
    """One chamber in one federation. `words` are all that were ever made: `w000001` and so on."""

    chamber: Chamber
    other_id: uuid.UUID
    federation: Federation
    chance: random.Random
    live: dict[str, str] = field(default_factory=dict)  # each consent, and the one that it was given under
    sent: dict[str, frozenset[str]] = field(default_factory=dict)  # each word that may be seen, and what it needs
    suspects: dict[uuid.UUID, str] = field(default_factory=dict)  # messages that the federation must refuse, and why
    number: int = 0

    def give(self, consent: str, under: str = "") -> None:
        self.live[consent] = under

    def take(self, consent: str) -> None:
        """With all that was given under it. What needed it is dead for ever: giving it again brings nothing back."""
        self.live.pop(consent, None)
        for inner in [name for name, under in self.live.items() if under == consent]:
            self.take(inner)
        self.sent = {word: needs for word, needs in self.sent.items() if consent not in needs}

    def has(self, *consents: str) -> bool:
        return all(consent in self.live for consent in consents)

    def word(self) -> str:
        self.number += 1
        return f"w{self.chamber.pk.hex[:6]}{self.number:06d}"

    def send(self, word: str, *needs: str) -> None:
        """May be seen from now on, while all that it needs stands."""
        if self.has(*needs):
            self.sent[word] = frozenset(needs)


Step = Callable[[World], None]


@dataclass(frozen=True)
class Walk:
    """`seen`: every word of the chamber that the federation holds for showing or shows; asked in the federation."""

    name: str
    steps: Sequence[Step]
    seen: Callable[[World], set[str]]


_walks: dict[str, Walk] = {}


def walk(declared: Walk) -> None:
    if declared.name in _walks:
        raise ValueError(f"{declared.name} is walked twice")
    _walks[declared.name] = declared


def walks() -> list[Walk]:
    _discover()
    return [_walks[name] for name in sorted(_walks)]


@cache
def _discover() -> None:
    autodiscover_modules("walking")
