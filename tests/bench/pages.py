"""Every page with a list, at few and at many rows: the same statements, and little more time."""

from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side

FEW, MANY = 50, 5_000
TIMES = 20


def page(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """`value` is the time at 5,000 members, `baseline` that at 50, `ratio` how many times as long; by turns."""
    with Side(places, "ours") as ours:
        ours.do("open_up_to", number=chambers)
        slugs = [ours.do("chamber_of_pages", members=number)[1] for number in (FEW, MANY)]
        paths = [ours.do("pages", slug=slug)[1] for slug in slugs]
        for name in paths[0]:
            rounds = [[_page(ours, s, p[name]) for s, p in zip(slugs, paths, strict=True)] for _number in range(pairs)]
            few, many = map(list, zip(*rounds, strict=True))
            yield line(
                f"page.{name}",
                [each["ms"] for each in many],
                [each["ms"] for each in few],
                unit="ms",
                digits=1,
                more_is_better=True,
                p95=round(max(each["p95"] for each in many), 1),
                statements=[few[0]["statements"], many[0]["statements"]],
                chambers=chambers,
            )


def _page(ours: Side, slug: str, path: str) -> dict[str, float]:
    figures: dict[str, float] = ours.do("page", slug=slug, path=path, times=TIMES)[1]
    return figures
