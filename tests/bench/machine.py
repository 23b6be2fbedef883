"""What a measurement costs the machine: processor time of the client and of all PostgreSQL processes, from /proc."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """Seconds: on the clock, of this process and its children, and of the database server."""

    wall: float = 0.0
    client: float = 0.0
    server: float = 0.0

    @property
    def cpu(self) -> float:
        return self.client + self.server


@contextmanager
def measured(postmaster: int) -> Iterator[Cost]:
    cost = Cost()
    client, server, wall = _own_cpu(), server_cpu(postmaster), time.perf_counter()
    yield cost
    cost.wall = time.perf_counter() - wall
    cost.client, cost.server = _own_cpu() - client, server_cpu(postmaster) - server


def server_cpu(postmaster: int) -> float:
    """Of living processes to the microsecond; of those that ended the postmaster keeps the sum, to the tick."""
    living = [postmaster, *children_of(postmaster)]
    return sum(map(_seconds_run, living)) + _seconds_of_dead_children(postmaster)


def children_of(parent: int) -> list[int]:
    """Autovacuum and parallel workers come and go: a process that ends while it is read is left out."""
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


def _seconds_run(process: int) -> float:
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
