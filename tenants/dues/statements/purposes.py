"""What money is paid for, as the words beside it say."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tenants.dues.statements.vocabulary import longest_first

# A 会费 that belongs to a meeting, a fair or a feast is no dues: 展会费, 茶话会费, 运动会费.
_DUES = re.compile(r"(?<![参展晚聚宴话谈讨流动乐介览洽训开峰酒大货约讲庆])会费(?!用)")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:费用?|款|(?<![五合黄冶基奖])金)$")
MARK = "|"


class Purpose(StrEnum):
    DUES = "dues"
    MIXED = "mixed"  # dues and something else
    OTHER = "other"
    UNKNOWN = "unknown"  # some fee that no list knows
    HINTED = "hinted"  # paid like dues, the word is missing
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Purposes:
    """The purpose, the word of another purpose, and the text without the words that say it."""

    purpose: Purpose
    word: str
    rest: str


def read_purpose(text: str) -> Purposes:
    """`text` is folded and holds no years, codes and names of members."""
    found, text = _taken(_any_of("dues", "other"), text)
    more, text = _taken(_DUES, text)
    dues = longest_first("purposes", "dues")
    word = next((each for each in found if each not in dues), "")
    if more or any(each in dues for each in found):
        return Purposes(Purpose.MIXED if word else Purpose.DUES, word, text)
    if word:
        return Purposes(Purpose.OTHER, word, text)
    is_hinted = any(hint in text for hint in longest_first("purposes", "hints"))
    return Purposes(Purpose.HINTED if is_hinted else Purpose.SILENT, "", text)


def unknown_fee(token: str) -> str:
    """A word that can only be some fee: 场务费, 认捐金."""
    match = _UNKNOWN.search(token)
    return match[0] if match else ""


def says(text: str, topic: str) -> bool:
    return bool(_any_of(topic).search(text))


def without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(MARK, text)


def without_words(topic: str, text: str) -> str:
    return _any_of(topic).sub(MARK, text)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    found = [match[0] for match in pattern.finditer(text)]
    return found, pattern.sub(MARK, text) if found else text


@cache
def _any_of(*topics: str) -> re.Pattern[str]:
    """Of words that overlap, the longer one is meant: 参会费 is not 会费."""
    words = (word for topic in topics for word in longest_first("purposes", topic))
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
