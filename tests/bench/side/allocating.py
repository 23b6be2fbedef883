"""Scarce offers: a contest drawn by chance, settled by the product, by the best pair first, and at best."""

from array import array
from typing import Any

from federation.matching.allocating import running
from federation.matching.allocating.contest import POINTS, Contest

COMPATIBLE = 0.15
_drawn: list[Contest] = []


def draw_contest(needs: int, offers: int, chambers: int, seed: int) -> int:
    """Needs mostly of large chambers, offers that can be given up to three times; the number of pairs. [A.4]"""
    import numpy as np

    chance = np.random.default_rng(seed)
    sizes = 1.0 / np.arange(1, chambers + 1)
    of_need = np.append(np.arange(chambers), chance.choice(chambers, needs - chambers, p=sizes / sizes.sum()))
    of_offer, times = chance.integers(0, chambers, offers), chance.integers(1, 4, offers)
    is_fit = (chance.random((needs, offers)) < COMPATIBLE) & (of_need[:, None] != of_offer[None, :])
    need, offer = np.nonzero(is_fit)
    points = chance.integers(1, POINTS + 1, len(need))
    _drawn[:] = [Contest(*map(_plain, (need, offer, points, of_need, times, np.zeros(chambers, dtype=int))))]
    return len(need)


def settle_contest() -> dict[str, Any]:
    """As the product does, in a process of its own; the figures of what came out."""
    [contest] = _drawn
    return _figures(contest, running.settle(contest).given)


def settle_greedily() -> dict[str, Any]:
    """The best pair first, as long as there is something."""
    [contest] = _drawn
    left, has, given = list(contest.times), [False] * len(contest.chambers), []
    for pair in sorted(range(len(contest.needs)), key=contest.points.__getitem__, reverse=True):
        need, offer = contest.needs[pair], contest.offers[pair]
        if left[offer] and not has[need]:
            left[offer], has[need] = left[offer] - 1, True
            given.append(pair)
    return _figures(contest, given)


def settle_at_best() -> dict[str, Any]:
    """The highest sum of scores there is: no need's pairs are cut off, no chamber is regarded."""
    import numpy as np

    from federation.matching.allocating.solving import Network

    [contest] = _drawn
    network = Network.of(contest)
    return _figures(contest, network.solve(np.arange(len(network.needs)), ()).tolist())


def solver_memory() -> dict[str, float]:
    """Megabytes that a process holds more after numpy, and after OR-tools; the deed of a fresh process."""
    import importlib
    import os

    from tests.bench.machine import memory_of

    sizes = [memory_of(os.getpid()).resident]
    for module in ("numpy", "ortools.graph.python.min_cost_flow"):
        importlib.import_module(module)
        sizes.append(memory_of(os.getpid()).resident)
    return {"numpy": round(sizes[1] - sizes[0], 1), "ortools": round(sizes[2] - sizes[1], 1)}


def _figures(contest: Contest, given: Any) -> dict[str, Any]:
    got = contest.got(given)
    without = [chamber for chamber in set(contest.chambers) if not got[chamber]]
    return {
        "given": len(given),
        "total": contest.total(given),
        "without": len(without),
        "evenness": round(contest.evenness(given), 3),
    }


def _plain(numbers: Any) -> "array[int]":
    return array("q", numbers.tolist())
