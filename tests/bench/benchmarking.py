"""Key figures: read for all chambers at once, against asking every schema; and worked out in one large chamber."""

from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side

FEW, MANY, EVERY = 50, 5_000, 1_000


def kpi_read(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """Ten figures of each chamber; and, from synthetic rows, of a thousand chambers."""
    with Side(places, "ours") as ours:
        ours.do("open_up_to", number=chambers)
        present = ours.do("chambers")[1]
        few, many = ours.do("send_figures", chambers=present)[1], ours.do("send_figures", chambers=1000)[1]
        ours.do("read_figures", federation=few), ours.do("fan_out")  # both warm
        read, asked, thousand = [], [], []
        for _number in range(pairs):
            read.append(ours.do("read_figures", federation=few)[0])
            asked.append(ours.do("fan_out")[0])
            thousand.append(ours.do("read_figures", federation=many)[0])
    yield line("kpi.read", [c.wall for c in read], [c.wall for c in asked], chambers=present)
    yield line("kpi.read.cpu", [c.cpu for c in read], [c.cpu for c in asked], unit="CPU s", chambers=present)
    yield line("kpi.read.1000", [c.wall for c in thousand], chambers=1000)
    yield line("kpi.read.1000.cpu", [c.cpu for c in thousand], unit="CPU s", chambers=1000)


def kpi_refresh(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """All figures of a chamber with 5,000 members; `baseline` and `ratio` are those of one with 50.

    A thousand chambers are not opened: the last line multiplies one small and one large one, and says so.
    """
    with Side(places, "ours") as ours:
        slugs = [ours.do("chamber_of_pages", members=number)[1] for number in (FEW, MANY)]
        for slug in slugs:
            ours.do("refresh_figures", slug=slug)  # warm
        rounds = [[ours.do("refresh_figures", slug=slug) for slug in slugs] for _number in range(pairs)]
        taken = ours.do("each_figure", slug=slugs[1])[1]
    slow = dict(sorted(taken.items(), key=lambda each: -each[1])[:5])
    few, many = ([of[side] for of in rounds] for side in (0, 1))
    wall, cpu = ([[1000 * getattr(c, kind) for c, _ in side] for side in (many, few)] for kind in ("wall", "cpu"))
    facts = {"figures": many[0][1], "members": MANY, "more_is_better": True}
    yield line("kpi.refresh", *wall, unit="ms", digits=1, slowest=slow, **facts)
    yield line("kpi.refresh.cpu", *cpu, unit="CPU ms", digits=1, **facts)
    thousand = [[each * EVERY / 1000 for each in side] for side in wall]
    yield line(
        "kpi.refresh.1000", thousand[1], unit="s", digits=1, extrapolated=True, if_all_were_large=max(thousand[0])
    )
