"""Gapless numbers of a chamber's papers, by series and year: receipt no. 123 of 2026."""

from huiguan import counting, trail
from huiguan.papers.models import Counter


def next_number(series: str, year: int) -> int:
    """The next of its series in the year, from 1, in the bound chamber and the running transaction."""
    trail.take_turn()
    counter = Counter.objects.filter(series=series, year=year)
    if not counter.exists():
        Counter.objects.bulk_create([Counter(series=series, year=year)], ignore_conflicts=True)
    return counting.next_of(counter)
