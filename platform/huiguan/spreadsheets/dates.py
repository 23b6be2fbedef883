"""Dates as people write them. Read as precisely as the cell says and no further: YYYY, YYYY-MM or YYYY-MM-DD."""

import math
import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, simplified, without_spaces
from huiguan.spreadsheets.grids import PartialDate, Value
from huiguan.spreadsheets.problems import Doubt

EARLIEST = 1949
MINGUO = 1911  # 民国 years count from here
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = {c: i for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○两") for i, c in enumerate(row)} | {
    "两": 2
}
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?P<year>\d{4})"
_TIME = r"(?:[T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_EXACT = tuple(
    re.compile(pattern + "$")
    for pattern in (
        rf"{_YEAR}[-/.年·]{_MONTH}[-/.月·]{_DAY}[日号]?{_TIME}",
        rf"{_YEAR}[-/年·]{_MONTH}月?份?",
        rf"{_YEAR}\.(?P<month>1[0-2]|0[1-9]|[2-9])月?",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>3[01]|[12]\d|0[1-9])",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])",
        rf"{_YEAR}年?[度份]?",
        rf"['‘’`](?P<short>\d\d)[-/.年]{_MONTH}月?(?:[-/.]?{_DAY}[日号]?)?",
        rf"(?P<short>\d\d)年{_MONTH}月?(?:{_DAY}[日号]?)?",
        rf"民国(?P<minguo>\d{{2,3}})年(?:{_MONTH}月(?:{_DAY}日)?)?",
        rf"(?P<name>[a-z]{{3}})[a-z]*[-/.]?(?:{_DAY},)?['‘’]?(?P<short>\d\d)",
        rf"(?P<name>[a-z]{{3}})[a-z]*[-/.,]?(?:{_DAY}(?:st|nd|rd|th)?,)?{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?[-/.]?(?P<name>[a-z]{{3}})[a-z]*[-/.,]?{_YEAR}",
    )
)
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_JANUARY_OR_OCTOBER = re.compile(r"(\d{4})\.1$")
_MINGUO_BARE = re.compile(r"(1[01]\d)[-/.](\d{1,2})[-/.](\d{1,2})$")
_SHORT = re.compile(r"(\d{2})[-/.](\d{1,2})$")
_WITHIN = re.compile(r"(\d{4})年(?:初|底|末|上半年|下半年|春季?|夏季?|秋季?|冬季?|[第一二三四1-4]+季度|前后半年)$")
_VAGUE = re.compile(r"约|左右|前后|以前|之前|以来|\?|可能|大概|至今|[-~—至到]\D*\d{4}")
_IGNORED = re.compile(r"^(?:入会|加入|于|自)+|(?:入会|加入|批准|通过|吸收|起|重新入会)+$")


def read_date(value: Value, *, today: date, keeps_zeros: bool = True) -> tuple[str | None, Doubt | None]:
    """`keeps_zeros` is False where 2018.10 would stand as 2018.1: in a number, and in text saved from numbers."""
    if isinstance(value, datetime | date):
        return _within_reach(value.isoformat()[:10], today)
    if isinstance(value, PartialDate):
        return _within_reach(value.text, today)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _read_number(value, today)
    return _read_text(str(value or ""), today, keeps_zeros)


def _read_number(number: float, today: date) -> tuple[str | None, Doubt | None]:
    if not math.isfinite(number):
        return None, Doubt("date_unreadable")
    if number == int(number):
        return _read_text(str(int(number)), today, keeps_zeros=True)
    if 20_000 < number < 80_000:
        return _read_serial(number, today)
    return _read_text(f"{number:.10g}", today, keeps_zeros=False)


@lru_cache(maxsize=2_000)
def _read_text(text: str, today: date, keeps_zeros: bool) -> tuple[str | None, Doubt | None]:
    text = _IGNORED.sub("", without_spaces(simplified(clean(text).replace(" ", "")).lower()))
    if says_nothing(text):
        return None, None
    text = _with_arabic_numerals(text)
    if re.fullmatch(r"[2-7]\d{4}(\.\d+)?", text):
        return _read_serial(float(text), today)
    if match := _JANUARY_OR_OCTOBER.match(text):
        return _january(match[1], today, keeps_zeros)
    for pattern in _EXACT:
        if match := pattern.match(text):
            return _read_match(match, today)
    return _read_doubtful(text, today)


def _january(year: str, today: date, keeps_zeros: bool) -> tuple[str | None, Doubt | None]:
    if keeps_zeros:
        return _within_reach(f"{year}-01", today)
    found, doubt = _within_reach(year, today)
    return found, doubt or Doubt("date_january_or_october", (f"{year}-01", f"{year}-10"))


def _read_match(match: re.Match[str], today: date) -> tuple[str | None, Doubt | None]:
    found = match.groupdict()
    year = _year(found, today)
    month = _MONTHS.index(found["name"]) + 1 if found.get("name") in _MONTHS else int(found.get("month") or 0)
    if year is None or (found.get("name") and not month):
        return None, Doubt("date_unreadable")
    pieces = [f"{year:04}"] + [f"{number:02}" for number in (month, int(found.get("day") or 0)) if number]
    return _within_reach("-".join(pieces), today)


def _year(found: dict[str, str | None], today: date) -> int | None:
    if short := found.get("short"):
        return next((c + int(short) for c in (2000, 1900) if c + int(short) <= today.year), None)
    if minguo := found.get("minguo"):
        return MINGUO + int(minguo)
    return int(found["year"] or 0)


def _read_doubtful(text: str, today: date) -> tuple[str | None, Doubt | None]:
    if match := _WITHIN.match(text):
        found, doubt = _within_reach(match[1], today)
        return found, doubt or Doubt("date_only_year")
    if match := _DAY_OR_MONTH.match(text):
        return _day_and_month(int(match[1]), int(match[2]), match[3], today)
    if match := _MINGUO_BARE.match(text):
        year, month, day = (int(number) for number in match.groups())
        return None, Doubt("date_ambiguous", (f"{MINGUO + year}-{month:02}-{day:02}",))
    if match := _SHORT.match(text):
        return None, Doubt("date_ambiguous", tuple(_short_readings(int(match[1]), int(match[2]), today)))
    years = tuple(dict.fromkeys(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)))
    if len(years) > 1 or (years and _VAGUE.search(text)):
        return None, Doubt("date_ambiguous", years)
    return None, Doubt("date_impossible" if re.match(r"\d{4}[-/.年]\d", text) else "date_unreadable")


def _day_and_month(first: int, second: int, year: str, today: date) -> tuple[str | None, Doubt | None]:
    readings = [f"{year}-{m:02}-{d:02}" for m, d in ((second, first), (first, second)) if m <= 12]
    if len(set(readings)) == 1:
        return _within_reach(readings[0], today)
    found, doubt = _within_reach(year, today)
    return found, doubt or Doubt("date_ambiguous", tuple(readings))


def _short_readings(first: int, second: int, today: date) -> list[str]:
    return [f"20{first:02}-{second:02}"] if 1 <= second <= 12 and 2000 + first <= today.year else []


def _read_serial(number: float, today: date) -> tuple[str | None, Doubt | None]:
    return _within_reach((date(1899, 12, 30) + timedelta(days=int(number))).isoformat(), today)


def _within_reach(text: str, today: date) -> tuple[str | None, Doubt | None]:
    """A date that exists, not before EARLIEST and not in the future."""
    pieces = [int(piece) for piece in text.split("-")]
    try:
        start = date(*[*pieces, 1, 1][:3])
    except ValueError:
        return None, Doubt("date_impossible")
    if start > today:
        return None, Doubt("date_future")
    return (text, None) if start.year >= EARLIEST else (None, Doubt("date_out_of_range"))


def _with_arabic_numerals(text: str) -> str:
    if text.isascii():
        return text
    text = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年|$)", lambda m: "".join(str(_DIGITS[c]) for c in m[0]), text)
    below_hundred = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
    for unit in ("月", "日|号", "年"):
        text = re.sub(rf"({below_hundred})(?={unit})", lambda m: str(_small_number(m[0])), text)
    return text


def _small_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
