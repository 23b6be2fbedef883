"""Reckoning in months."""

import calendar
import datetime


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month (an earlier one: a negative number), or its last day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
