"""Days as letters are dated."""

import datetime

import pytest

from huiguan.papers.dates import in_characters


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-25", "二〇二六年十一月二十五日"),
        ("2026-10-10", "二〇二六年十月十日"),
        ("2030-01-01", "二〇三〇年一月一日"),
        ("2026-02-20", "二〇二六年二月二十日"),
        ("2027-12-31", "二〇二七年十二月三十一日"),
    ],
)
def test_a_day_is_written_in_characters(day: str, said: str) -> None:
    assert in_characters(datetime.date.fromisoformat(day)) == said
