"""Which years a remark names: 2025年会费, 24、25年, 2023-2025年, 去年, 两年."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BEFORE, AFTER = 6, 6  # years around that of the booking which can be meant
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WRITTEN = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)|二[〇零][一二三四五六七八九〇零]{2}")
_NUMBER = r"(?:20\d\d|\d\d)"
_TO = r"[-~—–至到]"
_AND = r"[、,/及和与+&.]"
_RANGE = re.compile(rf"(?<!\d)(?P<first>{_NUMBER})年?度?{_TO}(?P<last>{_NUMBER})(?:年度?|(?=会费|[两二三]年))")
_LIST = re.compile(rf"(?<![\d.])(?P<years>{_NUMBER}(?:年?度?{_AND}{_NUMBER})+)(?:年度?|(?=会费|[两二三]年|[)）]))")
_SINGLE = re.compile(
    r"(?<![\d.])(?P<long>20\d\d)(?![\d.]\d)(?![元块万])(?:年度?)?|(?<![\d.第])(?P<short>\d\d)年度?(?!前|后|以)"
)
_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)(?:年|[-./])?(?:0[1-9]|1[0-2])(?:月|(?:[-./]?(?:[0-2]\d|3[01]))?)(?!\d)")
_WORDS = (
    (re.compile("前年"), -2),
    (re.compile("去年|上一?年"), -1),
    (re.compile("今年|本年|当年"), 0),
    (re.compile("明年|来年|次年|下一年|(?<![余剩])下年(?!底)"), 1),
)
_SEVERAL = re.compile(r"(?P<count>[两二三23])(?:个)?年(?!度)")
_COUNTS = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3}


@dataclass(frozen=True, slots=True)
class Years:
    """`named` in ascending order; `count` where only their number is said; `rest` is the text without them."""

    named: tuple[int, ...] = ()
    count: int = 0
    rest: str = ""


def read_years(text: str, booked: int) -> Years:
    """`text` is folded; `booked` is the year of the line."""
    text = _WRITTEN.sub(lambda match: match[0].translate(_NUMERALS), text)
    found: set[int] = set()
    for pattern, read in ((_RANGE, _range), (_LIST, _listed), (_MONTH, _month), (_SINGLE, _single)):
        for match in list(pattern.finditer(text)):
            years = [year for year in read(match, booked) if booked - BEFORE <= year <= booked + AFTER]
            if years:
                found |= set(years)
                text = text.replace(match[0], "|", 1)
    for words, distance in _WORDS:
        if words.search(text):
            found.add(booked + distance)
            text = words.sub("|", text)
    several = _SEVERAL.search(text)
    return Years(tuple(sorted(found)), _COUNTS[several["count"]] if several else 0, text)


def _range(match: re.Match[str], booked: int) -> Iterator[int]:
    first, last = _whole(match["first"]), _whole(match["last"])
    if first < last <= first + BEFORE:
        yield from range(first, last + 1)


def _listed(match: re.Match[str], booked: int) -> Iterator[int]:
    yield from (_whole(number) for number in re.findall(_NUMBER, match["years"]))


def _month(match: re.Match[str], booked: int) -> Iterator[int]:
    yield int(match["year"])


def _single(match: re.Match[str], booked: int) -> Iterator[int]:
    yield _whole(match["long"] or match["short"])


def _whole(number: str) -> int:
    return int(number) if len(number) == 4 else 2000 + int(number)
