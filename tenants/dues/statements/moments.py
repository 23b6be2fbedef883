"""When a transaction was booked: dates and times as banks write them, in one column or in two."""

import re
from datetime import date, datetime, time, timedelta

from huiguan.spreadsheets.characters import clean
from huiguan.spreadsheets.dates import read_date
from huiguan.spreadsheets.grids import Line, Value, shown
from tenants.dues.statements.columns import Columns

_TIME = re.compile(r"(?P<h>[01]?\d|2[0-3])[:.时](?P<m>[0-5]\d)(?:[:.分](?P<s>[0-5]\d))?(?:秒|\.\d+)?")
_DIGITS = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<s>[0-5]\d)")
_LONG = re.compile(r"(?P<date>(?:19|20)\d{6})(?P<time>\d{6})\d{0,3}")
_DAYTIME = re.compile(r"^(?P<date>\S+?)[T\s]+(?P<time>\d{1,2}[:.时]\d{2}.*)$")
_FIRST_DAY = date(1899, 12, 30)


def booked_on(line: Line, columns: Columns) -> date | None:
    """The first of the columns that holds a whole date."""
    for field in ("date", "time", "value_date"):
        if found := read_day(columns.value(line, field)):
            return found
    return None


def booked_at(line: Line, columns: Columns) -> time | None:
    for field in ("time", "date"):
        if found := read_time(columns.value(line, field), alone=field == "time"):
            return found
    return None


def read_day(value: Value) -> date | None:
    """None unless the value gives year, month and day."""
    if isinstance(value, float) and not value.is_integer() and 20_000 < value < 80_000:
        return _FIRST_DAY + timedelta(days=int(value))
    if isinstance(value, str):
        value = _date_part(clean(value).strip("'=\""))
    found, _ = read_date(value, today=date.max)
    return date.fromisoformat(found) if found and len(found) == 10 else None


def read_time(value: Value, *, alone: bool) -> time | None:
    """`alone`: the cell holds only the time, so that 095030 and 0.41 are times."""
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0) if value.time() != time() else None
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _of_number(float(value), alone)
    text = clean(shown(value)).strip("'=\"")
    match = _LONG.fullmatch(text)
    if found := _TIME.search(text) or _DIGITS.fullmatch(match["time"] if match else text if alone else ""):
        return time(int(found["h"]), int(found["m"]), int(found["s"] or 0))
    return None


def _of_number(value: float, alone: bool) -> time | None:
    if value % 1 and value < 80_000:
        seconds = round(value % 1 * 86_400) % 86_400
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return read_time(f"{int(value):06}", alone=True) if alone and 0 < value < 240_000 else None


def _date_part(text: str) -> str:
    if match := _LONG.fullmatch(text):
        return match["date"]
    match = _DAYTIME.match(text)
    return match["date"] if match else text
