"""The categories of what chambers exchange, and how near two of them are (data/taxonomy.toml)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language

from federation.matching.text import DATA, to_traditional

SAME, SAME_FAMILY, UNKNOWN, UNRELATED = 1.0, 0.25, 0.5, 0.05


@dataclass(frozen=True, slots=True)
class Category:
    """One category, L1.L2. `covers_window`: an offer of it must be free during the whole window asked for."""

    code: str
    zh_hans: str
    en: str
    unit: str
    covers_window: bool
    words: str

    @property
    def family(self) -> str:
        return family(self.code)

    @property
    def zh_hant(self) -> str:
        return to_traditional(self.zh_hans)


def family(code: str) -> str:
    """The first part of a code: VEN of VEN.HALL."""
    return code.partition(".")[0]


@cache
def needs_whole_window(code: str) -> bool:
    """Whether an offer of this category must be free during the whole window (venues, equipment)."""
    return bool(_document().get(family(code), {}).get("window") == "cover")


@cache
def categories() -> dict[str, Category]:
    """All categories by their code, in the order of the file."""
    return {category.code: category for first, entry in _families() for category in _read(first, entry)}


@cache
def families() -> dict[str, tuple[str, str]]:
    """The first level: code, with its name in Chinese and in English."""
    return {first: (entry["zh"], entry["en"]) for first, entry in _families()}


def family_label(code: str) -> str:
    """The first level in the person's language."""
    zh_hans, en = families()[code]
    return in_language(zh_hans, en)


def in_language(zh_hans: str, en: str) -> str:
    """The name in the language of the page."""
    language = get_language() or "zh-hans"
    if language.startswith("en"):
        return en
    return to_traditional(zh_hans) if language.startswith("zh-hant") else zh_hans


@cache
def nearness(one: str, other: str) -> float:
    """How near two categories are, from .05 (nothing in common) to 1 (the same)."""
    if one == other:
        return SAME
    curated = _relations().get(frozenset((one, other)))
    if curated is not None:
        return curated
    return SAME_FAMILY if family(one) == family(other) else UNRELATED


@cache
def related_to(offered: str) -> tuple[tuple[str, float], ...]:
    """The categories that have something in common with this one, itself among them, and how near each is."""
    every = ((code, nearness(code, offered)) for code in categories())
    return tuple((code, near) for code, near in every if near != UNRELATED)


def _read(first: str, entry: dict[str, Any]) -> Iterator[Category]:
    for second, fields in entry.items():
        if isinstance(fields, dict):
            yield Category(
                code=f"{first}.{second}",
                zh_hans=fields["zh"],
                en=fields["en"],
                unit=fields["unit"],
                covers_window=entry.get("window") == "cover",
                words=f"{fields['words']} {_document()['asked'][f'{first}.{second}']}",
            )


def _families() -> Iterator[tuple[str, dict[str, Any]]]:
    return ((first, entry) for first, entry in _document().items() if first not in ("related", "asked"))


@cache
def _relations() -> dict[frozenset[str], float]:
    related: dict[str, dict[str, float]] = _document()["related"]
    return {frozenset((one, other)): strength for one, others in related.items() for other, strength in others.items()}


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((DATA / "taxonomy.toml").read_text(encoding="utf-8"))
