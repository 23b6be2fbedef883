"""One large chamber is backed up and put back while the secretariats of others work."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.bench.figures import line
from tests.bench.load import Answer, at_a_rate
from tests.bench.loads import MEMBERS, p95, peak, people_of, warm, whole
from tests.bench.machine import Cost
from tests.bench.places import Places
from tests.bench.serving import Server, serving
from tests.bench.sides import Side

OTHERS, ROWS = 5, 8_000
USUAL = 0.3  # of the peak
SECONDS = 15.0


def backup_one(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Seconds on the clock, of processor time, and how long the others wait meanwhile: `baseline` is before it."""
    with Side(places, "ours") as ours:
        large = ours.do("large_chamber", rows=ROWS)[1]
        others = ours.do("secretariats", chambers=OTHERS, members=MEMBERS)[1]
        with serving(places) as server:
            warm(server, others)
            rate = USUAL * peak(server, others)
            rounds = [_round(ours, server, large["slug"], others, rate) for _number in range(pairs)]
    facts = {"megabytes": large["megabytes"], "rows": rounds[0]["rows"], "rate": round(rate, 1)}
    for name in ("backup", "restore"):
        costs: list[Cost] = [each[name][0] for each in rounds]
        yield line(f"{name}.one", [cost.wall for cost in costs], digits=1, **facts)
        yield line(f"{name}.one.cpu", [cost.cpu for cost in costs], unit="CPU s", digits=1, **facts)
        waited = ([each[when] for each in rounds] for when in (f"{name} p95", "usual p95"))
        yield line(f"{name}.one.others", *waited, unit="ms", digits=0, more_is_better=True, **facts)


def _round(ours: Side, server: Server, slug: str, others: list[Any], rate: float) -> dict[str, Any]:
    usual = whole(at_a_rate(server, people_of(others), rate=rate, seconds=SECONDS))
    backup, while_backed_up = _meanwhile(lambda: ours.do("back_up_large", slug=slug), server, others, rate)
    path = backup[1]["path"]
    back, while_put_back = _meanwhile(lambda: ours.do("restore_large", slug=slug, path=path), server, others, rate)
    waited = {"usual p95": p95(usual), "backup p95": p95(while_backed_up), "restore p95": p95(while_put_back)}
    return {**waited, "backup": backup, "restore": back, "rows": backup[1]["rows"]}


def _meanwhile(work: Callable[[], Any], server: Server, others: list[Any], rate: float) -> tuple[Any, list[Answer]]:
    """The others go on until it is done."""
    people, answers = people_of(others), []
    with ThreadPoolExecutor(1) as aside:
        done = aside.submit(work)
        while not done.done():
            answers += whole(at_a_rate(server, people, rate=rate, seconds=2.0))
        return done.result(), answers
