"""Many secretariats at work on a real server: how many a second, how long they wait, and whether one spoils it."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from tests.bench.figures import line
from tests.bench.load import Answer, People, as_fast_as_it_answers, at_a_rate
from tests.bench.places import Places
from tests.bench.serving import Server, serving
from tests.bench.sides import Side

CHAMBERS, MEMBERS = 20, 200
SECONDS = 15.0
USUAL, LOUD = 0.6, 10  # of the peak; times as much as each of the others


def serve_rps(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Answers a second of 20 chambers' usual pages, 1 in 20 a form that is saved; the baseline is the same on
    django-tenants as it comes. Then the 95th percentile at 60 % of that, in an open loop."""
    with Side(places, "ours") as ours, ExitStack() as stack:
        secretariats = ours.do("secretariats", chambers=CHAMBERS, members=MEMBERS)[1]
        sides = [stack.enter_context(serving(places, side)) for side in ("ours", "stock_pages")]
        for server in sides:
            warm(server, secretariats)
        rounds = [[peak(server, secretariats) for server in sides] for _number in range(pairs)]
        peaks, stock = map(list, zip(*rounds, strict=True))
        rate = USUAL * statistics.median(peaks)
        waited = [whole(at_a_rate(sides[0], people_of(secretariats), rate=rate, seconds=SECONDS)) for _ in range(pairs)]
    yield line("serve.rps", peaks, stock, unit="answers/s", digits=1, more_is_better=True, chambers=CHAMBERS)
    yield line("serve.p95", [p95(each) for each in waited], unit="ms", digits=0, rate=round(rate, 1))


def serve_noisy(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """The others' 95th percentile while one chamber asks ten times as much as each of them; the baseline is the same
    hour without that, at 60 % of the peak. `ratio` is how many times as long they wait; by turns."""
    with Side(places, "ours") as ours:
        secretariats = ours.do("secretariats", chambers=CHAMBERS, members=MEMBERS)[1]
        with serving(places) as server:
            warm(server, secretariats)
            rate = USUAL * statistics.median(peak(server, secretariats) for _number in range(3))
            rounds = [
                (_noisy(server, secretariats, rate, 1), _noisy(server, secretariats, rate, LOUD)) for _ in range(pairs)
            ]
    usual, loud = ([p95(_others(answers, secretariats)) for answers in side] for side in zip(*rounds, strict=True))
    told = [answer for _usual, answers in rounds for answer in answers]
    facts = {"rate": round(rate, 1), "turned_away": _turned_away(told, secretariats)}
    yield line("serve.noisy", loud, usual, unit="ms", digits=0, more_is_better=True, **facts)


def warm(server: Server, secretariats: list[Any]) -> None:
    """Each process has answered; two at once, so that nobody is in another's way."""
    as_fast_as_it_answers(server, people_of(secretariats), seconds=SECONDS, at_once=2)


def peak(server: Server, secretariats: list[Any]) -> float:
    return as_fast_as_it_answers(server, people_of(secretariats), seconds=SECONDS)


def _noisy(server: Server, secretariats: list[Any], rate: float, times: int) -> list[Answer]:
    """The others ask as much as ever: the one asks `times` as much on top."""
    people = People(secretariats, [times, *[1] * (CHAMBERS - 1)])
    return at_a_rate(server, people, rate=rate * (times + CHAMBERS - 1) / CHAMBERS, seconds=SECONDS)


def people_of(secretariats: list[Any]) -> People:
    return People(secretariats, [1] * len(secretariats))


def whole(answers: Sequence[Answer]) -> Sequence[Answer]:
    assert not (failed := {a.status for a in answers} - {200, 302}), failed
    return answers


def _others(answers: Sequence[Answer], secretariats: list[Any]) -> list[Answer]:
    """Nobody of them may be turned away."""
    return list(whole([answer for answer in answers if answer.slug != secretariats[0]["slug"]]))


def _turned_away(answers: Sequence[Answer], secretariats: list[Any]) -> float:
    """Share of the loud chamber's requests."""
    loud = [answer.status for answer in answers if answer.slug == secretariats[0]["slug"]]
    return round(loud.count(503) / len(loud), 2)


def p95(answers: Sequence[Answer]) -> float:
    return statistics.quantiles([answer.ms for answer in answers], n=20)[-1]
