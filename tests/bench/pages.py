"""Every page with a list, at few and at many rows: the same statements, and little more time."""

import statistics
from collections.abc import Iterator
from typing import Any

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side

FEW, MANY = 50, 5_000
TIMES = 20
CHANGING = "workbench.changing"  # somebody works in the chamber all the time: nothing kept for it holds


def page(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """`value` is the time at 5,000 members, `baseline` that at 50, `ratio` how many times as long; by turns."""
    with Side(places, "ours") as ours:
        ours.do("open_up_to", number=chambers)
        slugs = [ours.do("chamber_of_pages", members=number)[1] for number in (FEW, MANY)]
        paths = [ours.do("pages", slug=slug)[1] for slug in slugs]
        for name in (*paths[0], CHANGING):
            rounds = [[_page(ours, s, p, name) for s, p in zip(slugs, paths, strict=True)] for _number in range(pairs)]
            few, many = map(list, zip(*rounds, strict=True))
            yield line(
                f"page.{name}",
                [statistics.median(each["ms"]) for each in many],
                [statistics.median(each["ms"]) for each in few],
                unit="ms",
                digits=1,
                more_is_better=True,
                p95=round(_p95([taken for each in many for taken in each["ms"]]), 1),
                statements=[few[0]["statements"], many[0]["statements"]],
                chambers=chambers,
            )


def _p95(taken: list[float]) -> float:
    """Of all that were measured."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def _page(ours: Side, slug: str, paths: dict[str, str], name: str) -> dict[str, Any]:
    is_changing = name == CHANGING
    path = paths[name.removesuffix(".changing")]
    figures: dict[str, Any] = ours.do("page", slug=slug, path=path, times=TIMES, is_changing=is_changing)[1]
    return figures
