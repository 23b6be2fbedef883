"""A chamber's share of a web process: nobody's load makes another wait (goal G21).

Counted is processor time, of which a process has one second in a second. Whoever is alone has all of it; while others
want something too, a chamber that has used more than its share of the last seconds is asked to come back in a moment.

A process on a busy machine gets far less than its second, and twenty chambers that each want a little fill it together:
nobody then reaches such a share. So when requests stand in each other's way, a chamber that takes several times as much
as the others is asked too. How much they do is seen from how many there were at once, which needs no free machine.
"""

import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

REMEMBERED_SECONDS = 4.0  # a burst is forgiven after about so long
IDLE = 0.01  # of a second in a second: less is nobody's load
CROWDED = 2.0  # requests at once, on average over the last seconds: each takes twice as long as it would alone
FAIR = 3.0  # times the average of the chambers that are here
FEW = 8.0  # requests in the last seconds: less is no load, also where one page had to load what all pages need


class TooBusy(Exception):
    """The chamber has had its share and others want theirs: nothing was begun."""


class Shares:
    """Of one process; threads may share it. `share` of 0 limits nobody."""

    def __init__(self, share: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.share, self.clock = share, clock
        self._used: dict[Hashable, float] = defaultdict(float)  # seconds, less what is forgotten
        self._inside: dict[Hashable, int] = defaultdict(int)
        self._asked: dict[Hashable, float] = defaultdict(float)  # requests, less what is forgotten
        self._at_once = 0.0
        self._at = clock()
        self._lock = threading.Lock()

    @contextmanager
    def taken(self, key: Hashable, *, may_wait: bool = True) -> Iterator[None]:
        """Around the work of a request; what may not wait is counted and let in. Raises TooBusy."""
        self._enter(key, may_wait)
        began = time.thread_time()
        try:
            yield
        finally:
            self._leave(key, time.thread_time() - began)

    def load_of(self, key: Hashable) -> float:
        """Seconds in a second, over the last seconds."""
        with self._lock:
            self._forget()
            return self._used[key] / REMEMBERED_SECONDS

    def _enter(self, key: Hashable, may_wait: bool) -> None:
        with self._lock:
            self._forget()
            if may_wait and self._must_wait(key):
                raise TooBusy
            self._inside[key] += 1
            self._asked[key] += 1

    def _leave(self, key: Hashable, seconds: float) -> None:
        with self._lock:
            self._forget()
            self._used[key] += seconds
            self._inside[key] -= 1

    def _must_wait(self, key: Hashable) -> bool:
        """One request at a time is everybody's: whoever reads one page after the other is in nobody's way."""
        return bool(self.share and self._inside[key]) and self._has_had_enough(key) and self._others_want(key)

    def _has_had_enough(self, key: Hashable) -> bool:
        if self._used[key] > self.share * REMEMBERED_SECONDS:
            return True
        largest = min(self.share, FAIR / max(len(self._used), 1)) * sum(self._used.values())
        return self._at_once > CROWDED and self._asked[key] > FEW and self._used[key] > largest

    def _others_want(self, key: Hashable) -> bool:
        return any(
            number > 0 or self._used[other] > IDLE * REMEMBERED_SECONDS
            for other, number in self._inside.items()
            if other != key
        )

    def _forget(self) -> None:
        """As time goes by; and altogether whoever has not been here for long."""
        now = self.clock()
        left = math.exp(-(now - self._at) / REMEMBERED_SECONDS)
        self._at = now
        self._at_once = left * self._at_once + (1 - left) * sum(self._inside.values())
        for key in list(self._used):
            self._used[key] *= left
            self._asked[key] *= left
            if self._used[key] < IDLE / 100 and not self._inside[key]:
                del self._used[key], self._asked[key], self._inside[key]
