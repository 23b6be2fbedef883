"""Counts working days, Monday to Friday. Public holidays are not known: a window with one in it is a day short."""

import datetime

SATURDAY = 5


def add_working_days(day: datetime.date, days: int) -> datetime.date:
    """The last day of a window of so many working days that begins after `day`."""
    while days:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day
