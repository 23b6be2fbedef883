"""Several people or workers at once, in threads that start together and leave no connection behind."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections, transaction

BLOCKED = """select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and usename = 'huiguan_app'"""


def together(work: Callable[[Any], Any], each: Iterable[Any]) -> list[Any]:
    """`work(one)` for each at the same moment; what they returned, or the exceptions they raised, in their order."""
    ones = list(each)
    start, outcomes = threading.Barrier(len(ones), timeout=30), [None] * len(ones)

    def run(place: int) -> None:
        try:
            start.wait()
            outcomes[place] = work(ones[place])
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(ones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """`second` begins when `first` is done and not yet committed; what they returned or raised."""
    is_done = threading.Event()

    def hold() -> Any:
        with transaction.atomic():
            try:
                return first()
            finally:
                is_done.set()
                wait_until_somebody_waits()

    def follow() -> Any:
        is_done.wait(timeout=10)
        return second()

    return together(lambda work: work(), [hold, follow])


def wait_until_somebody_waits() -> None:
    """For a lock. Nobody would come to wait if both could work at once: then the loop ends."""
    with connections["owner"].cursor() as cursor:
        for _attempt in range(2000):
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(BLOCKED)
            if cursor.fetchone()[0]:
                return
