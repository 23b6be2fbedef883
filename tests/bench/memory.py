"""Memory: of everything that `make up` starts, and of a database connection that works for many chambers."""

import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import line
from tests.bench.house import OpenHouse, open_house
from tests.bench.looking import look_around
from tests.bench.machine import Memory, family_of, memory_of, seconds_run
from tests.bench.places import Places
from tests.bench.sides import Side

QUIET_SECONDS, QUIET_CPU = 10, 0.2
LONGEST_SECONDS = 400
VISITS = 1000
NOTHING = Memory(0, 0)
PARTS = {
    "up": "huiguan up",
    "keeper": "keeper.py",
    "web": "granian",
    "worker": "huiguan.celery",
    "clock": "huiguan.clock",
    "payments": "stripe-sandbox",
    "postgres": "postgres",
}


def memory_web(pairs: int) -> Iterator[str]:
    """Idle after its start and its first page; and after a person has looked at all that the menu leads to."""
    idle, used = [], []
    for _number in range(pairs):
        with open_house() as house:
            idle.append(_when_quiet(house))
            look_around(house)
            used.append(_when_quiet(house))
    yield from _both_ways("memory.web", idle)
    yield from _both_ways("memory.web.used", used)


def memory_backend(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """The largest that one connection's server process became while every table of all chambers was read; and what a
    page of a chamber chosen at random costs. The baseline keeps one connection for all.

    RSS, with the server's buffers that the process touched (128 MB at most).
    """
    with Side(places, "ours") as ours:
        ours.do("open_up_to", number=chambers)
        present = ours.do("chambers")[1]
        one = {"chambers_per_connection": present + 1}
        read = [(ours.do("read_all")[1], ours.do("read_all", **one)[1]) for _number in range(pairs)]
        pages = [(ours.do("visit", times=VISITS)[0], ours.do("visit", times=VISITS, **one)[0]) for _ in range(pairs)]
    facts = {"chambers": present, "tables": read[0][0]["tables"], "connections": read[0][0]["connections"]}
    yield line("memory.backend", [o["MB"] for o, _ in read], [t["MB"] for _, t in read], unit="MB", digits=0, **facts)
    costs = ([1000 * cost[side].cpu / VISITS for cost in pages] for side in (0, 1))
    yield line("memory.backend.page", *costs, unit="CPU ms", digits=2)


def _when_quiet(house: OpenHouse) -> dict[str, Memory]:
    """The memory of each part of the house, as soon as nothing works any more."""
    deadline, before = time.monotonic() + LONGEST_SECONDS, float("inf")
    while True:
        now = sum(map(seconds_run, family_of(house.process)))
        if 0 <= now - before < QUIET_CPU or time.monotonic() > deadline:
            return _parts(house)
        before = now
        time.sleep(QUIET_SECONDS)


def _parts(house: OpenHouse) -> dict[str, Memory]:
    found: dict[str, Memory] = defaultdict(lambda: NOTHING)
    for process in family_of(house.process):
        found[_part_of(process)] += memory_of(process)
    return dict(found)


def _part_of(process: int) -> str:
    try:
        command = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return "ended"
    return next((name for name, sign in PARTS.items() if sign in command), command[:40])


def _both_ways(name: str, rounds: list[dict[str, Memory]]) -> Iterator[str]:
    """RSS counts a page in each process that uses it, PSS once."""
    for suffix, unit, kind in (("", "MB RSS", "resident"), (".pss", "MB PSS", "share")):
        totals = [sum(getattr(memory, kind) for memory in parts.values()) for parts in rounds]
        parts = {part: round(getattr(memory, kind)) for part, memory in rounds[-1].items()}
        yield line(f"{name}{suffix}", totals, unit=unit, digits=0, parts=parts)
