"""Positions in the chamber, from 付会长, 副 会 长, 理事(单位) or 副会长兼秘书长 to their standard terms."""

import re
from functools import lru_cache

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.problems import Doubt
from tenants.members.register.vocabulary import choices, longest_first, terms

_TERM = re.compile(
    r"第?[一二三四五六七八九十\d]+届(?:理事会|监事会)?|(?:19|20)\d\d年?(?:[-~—至](?:(?:19|20)\d\d年?|今))?"
)
_BRACKETS = re.compile(r"\((?:单位|企业|个人|兼|代|\d+|[^()]*(?:期|届|年)[^()]*)\)")
_BETWEEN = re.compile(r"[,、;/+&|\n]|兼任?|暨|和|及")


def read_positions(text: str) -> tuple[list[str], Doubt | None]:
    """The standard terms in the order of the cell. Of an unknown word nothing is guessed."""
    if says_nothing(fold(text)):
        return [], None
    found, doubt = _read_positions(text)
    return list(found), doubt


@lru_cache(maxsize=2000)
def _read_positions(text: str) -> tuple[tuple[str, ...], Doubt | None]:
    if whole := position(text):
        return (whole,), None
    spread = fold(_BETWEEN.sub("、", clean(text)))
    pieces = [piece for piece in (_bare(piece) for piece in spread.split("、")) if piece]
    found = tuple(dict.fromkeys(term for term in map(position, pieces) if term))
    unknown = [piece for piece in pieces if not position(piece)]
    if not unknown:
        return found, None
    options = choices("positions", "unclear").get(unknown[0], ())
    return found, Doubt("position_unclear" if options else "position_unknown", options)


@lru_cache(maxsize=2000)
def position(text: str) -> str | None:
    """The standard term of one position, if the word is known."""
    known, word = terms("positions", "positions"), _bare(fold(text))
    for candidate in _stripped(word):
        if candidate in known:
            return known[candidate]
    committee = re.fullmatch(
        r"(?!.*(?:会长|理事|秘书长|监事|兼))(?:.{2,12})?(专委会|专业委员会|委员会)(副?主任)(?:委员)?", word
    )
    return f"专委会{committee[2]}" if committee else None


def _bare(text: str) -> str:
    return _TERM.sub("", _BRACKETS.sub("", text)).strip("()[]【】:：.。*-—_")


def _stripped(word: str) -> list[str]:
    """The word, then without suffixes such as 单位 and prefixes such as 本会."""
    found = [word]
    for suffix in longest_first("positions", "drop", "suffixes"):
        found += [w.removesuffix(suffix) for w in list(found) if w.endswith(suffix)]
    for prefix in longest_first("positions", "drop", "prefixes"):
        found += [w.removeprefix(prefix) for w in list(found) if w.startswith(prefix)]
    return [w for w in found if w]
