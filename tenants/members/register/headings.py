"""Which words stand above a column, and which field they mean."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from tenants.members.register.characters import fold
from tenants.members.register.vocabulary import longest_first, terms, words

CERTAIN, LIKELY, GUESSED = 1.0, 0.8, 0.5
SERIAL, PAID = "serial", "paid"
LONGEST_WORD = 12

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年度|年)?|(?<!\d)([12]\d)年度?")
_BRACKETED = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_PUNCTUATION = re.compile(r"[*#:：.。_\-、/\\·,|★☆※+&]")
_TEN_THOUSAND = re.compile(r"万")
_YUAN = re.compile(r"(?<!万)元")
_NUMBERED = re.compile(r"(?<=\D)[1-9①②③一二三]$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: a field with the year of a payment and the unit of an amount, if it names them."""

    field: str = ""
    confidence: float = 0.0
    year: int | None = None
    unit: Decimal | None = None


def meaning(parts: tuple[str, ...]) -> Meaning:
    """The meaning of a heading of one or several lines, the lowest line last."""
    whole = "".join(parts)
    field, confidence = _field(parts)
    year = _year(whole)
    if year and field == "dues" and not re.search("标准|应", fold(whole)):
        field, confidence = PAID, min(confidence, LIKELY)
    return Meaning(field, confidence, year if field in (PAID, "dues") else None, _unit(whole))


@lru_cache(maxsize=2000)
def is_heading(text: str) -> bool:
    """Whether a cell alone reads like a heading."""
    return len(text) <= 30 and (_field((text,))[1] >= LIKELY or bool(_YEAR.fullmatch(fold(text))))


def is_known_word(text: str) -> bool:
    """Whether a cell is exactly a word of the vocabulary: quick, for rows far below the headings."""
    return len(text) <= LONGEST_WORD and bool(_exact(word(text)))


def _field(parts: tuple[str, ...]) -> tuple[str, float]:
    """Looks the whole heading up first, then its lines from the lowest."""
    readings = list(dict.fromkeys(["".join(parts), *reversed(parts)]))
    for look_up in (_exact, _ending, _containing):
        if look_up is not _exact and _is_foreign(fold(parts[-1] if parts else "")):
            return "", 0.0
        for reading in readings:
            if field := look_up(word(reading)):
                return field, CERTAIN if look_up is _exact else LIKELY
    has_year = bool(parts) and _YEAR.fullmatch(fold(parts[-1]))
    return (PAID, GUESSED) if has_year else ("", 0.0)


@lru_cache(maxsize=2000)
def word(heading: str) -> str:
    """A heading without year, unit, brackets and punctuation."""
    text = _PUNCTUATION.sub("", _BRACKETED.sub("", _YEAR.sub("", fold(heading))))
    for modifier in words("headings", "modifiers_strip"):
        text = text.replace(modifier, "")
    return _NUMBERED.sub("", text) or text


def _exact(text: str) -> str:
    return terms("headings", "fields").get(text, "")


def _ending(text: str) -> str:
    return next((field for ending, field in _by_length() if len(ending) > 1 and text.endswith(ending)), "")


def _containing(text: str) -> str:
    return next((field for part, field in _by_length() if len(part) > 2 and part in text), "")


@cache
def _by_length() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(terms("headings", "fields").items(), key=lambda item: -len(item[0])))


def _is_foreign(text: str) -> bool:
    return any(part in text for part in longest_first("headings", "foreign", "words"))


def _year(heading: str) -> int | None:
    match = _YEAR.search(fold(heading))
    return int(match[1] or f"20{match[2]}") if match else None


def _unit(heading: str) -> Decimal | None:
    text = fold(heading)
    if _TEN_THOUSAND.search(text):
        return Decimal(10_000)
    return Decimal(1) if _YUAN.search(text) else None
