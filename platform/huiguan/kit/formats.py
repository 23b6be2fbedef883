"""Writes money, numbers and days the way the reader's language writes them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime

NOTHING = "—"


def money(fen: int | None) -> str:
    """`300000` (fen) is written `¥3,000.00`."""
    return NOTHING if fen is None else yuan(Decimal(fen) / 100)


def yuan_of(fen: int) -> str:
    """Without the sign, as in a column that has it in its heading: `300000` (fen) is written `3,000.00`."""
    return yuan(Decimal(fen) / 100).replace("¥", "")


def yuan(amount: Decimal | int | None) -> str:
    if amount is None:
        return NOTHING
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{abs(amount):,.2f}"


def number(value: Decimal | float | str | None) -> str:
    """Thousands are set apart; a fraction keeps one digit. Words stay as they are."""
    if value is None or isinstance(value, str):
        return NOTHING if value is None else value
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def trend(change: float | str) -> str:
    """A change in per cent with its sign, `+3.2%`; words stay as they are."""
    return change if isinstance(change, str) else f"{change:+.1f}".removesuffix(".0") + "%"


def percent(share: Decimal | float | None) -> str:
    """`0.874` is written `87.4%`."""
    return NOTHING if share is None else f"{float(share) * 100:.1f}".removesuffix(".0") + "%"


def day(value: date | None) -> str:
    """`2026年11月22日` in Chinese."""
    return date_format(_local(value), "DATE_FORMAT") if value else NOTHING


def moment(value: datetime | None) -> str:
    """`2026年11月22日 14:05` in Chinese, in the time of the reader's place."""
    return date_format(_local(value), "DATETIME_FORMAT") if value else NOTHING


def _local(value: date) -> date:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value
