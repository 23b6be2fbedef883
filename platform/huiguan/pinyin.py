"""How Chinese is spelled in letters, for search, order and addresses. The dictionary is large: loaded when needed."""

from functools import lru_cache


def full(text: str) -> str:
    """常德 → changde."""
    return "".join(_syllables(text))


def initials(text: str) -> str:
    """常德 → cd."""
    return "".join(syllable[:1] for syllable in _syllables(text))


@lru_cache(maxsize=4096)
def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(syllable.lower() for syllable in lazy_pinyin(text))
