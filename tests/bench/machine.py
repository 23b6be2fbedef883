"""What a measurement costs the machine: time of the client and of all PostgreSQL processes, memory, from /proc."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICKS, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass
class Cost:
    """Seconds: on the clock, of this process and its children, and of the database server."""

    wall: float = 0.0
    client: float = 0.0
    server: float = 0.0

    @property
    def cpu(self) -> float:
        return self.client + self.server


@dataclass(frozen=True)
class Memory:
    """Megabytes. A page that several processes use is counted whole in each `resident`, and in parts in `share`."""

    resident: float
    share: float

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(self.resident + other.resident, self.share + other.share)


def memory_of(process: int) -> Memory:
    """RSS and PSS; nothing of a process that has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return Memory(0, 0)
    kilobytes = {name: int(rest.split()[0]) for name, _colon, rest in (each.partition(":") for each in lines[1:])}
    return Memory(kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024)


def family_of(process: int) -> Iterator[int]:
    """It and all that it started, and they."""
    yield process
    for child in children_of(process):
        yield from family_of(child)


@contextmanager
def measured(postmaster: int) -> Iterator[Cost]:
    cost = Cost()
    client, server, wall = _own_cpu(), server_cpu(postmaster), time.perf_counter()
    yield cost
    cost.wall = time.perf_counter() - wall
    cost.client, cost.server = _own_cpu() - client, server_cpu(postmaster) - server


@dataclass
class Peak:
    """The most memory at one moment, of this process and its children together, above what it held before."""

    megabytes: float = 0.0


@contextmanager
def most_memory(every_seconds: float = 0.02) -> Iterator[Peak]:
    peak, before, done = Peak(), _resident(), threading.Event()

    def look() -> None:
        while not done.wait(every_seconds):
            peak.megabytes = max(peak.megabytes, _resident() - before)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _resident() -> float:
    """Megabytes. What processes share is counted for each; the system's own highest mark would count a child's parent
    too, from before the child became another program."""
    return sum(map(_megabytes_of, [os.getpid(), *children_of(os.getpid())]))


def _megabytes_of(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 2**20
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0.0


def server_cpu(postmaster: int) -> float:
    """Of living processes to the microsecond; of those that ended the postmaster keeps the sum, to the tick."""
    living = [postmaster, *children_of(postmaster)]
    return sum(map(seconds_run, living)) + _seconds_of_dead_children(postmaster)


def children_of(parent: int) -> list[int]:
    """Autovacuum and parallel workers come and go: a process that ends while it is read is left out."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def seconds_run(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _seconds_of_dead_children(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICKS


def _own_cpu() -> float:
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system
