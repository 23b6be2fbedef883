"""Several people or workers at once, in threads that start together and leave no connection behind."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections


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
