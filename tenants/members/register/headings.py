"""Which words stand above a column of a register, and which field they mean."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from huiguan.names.organisations import is_full_company_name
from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.headings import GUESSED, LIKELY, LONGEST_HEADING, YEAR, Headings, Lexicon
from tenants.members.register.codes import looks_like_code
from tenants.members.register.vocabulary import longest_first, terms, words

PAID = "paid"

_TEN_THOUSAND = re.compile(r"万")
_YUAN = re.compile(r"(?<!万)元")


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
    return len(text) <= 30 and (_field((text,))[1] >= LIKELY or bool(YEAR.fullmatch(fold(text))))


@cache
def lexicon() -> Lexicon:
    return Lexicon(
        terms("headings", "fields"),
        modifiers=words("headings", "modifiers_strip"),
        foreign=longest_first("headings", "foreign", "words"),
    )


def _field(parts: tuple[str, ...]) -> tuple[str, float]:
    field, confidence = lexicon().find(parts)
    if field:
        return field, confidence
    return (PAID, GUESSED) if parts and YEAR.fullmatch(fold(parts[-1])) else ("", 0.0)


def _year(heading: str) -> int | None:
    match = YEAR.search(fold(heading))
    return int(match[1] or f"20{match[2]}") if match else None


def _unit(heading: str) -> Decimal | None:
    text = fold(heading)
    if _TEN_THOUSAND.search(text):
        return Decimal(10_000)
    return Decimal(1) if _YUAN.search(text) else None


def _is_data(text: str) -> bool:
    return (
        len(text) > LONGEST_HEADING
        or looks_like_code(text)
        or is_full_company_name(text)
        or sum(c.isdigit() for c in text) > 6
    )


HEADINGS = Headings(
    field_of=lambda parts: meaning(parts).field,
    is_heading=is_heading,
    is_known_word=lambda text: lexicon().is_known_word(text),
    is_data=_is_data,
    leading=frozenset({"name"}),
    lone=frozenset({"name", "contact"}),
)
