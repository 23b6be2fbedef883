"""Key figures that a capability computes from its own records, as others read them. [federation.md B.2]"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

Text = str | Promise


class Period(NamedTuple):
    """A span of days; `last` is included."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def quarter(cls, year: int, number: int) -> "Period":
        """Quarter 1 to 4 of a calendar year."""
        first = datetime.date(year, 3 * number - 2, 1)
        after = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
        return cls(first, after - datetime.timedelta(days=1))

    @classmethod
    def calendar_year(cls, year: int) -> "Period":
        return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    @classmethod
    def year_to(cls, last: datetime.date) -> "Period":
        """The twelve months that end on `last`."""
        return cls(last - datetime.timedelta(days=364), last)

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d}/{self.last:%Y-%m-%d}"


def quarter_name(year: int, number: int) -> str:
    """As people say it: 2026年第3季度."""
    return _("Q{number} {year}").format(year=year, number=number)


def last_quarter(today: datetime.date | None = None) -> tuple[int, int]:
    """The quarter that ended last."""
    day = today or localdate()
    quarter = (day.month - 1) // 3
    return (day.year, quarter) if quarter else (day.year - 1, 4)


def in_unit(value: float | None, unit: str) -> str:
    """As people read it: 92.5%, 3 days."""
    if value is None:
        return "—"
    words = {"%": _("{n}%"), "d": _("{n} days"), "h": _("{n} hours"), "pt": _("{n} points")}
    return words.get(unit, "{n}").format(n=f"{value:.1f}".removesuffix(".0"))


class Measured(NamedTuple):
    """`value` in the KPI's unit (a rate as 0 to 100); None when nothing can be said. `quality` 0 to 1: rows filled."""

    value: float | None
    numerator: float
    denominator: float
    quality: float = 1.0


@dataclass(frozen=True)
class Kpi:
    """`direction`: +1 more is better, -1 less is, 0 neither. `unit`: "%", "d", "h", "pt" or "" for a ratio."""

    code: str
    label: Text
    definition: Text
    compute: Callable[[Period], Measured]
    unit: str = "%"
    direction: int = 1
    version: int = 1
    minimum_denominator: int = 10

    @property
    def counted_in(self) -> Text:
        """The unit as it stands beside a figure."""
        return {"%": "%", "d": _("days"), "h": _("hours"), "pt": _("points")}.get(self.unit, "")

    def measure(self, period: Period) -> Measured:
        """The figure, with no value when its denominator is too thin to mean anything."""
        measured = self.compute(period)
        return measured if measured.denominator >= self.minimum_denominator else measured._replace(value=None)


def rate(numerator: float, denominator: float, *, quality: float = 1.0) -> Measured:
    """A percentage of 0 to 100."""
    return Measured(100 * numerator / denominator if denominator else None, numerator, denominator, quality)
