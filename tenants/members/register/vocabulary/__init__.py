"""The words registers use, read from the files beside this one: headings, positions, sectors, names, people, places."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from opencc import OpenCC

from tenants.members.register.characters import fold

FOLDER = Path(__file__).parent


@cache
def words(topic: str, name: str) -> frozenset[str]:
    """A set of folded words, for example `words("names", "blank_words")`."""
    return frozenset(fold(word) for word in _load(topic)[name])


@cache
def longest_first(topic: str, *path: str) -> tuple[str, ...]:
    """A list of folded words in which a longer one comes before a shorter one it contains."""
    found: Any = _load(topic)
    for step in path:
        found = found[step]
    if isinstance(found, str):
        found = found.split()
    return tuple(sorted({fold(word) for word in found}, key=len, reverse=True))


@cache
def terms(topic: str, name: str) -> dict[str, str]:
    """From each folded way of writing to its standard term."""
    found: dict[str, str] = {}
    for term, ways in _load(topic)[name].items():
        found |= {fold(way): term for way in [*(ways["words"] if isinstance(ways, dict) else ways)]}
    return found


@cache
def parts(topic: str, name: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a part of a word and the standard term it speaks for."""
    return tuple((fold(part), term) for term, ways in _load(topic)[name].items() for part in ways["parts"])


@cache
def choices(topic: str, name: str) -> dict[str, tuple[str, ...]]:
    """Words that have several meanings, with those meanings."""
    return {fold(word): tuple(meanings) for word, meanings in _load(topic)[name].items()}


@cache
def common_characters() -> frozenset[str]:
    """The characters of all vocabularies in both scripts: a text decoded wrongly has few of them."""
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml"))
    both = text + "".join(character for character in OpenCC("s2t").convert(text))
    return frozenset(character for character in both if character > "\x7f")


@cache
def _load(topic: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{topic}.toml").read_text(encoding="utf-8"))
