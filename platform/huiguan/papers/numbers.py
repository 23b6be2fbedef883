"""Gapless numbers of a chamber's papers, by series and year: receipt no. 123 of 2026."""

from huiguan import counting, trail
from huiguan.papers.models import Counter


def next_number(series: str, year: int) -> int:
    """The next of its series in the year, from 1, in the bound chamber and the running transaction."""
    [number] = next_numbers(series, year, 1)
    return number


def next_numbers(series: str, year: int, how_many: int) -> range:
    """So many of a series in a row, without a gap."""
    trail.take_turn()
    counter = Counter.objects.filter(series=series, year=year)
    if not counter.exists():
        Counter.objects.bulk_create([Counter(series=series, year=year)], ignore_conflicts=True)
    return counting.next_many(counter, how_many)
