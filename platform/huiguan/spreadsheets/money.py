"""Amounts of money as people write them: 3000, 3,000元/年, ¥3000, 0.3万, 叁仟元整."""

import math
import re
from decimal import Decimal
from functools import lru_cache

from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, simplified, without_spaces
from huiguan.spreadsheets.grids import Value, shown
from huiguan.spreadsheets.problems import Doubt

MOST_DUES = Decimal(10_000_000)  # yuan in a year; more is a slip of the keyboard
MOST_YUAN = Decimal(10) ** 12  # that a chamber ever has in an account
MOST_CAPITAL = Decimal(10_000_000)  # ten thousand yuan (万元)
_UNITS = {
    "亿": Decimal(100_000_000),
    "千万": Decimal(10_000_000),
    "百万": Decimal(1_000_000),
    "万": Decimal(10_000),
    "千": Decimal(1000),
    "k": Decimal(1000),
    "w": Decimal(10_000),
}
_AMOUNT = re.compile(
    r"(?<![\d.])(-?)[¥$]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(亿|千万|百万|万|千|k(?![a-z])|w(?![a-z]))?"
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NUMERALS = {c: i for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for i, c in enumerate(row)} | {"两": 2}
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE = re.compile(
    r"[〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟]+万?[〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟]*(?=[元圆块])"
)
_MINUS = str.maketrans("−–—﹣", "----")
_SIGNED = re.compile(
    r"(?P<open>\()?(?P<sign>[+-]?)(?:¥|rmb|cny)?(?P<inner>[+-]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?(open)\))(?P<side>cr|dr|贷|借)?"
)
_FOREIGN = re.compile(r"美元|美金|港元|港币|港幣|欧元|台币|日元|新台币|usd|hk\$|nt\$|us\$|eur|£|€|\$")
_EACH_YEAR = re.compile(r"(?:人民币|rmb|cny|每年|/年|每年度|年|一年|元整|整|元|圆|块|\.00(?=元)|\(|\)|/)")


@lru_cache(maxsize=1000, typed=True)
def read_dues(value: Value, *, unit: Decimal = Decimal(1)) -> tuple[Decimal | None, Doubt | None]:
    """Yearly dues in yuan. `unit` multiplies a bare number (10,000 under a heading with 万元)."""
    text = _text(value)
    if re.search(r"免", text):
        return Decimal(0), None
    amount, doubt = _read_single(text, unit)
    if doubt:
        return None, Doubt("dues_unreadable") if doubt.code == "amount_unreadable" else doubt
    return (None, Doubt("amount_out_of_range")) if amount and amount > MOST_DUES else (amount, None)


def read_capital(value: Value, *, unit: Decimal = Decimal(10_000)) -> tuple[Decimal | None, Doubt | None]:
    """Registered capital in ten thousand yuan (万元); `unit` is the yuan that a bare number counts."""
    amount, doubt = _read_single(_text(value), unit)
    if amount is None:
        return None, doubt
    amount = amount / 10_000
    return (None, Doubt("amount_out_of_range")) if amount > MOST_CAPITAL else (amount, None)


def read_fen(value: Value) -> tuple[int | None, Doubt | None]:
    """A signed amount in fen, as banks write it: -3,000.00, (3,000.00), ¥3000, 3000.00DR. Nothing for a dash."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _fen(Decimal(repr(value))) if math.isfinite(value) else (None, Doubt("amount_unreadable"))
    text = _text(value).translate(_MINUS).replace("人民币", "").replace("元", "")
    if says_nothing(text.strip("=\"'")):
        return None, None
    match = _SIGNED.fullmatch(text.strip("=\"'"))
    if not match:
        return None, Doubt("amount_unreadable")
    is_negative = "-" in match["sign"] + match["inner"] or bool(match["open"]) or match["side"] in ("dr", "借")
    number = Decimal(match["number"].replace(",", ""))
    return _fen(-number if is_negative else number)


def _fen(number: Decimal) -> tuple[int | None, Doubt | None]:
    return (round(number * 100), None) if abs(number) < MOST_YUAN else (None, Doubt("amount_out_of_range"))


def amounts(text: str, *, unit: Decimal = Decimal(1)) -> list[Decimal]:
    """All amounts in a text, in yuan."""
    found = [_decimal(match, unit) for match in _AMOUNT.finditer(_text(text))]
    return found or [number for match in _CHINESE.finditer(_text(text)) if (number := _chinese(match[0])) is not None]


def bare_number(value: Value) -> float | None:
    """A number whose unit is said only by the heading: 3,000 and 3 000 are, 3000元 is not."""
    text = _text(value).replace(",", "")
    return float(text) if _NUMBER.fullmatch(text) else None


def plain(amount: Decimal) -> int | float:
    """The amount as JSON has it."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _text(value: Value) -> str:
    return without_spaces(simplified(clean(shown(value)))).lower()


def _read_single(text: str, unit: Decimal) -> tuple[Decimal | None, Doubt | None]:
    if says_nothing(text):
        return None, None
    if _FOREIGN.search(text):
        return None, Doubt("amount_foreign_currency")
    found = amounts(text, unit=unit)
    rest = _EACH_YEAR.sub("", _CHINESE.sub("", _AMOUNT.sub("", text)))
    if len(found) != 1 or rest:
        return None, Doubt("amount_several" if len(set(found)) > 1 else "amount_unreadable")
    return (None, Doubt("amount_negative")) if found[0] < 0 else (found[0], None)


def _decimal(match: re.Match[str], unit: Decimal) -> Decimal:
    number = Decimal(match[2].replace(",", "")) * _UNITS.get(match[3] or "", _bare(match, unit))
    return -number if match[1] else number


def _bare(match: re.Match[str], unit: Decimal) -> Decimal:
    says_yuan = match.string[match.end() : match.end() + 1] in ("元", "圆", "块") or "¥" in match[0]
    return Decimal(1) if says_yuan else unit


def _chinese(text: str) -> Decimal | None:
    if "万" in text:
        high, _, low = text.partition("万")
        return (_below_myriad(high) or Decimal(1)) * 10_000 + (_below_myriad(low) or 0)
    return _below_myriad(text)


def _below_myriad(text: str) -> Decimal:
    total, digit = 0, 0
    for character in text:
        if character in _POWERS:
            total, digit = total + (digit or 1) * _POWERS[character], 0
        else:
            digit = _NUMERALS[character]
    return Decimal(total + digit)
