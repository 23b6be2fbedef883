"""Which words stand above a column, and which field they mean."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from huiguan.spreadsheets.characters import fold

CERTAIN, LIKELY, GUESSED = 1.0, 0.8, 0.5
SERIAL = "serial"
LONGEST_WORD = 12
LONGEST_HEADING = 30
YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年度|年)?|(?<!\d)([12]\d)年度?")

_BRACKETED = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_PUNCTUATION = re.compile(r"[*#:：.。_\-、/\\·,|★☆※+&]")
_NUMBERED = re.compile(r"(?<=\D)[1-9①②③一二三]$")


@dataclass(frozen=True, slots=True)
class Headings:
    """How the rows of headings are told from data in one kind of table.

    `leading` fields make headings of a row in which most words are unknown, `lone` ones of a row that names one field.
    """

    field_of: Callable[[tuple[str, ...]], str]  # the lines of a heading, the lowest last; empty if nobody knows
    is_heading: Callable[[str], bool]
    is_known_word: Callable[[str], bool]
    is_data: Callable[[str], bool]
    leading: frozenset[str]
    lone: frozenset[str]


class Lexicon:
    """The words of headings with the fields they mean; `fields` is folded.

    A heading that equals a word is certain; one that ends with a word or contains one of three characters is likely,
    unless a foreign word in it says that the column holds something else. `modifiers` say nothing and are left out.
    """

    def __init__(
        self, fields: Mapping[str, str], *, modifiers: Iterable[str] = (), foreign: Iterable[str] = ()
    ) -> None:
        self._fields, self._modifiers, self._foreign = dict(fields), tuple(modifiers), tuple(foreign)
        self._by_length = tuple(sorted(fields.items(), key=lambda item: -len(item[0])))
        self.word = lru_cache(maxsize=2000)(self._word)

    def find(self, parts: tuple[str, ...]) -> tuple[str, float]:
        """Looks the whole heading up first, then its lines from the lowest."""
        readings = [self.word(reading) for reading in dict.fromkeys(["".join(parts), *reversed(parts)])]
        if field := _first(self._exact, readings):
            return field, CERTAIN
        if self._is_foreign(fold(parts[-1] if parts else "")):
            return "", 0.0
        field = _first(self._ending, readings) or _first(self._containing, readings)
        return field, LIKELY if field else 0.0

    def is_known_word(self, text: str) -> bool:
        """Whether a cell is exactly a word of the vocabulary: quick, for rows far below the headings."""
        return len(text) <= LONGEST_WORD and bool(self._exact(self.word(text)))

    def _word(self, heading: str) -> str:
        """A heading without year, unit, brackets and punctuation."""
        text = _PUNCTUATION.sub("", _BRACKETED.sub("", YEAR.sub("", fold(heading))))
        for modifier in self._modifiers:
            text = text.replace(modifier, "")
        return _NUMBERED.sub("", text) or text

    def _exact(self, text: str) -> str:
        return self._fields.get(text, "")

    def _ending(self, text: str) -> str:
        return next((field for word, field in self._by_length if len(word) > 1 and text.endswith(word)), "")

    def _containing(self, text: str) -> str:
        return next((field for word, field in self._by_length if len(word) > 2 and word in text), "")

    def _is_foreign(self, text: str) -> bool:
        return any(part in text for part in self._foreign)


def _first(look_up: Callable[[str], str], words: list[str]) -> str:
    return next((field for word in words if (field := look_up(word))), "")
