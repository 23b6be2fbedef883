"""What tenancy costs each request, against plain Django and against the stock library."""

from collections.abc import Iterator
from typing import Any

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side

TIMES = 200


def request_queries(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Exact: statements of a page that needs one and ten, beside the stock library's."""
    for needed in (1, 10):
        asked = _ask(places, 1, queries=needed, times=5)
        ours, stock = asked["ours"][0]["statements"], asked["stock"][0]["statements"]
        yield line(f"request.queries.{needed}", [ours], [stock], unit="statements", needed=needed)


def request_overhead(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Of a page that needs one query. `ratio` here is ours against plain Django: more than 1 is slower."""
    asked = _ask(places, pairs, queries=1, times=TIMES)
    ours, stock, plain = ([each["seconds"] * 1000 for each in asked[side]] for side in ("ours", "stock", "plain"))
    yield line("request.overhead", ours, plain, unit="ms", more_is_better=True)
    yield line("request.overhead.stock", stock, plain, unit="ms", more_is_better=True)


def _ask(places: Places, pairs: int, **given: int) -> dict[str, list[Any]]:
    with Side(places, "ours") as ours, Side(places, "stock") as stock, Side(places, "plain") as plain:
        ours.do("open_one"), stock.do("open_one")
        rounds = [[side.do("request", **given)[1] for side in (ours, stock, plain)] for _number in range(pairs)]
    return dict(zip(("ours", "stock", "plain"), map(list, zip(*rounds, strict=True)), strict=True))
