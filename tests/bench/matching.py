"""Distributing what is scarce, and finding what fits, against the simple ways of doing both."""

import os
import time
from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.serving import THREADS, Server, serving
from tests.bench.sides import Side

NEEDS, OFFERS, CHAMBERS = 5_000, 1_500, 60
FEW_OFFERS, MANY_OFFERS, ASKED, AT_ONCE, LONGEST_WAIT = 10_000, 100_000, 10, 50, 60


def match_allocate(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """One drawing for each pair, settled by the product and by the best pair first; beside it the highest sum there is.

    `of_best`: per cent of that sum. `without`: chambers left with nothing, though each asks for what can be given.
    """
    size = {"needs": NEEDS, "offers": OFFERS, "chambers": CHAMBERS}
    rounds = []
    with Side(places, "ours") as ours:
        for seed in range(pairs):
            drawn = ours.do("draw_contest", **size, seed=seed)[1]
            rounds.append((ours.do("settle_contest"), ours.do("settle_greedily"), ours.do("settle_at_best")[1]))
    with Side(places, "ours") as fresh:
        memory = fresh.do("solver_memory")[1]
    product, greedy, best = zip(*rounds, strict=True)
    facts = {**size, "pairs": drawn, **_facts(product, best), "greedy": _facts(greedy, best), "solver_MB": memory}
    yield line("match.allocate", [c.wall for c, _ in product], [c.wall for c, _ in greedy], **facts)
    yield line("match.allocate.cpu", [c.cpu for c, _ in product], [c.cpu for c, _ in greedy], unit="CPU s")


def match_search(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """The page of the five best, explained, as secretaries open it: one at a time, and 50 at once on two processes.

    The baseline is TF-IDF in Python memory, beside the product's own ranking in the same process, without the page.
    """
    for offers in (FEW_OFFERS, MANY_OFFERS) if chambers >= 200 else (FEW_OFFERS,):
        with Side(places, "ours") as ours:
            market = ours.do("open_market", offers=offers)[1]
            yield from _ranking(ours, pairs, offers)
            with serving(places) as server:
                yield from _pages(ours, server, market, pairs, offers)


def _ranking(ours: Side, pairs: int, offers: int) -> Iterator[str]:
    ours.do("read_simply"), ours.do("ask_once", number=0)
    for number in range(ASKED):
        ours.do("ask_once", number=number)  # each kept its evidence once
    rounds = [
        (ours.do("ask_once", number=n)[0], ours.do("ask_simply", number=n)[0])
        for _ in range(pairs)
        for n in range(ASKED)
    ]
    for kind, unit in (("wall", "ms"), ("cpu", "CPU ms")):
        both = ([1000 * getattr(cost, kind) for cost in side] for side in zip(*rounds, strict=True))
        name = f"match.search.{offers}.rank" + ".cpu" * (kind == "cpu")
        yield line(name, *both, unit=unit, digits=1, offers=offers)


def _pages(ours: Side, server: Server, market: dict, pairs: int, offers: int) -> Iterator[str]:
    paths = [f"/exchange/listing/{need}/matches/" for need in market["needs"]]
    who = {"slug": market["slug"], "paths": paths, "cookies": market["cookies"]}
    server.ask(**who, at_once=2 * THREADS, times=4)  # each process reads the shelf once
    for at_once in (1, AT_ONCE):
        served = [server.ask(**who, at_once=at_once, times=20 if at_once == 1 else 2) for _number in range(pairs)]
        cpu = {kind: round(min(getattr(each, kind) for each in served), 1) for kind in ("cpu", "database")}
        facts = {"offers": offers, "at_once": at_once, "cpu_ms": cpu["cpu"], "database_cpu_ms": cpu["database"]}
        facts["load"] = round(os.getloadavg()[0], 1)
        name = f"match.search.{offers}" + f".{at_once}_at_once" * (at_once > 1)
        yield line(f"{name}.p95", [each.p95 for each in served], unit="ms", digits=0, **facts)
    found = [_seconds_until_found(ours, server, market, number) for number in range(pairs)]
    yield line(f"match.search.{offers}.new", found, digits=2, offers=offers)


def _seconds_until_found(ours: Side, server: Server, market: dict, number: int) -> float:
    """From the delivery of the message to the page that shows it."""
    title, started = ours.do("publish_answer", number=number)[1], time.perf_counter()
    path = f"/exchange/listing/{market['needs'][number]}/matches/"
    while title not in server.get(market["slug"], path, market["cookies"]):
        assert time.perf_counter() - started < LONGEST_WAIT, "it is not found"
    return time.perf_counter() - started


def _facts(settled: tuple, best: tuple) -> dict[str, float]:
    """The worst of all rounds."""
    shares = [100 * found["total"] / most["total"] for (_cost, found), most in zip(settled, best, strict=True)]
    return {
        "of_best": round(min(shares), 2),
        "without": max(found["without"] for _cost, found in settled),
        "evenness": min(found["evenness"] for _cost, found in settled),
    }
