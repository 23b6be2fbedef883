"""Sectors of the economy, from 软件和信息技术, IT or 互联网 to the standard term 信息技术."""

import re
from functools import lru_cache

from huiguan.names.vocabulary import parts, terms
from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.problems import Doubt

_BETWEEN = re.compile(r"[,、;/+&|\n和及与]+")
_ENDINGS = re.compile(r"(?:行业|产业|领域|业|类|服务业)$")


@lru_cache(maxsize=5000)
def read_industry(text: str) -> tuple[str | None, Doubt | None]:
    """The main sector of a cell: of several, the first that is named."""
    word = fold(text)
    if says_nothing(word):
        return None, None
    if whole := _known(word):
        return whole, None
    pieces = [piece for piece in _BETWEEN.split(fold(_BETWEEN.sub("、", clean(text)))) if piece]
    found = list(dict.fromkeys(term for term in map(_known, pieces) if term))
    if found and _known(pieces[0]):
        return found[0], Doubt("industry_several", tuple(found)) if len(found) > 1 else None
    return _by_parts(word, found)


def _known(word: str) -> str | None:
    known = terms("industries", "industries")
    return known.get(word) or known.get(_ENDINGS.sub("", word))


def _by_parts(word: str, found: list[str]) -> tuple[str | None, Doubt | None]:
    spoken_for = dict.fromkeys([*found, *(term for part, term in parts("industries", "industries") if part in word)])
    if len(spoken_for) == 1:
        return next(iter(spoken_for)), None
    return None, Doubt("industry_unclear" if spoken_for else "industry_unknown", tuple(spoken_for))
