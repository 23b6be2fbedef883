"""Words that records use, read from .toml files and looked up in the form in which all texts are compared."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from huiguan.spreadsheets.characters import fold


class Vocabulary:
    """The .toml files of one folder, each a topic; what was looked up once is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._load = cache(self._read)
        self.words = cache(self._words)
        self.longest_first = cache(self._longest_first)
        self.terms = cache(self._terms)
        self.parts = cache(self._parts)
        self.choices = cache(self._choices)

    def _read(self, topic: str) -> dict[str, Any]:
        return tomllib.loads((self._folder / f"{topic}.toml").read_text(encoding="utf-8"))

    def _words(self, topic: str, name: str) -> frozenset[str]:
        """A set of folded words, for example `words("names", "void_words")`."""
        return frozenset(fold(word) for word in self._load(topic)[name])

    def _longest_first(self, topic: str, *path: str) -> tuple[str, ...]:
        """A list of folded words in which a longer one comes before a shorter one it contains."""
        found: Any = self._load(topic)
        for step in path:
            found = found[step]
        if isinstance(found, str):
            found = found.split()
        return tuple(sorted({fold(word) for word in found}, key=len, reverse=True))

    def _terms(self, topic: str, name: str) -> dict[str, str]:
        """From each folded way of writing to its standard term."""
        found: dict[str, str] = {}
        for term, ways in self._load(topic)[name].items():
            found |= {fold(way): term for way in [*(ways["words"] if isinstance(ways, dict) else ways)]}
        return found

    def _parts(self, topic: str, name: str) -> tuple[tuple[str, str], ...]:
        """Pairs of a part of a word and the standard term it speaks for."""
        return tuple((fold(part), term) for term, ways in self._load(topic)[name].items() for part in ways["parts"])

    def _choices(self, topic: str, name: str) -> dict[str, tuple[str, ...]]:
        """Words that have several meanings, with those meanings."""
        return {fold(word): tuple(meanings) for word, meanings in self._load(topic)[name].items()}
