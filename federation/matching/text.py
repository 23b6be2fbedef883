"""Chinese text as terms: what is counted when a need is compared with an offer (federation.md A.3)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

Terms = dict[str, int]

DATA = Path(__file__).parent / "data"
HAN = re.compile(r"[\u4e00-\u9fff]+")
RUNS = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+")
BETWEEN_RUNS = re.compile(r"[^\u4e00-\u9fffa-z0-9]+")
STOP_CHARACTERS = frozenset(
    "的了和与及或在是有为等个之把被从向对就都也还很吗呢吧啊上下中里能可要想请找我你他们这那会员商企业"
)
STOP_WORDS = frozenset((DATA / "stop_words.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Analysed:
    """One text, counted in two ways; a search compares each way with itself and takes the mean."""

    words: Terms
    characters: Terms


def normalise(text: str) -> str:
    """One spelling: full-width and half-width, upper and lower case, Traditional and Simplified are the same."""
    return _simplify(unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=1024)
def to_traditional(text: str) -> str:
    """For names that are kept in Simplified characters only."""
    return str(_converter("s2t").convert(text))


@lru_cache(maxsize=512)
def analyse(title: str, text: str) -> Analysed:
    """Count the terms of a profile; what stands in the title counts twice."""
    counted = [normalise(title), normalise(title), normalise(text)]
    return Analysed(words=_count(words, counted), characters=_count(characters, counted))


def shared(one: Analysed, other: Analysed) -> tuple[str, ...]:
    """The terms that stand in both."""
    return tuple(sorted(one.words.keys() & other.words) + sorted(one.characters.keys() & other.characters))


def words(normalised: str) -> Iterator[str]:
    """jieba's search tokens, each replaced by its group of synonyms, without stop words."""
    groups = synonyms()
    for token in _cut()(BETWEEN_RUNS.sub(" ", normalised)):
        if token not in STOP_WORDS and RUNS.match(token):
            yield from groups.get(token, (token,))


def characters(normalised: str) -> Iterator[str]:
    """Single characters, pairs of neighbours, and whole runs of Latin letters or digits."""
    for run in RUNS.findall(normalised):
        if not HAN.match(run):
            yield run
            continue
        yield from (character for character in run if character not in STOP_CHARACTERS)
        yield from (pair for pair in map("".join, pairwise(run)) if pair not in STOP_WORDS)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each known word with the groups it stands in; a group is written #name."""
    groups: dict[str, tuple[str, ...]] = {}
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *members = line.split()
            for member in dict.fromkeys(members):
                groups[member] = (*groups.get(member, ()), f"#{name}")
    return groups


def _count(cut: Callable[[str], Iterator[str]], texts: Sequence[str]) -> Terms:
    return dict(Counter(term for text in texts for term in cut(text)))


@lru_cache(maxsize=4096)
def _simplify(text: str) -> str:
    return str(_converter("t2s").convert(text))


@cache
def _converter(direction: str) -> "OpenCC":
    from opencc import OpenCC  # imported late, as the dictionary below

    return OpenCC(direction)


@cache
def _cut() -> Callable[[str], list[str]]:
    """The dictionary with the words of the trade; loaded with the first text (40 MB), for many processes read none."""
    import rjieba

    for word in synonyms():
        rjieba.add_word(word, None, None)
    return rjieba.cut_for_search
