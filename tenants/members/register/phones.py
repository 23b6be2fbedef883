"""Telephone numbers of registers: mobiles as 11 digits, landlines as 029-12345678, others with their country code."""

import re

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean
from huiguan.spreadsheets.grids import Value, shown
from huiguan.spreadsheets.problems import Doubt

_GAP = r"[\s\-.·_—–]{0,3}"
_CHINA = re.compile(r"(?<!\d)(?:\(?\+\s?86\)?|0086|\(86\)|86(?=[\s-]?1[3-9]\d{9}(?!\d)))[\s\-]*")
_NUMBERS = re.compile(
    rf"(?P<mobile>(?<![\d+])1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d))"
    r"|(?P<grouped>(?<![\d+])1[3-9](?:[\s\-]?\d){9}(?!\d))"
    r"|(?P<taiwan>(?<![\d+])09\d{2}[\s\-]?\d{3}[\s\-]?\d{3}(?!\d))"
    rf"|(?P<landline>(?<![\d+])\(?(?P<area>010|02\d|0[3-9]\d{{2}}|0[2-8](?=[)\s\-]))\)?{_GAP}(?P<local>\d{{3,4}}[\s\-]?\d{{4}})(?!\d)"
    r"(?:\s?(?:转|轉|ext\.?|#|x|-)\s?(?P<extension>\d{1,6}))?)"
    r"|(?P<service>(?<!\d)[48]00[\s\-]?\d{3,4}[\s\-]?\d{3,4}(?!\d))"
    r"|(?P<abroad>\+\s?(?!86)\d{1,3}[\s\-]?\d(?:[\s\-]?\d){5,12}(?!\d))"
    r"|(?P<short>(?<![\d.+)\-])[2-9]\d{6,7}(?!\d))"
    r"|(?P<local_grouped>(?<![\d.+)\-])[2-9]\d{3}[\s\-]\d{4}(?!\d))",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LOST = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+|1\d{2,3}0{7,8}(?!\d)")


def read_phones(value: Value) -> tuple[list[str], Doubt | None]:
    """The numbers of a cell in their order. What remains and could have been a number is a doubt."""
    text = _text(value)
    if not _DIGIT.search(text):
        return [], _doubt([], text)
    if _LOST.fullmatch(text.strip()):
        return [], Doubt("phone_lost_digits")
    text = _CHINA.sub(" ", text)
    found = [_number(match) for match in _NUMBERS.finditer(text)]
    rest = _NUMBERS.sub(" ", text)
    return list(dict.fromkeys(found)), _doubt(found, rest)


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = clean(shown(value)).replace("\n", " / ")
    return re.sub(r"^(\d{11})\.0+$", r"\1", text)


def _number(match: re.Match[str]) -> str:
    if match["landline"]:
        local = re.sub(r"\D", "", match["local"])
        extension = f"-{match['extension']}" if match["extension"] else ""
        return f"{match['area']}-{local}{extension}"
    digits = re.sub(r"\D", "", match[0])
    return f"+{digits}" if match["abroad"] else digits


def _doubt(found: list[str], rest: str) -> Doubt | None:
    if _LOST.search(rest):
        return Doubt("phone_lost_digits")
    if re.search(r"\d[\d\s\-*?xX]{4,}", rest):
        return Doubt("phone_unreadable")
    if found:
        return Doubt("phone_without_area") if any(len(number) < 9 for number in found) else None
    word = re.sub(r"\s+", "", rest).lower()
    return Doubt("phone_not_a_number") if not says_nothing(word) else None
