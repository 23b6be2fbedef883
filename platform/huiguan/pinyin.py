"""How Chinese is spelled in letters, for search, order and addresses. The dictionary is large: loaded when needed."""

from functools import cache, lru_cache
from typing import Any


def full(text: str) -> str:
    """常德 → changde."""
    return "".join(_syllables(text))


def initials(text: str) -> str:
    """常德 → cd."""
    return "".join(syllable[:1] for syllable in _syllables(text))


def on_maps(text: str) -> str:
    """常德 → Changde, 西安 → Xi'an."""
    first, *further = _syllables(text)
    return (first + "".join(f"'{each}" if each[0] in "aeo" else each for each in further)).capitalize()


@lru_cache(maxsize=4096)
def _syllables(text: str) -> tuple[str, ...]:
    return tuple(syllable.lower() for syllable in _speller().lazy_pinyin(text))


@cache
def _speller() -> Any:
    """Names differ, the words in them hardly: each word is spelled once."""
    from pypinyin.converter import DefaultConverter
    from pypinyin.core import Pinyin

    class Remembering(DefaultConverter):
        convert = lru_cache(maxsize=20_000)(DefaultConverter.convert)

    return Pinyin(Remembering())
