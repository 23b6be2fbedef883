"""Money, numbers and days as the reader's language writes them."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from huiguan.kit import formats


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (300_000, "¥3,000.00"),
        (1, "¥0.01"),
        (0, "¥0.00"),
        (-4_550, "-¥45.50"),
        (None, "—"),
        (168_200_000, "¥1,682,000.00"),
    ],
)
def test_fen_are_written_as_yuan(fen, written):
    assert formats.money(fen) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1286, "1,286"), (23.0, "23"), (87.46, "87.5"), (Decimal("1200.5"), "1,200.5"), (None, "—"), ("全部", "全部")],
)
def test_numbers_are_grouped(value, written):
    assert formats.number(value) == written


@pytest.mark.parametrize(("share", "written"), [(0.874, "87.4%"), (1, "100%"), (0, "0%"), (None, "—")])
def test_a_share_is_written_in_per_cent(share, written):
    assert formats.percent(share) == written


def test_a_trend_has_its_sign():
    assert [formats.trend(change) for change in (3.2, -4.0, 0.0, "比上周少")] == ["+3.2%", "-4%", "+0%", "比上周少"]


def test_a_day_is_written_the_chinese_way():
    with translation.override("zh-hans"):
        assert formats.day(datetime.date(2026, 11, 22)) == "2026年11月22日"
        assert formats.day(None) == "—"


def test_a_moment_late_in_the_evening_of_london_is_the_next_day_in_shanghai():
    late = datetime.datetime(2026, 11, 22, 20, 5, tzinfo=datetime.UTC)
    with translation.override("zh-hans"), timezone.override("Asia/Shanghai"):
        assert formats.moment(late) == "2026年11月23日 04:05"
