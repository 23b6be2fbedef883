"""Billing periods: whole months and years counted from an anchor, so that 31 January leads to 28 February, 31 March."""

from calendar import monthrange
from datetime import UTC, datetime

from billing.sandbox.store import Body

DAY = 86_400
MONTHS = {"month": 1, "year": 12}
DAYS = {"day": 1, "week": 7}


def end_of_period(anchor: int, start: int, recurring: Body) -> int:
    """The first moment after `start` that is a whole number of periods after the anchor."""
    count = 1
    while (end := _after(anchor, recurring, count)) <= start:
        count += 1
    return end


def _after(anchor: int, recurring: Body, count: int) -> int:
    steps = recurring["interval_count"] * count
    if recurring["interval"] in DAYS:
        return anchor + DAYS[recurring["interval"]] * int(steps) * DAY
    return _months_later(anchor, MONTHS[recurring["interval"]] * int(steps))


def _months_later(anchor: int, months: int) -> int:
    start = datetime.fromtimestamp(anchor, UTC)
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    day = min(start.day, monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())
