"""What tenancy costs each request, against plain Django and against the stock library."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from tests.bench.figures import line
from tests.bench.places import SIDES, Places
from tests.bench.sides import Side

TIMES = 200


def request_queries(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Exact: statements of a page that needs one and ten, beside the stock library's."""
    for needed in (1, 10):
        asked = _ask(places, 1, queries=needed, times=5)
        ours, stock = asked["ours"][0]["statements"], asked["stock"][0]["statements"]
        yield line(f"request.queries.{needed}", [ours], [stock], unit="statements", needed=needed)


def request_overhead(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Of a page that needs one query. `ratio` here is the cost against plain Django: more than 1 is dearer.

    The baseline has the same libraries' middleware; `bare` is Django as it comes.
    """
    asked = _ask(places, pairs, queries=1, times=TIMES)
    for figure in ("ms", "CPU ms"):
        found = {side: [each[figure] for each in rounds] for side, rounds in asked.items()}
        name = "request.overhead" + ".cpu" * (figure != "ms")
        yield line(name, found["ours"], found["plain"], unit=figure, more_is_better=True)
        yield line(f"{name}.bare", found["ours"], found["bare"], unit=figure, more_is_better=True)
        yield line(f"{name}.stock", found["stock"], found["plain"], unit=figure, more_is_better=True)


def _ask(places: Places, pairs: int, **given: int) -> dict[str, list[Any]]:
    with ExitStack() as stack:
        sides = [stack.enter_context(Side(places, name)) for name in SIDES]
        for side in sides[:2]:
            side.do("open_one")
        rounds = [[_figures(side, **given) for side in sides] for _number in range(pairs)]
    return dict(zip(SIDES, map(list, zip(*rounds, strict=True)), strict=True))


def _figures(side: Side, **given: int) -> dict[str, float]:
    cost, found = side.do("request", **given)
    return {**found, "ms": 1000 * found["seconds"], "CPU ms": 1000 * cost.cpu / given["times"]}
