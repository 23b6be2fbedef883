"""The quiet hours, at every minute of the day."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.deliveries.quiet import end_of_quiet

HERE = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(
    datetime.datetime(2026, 1, 1), datetime.datetime(2027, 1, 1), timezones=st.sampled_from([HERE, datetime.UTC])
)
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-23T20:59:59", None),
        ("2026-11-23T21:00:00", "2026-11-24T08:00:00"),
        ("2026-11-23T23:59:59", "2026-11-24T08:00:00"),
        ("2026-11-24T00:00:00", "2026-11-24T08:00:00"),
        ("2026-11-24T07:59:59", "2026-11-24T08:00:00"),
        ("2026-11-24T08:00:00", None),
        ("2026-12-31T22:00:00", "2027-01-01T08:00:00"),
    ],
)
def test_from_nine_in_the_evening_to_eight_in_the_morning(at: str, until: str | None) -> None:
    found = end_of_quiet(moment(at), datetime.time(21), datetime.time(8))
    assert found == (moment(until) if until else None)


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=HERE)


@given(at=MOMENTS, begins=TIMES, ends=TIMES)
def test_the_end_is_ahead_within_a_day_and_no_longer_quiet(
    at: datetime.datetime, begins: datetime.time, ends: datetime.time
) -> None:
    until = end_of_quiet(at, begins, ends)
    if until is not None:
        assert datetime.timedelta(0) < until - at <= datetime.timedelta(days=1)
        assert until.astimezone(HERE).time() == ends
        assert end_of_quiet(until, begins, ends) is None


@given(at=MOMENTS, time=TIMES)
def test_equal_times_are_no_quiet_hours(at: datetime.datetime, time: datetime.time) -> None:
    assert end_of_quiet(at, time, time) is None
