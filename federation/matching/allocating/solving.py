"""Finds the distribution with the highest sum of scores, and for the chambers' sake the one that is a little below it.

A flow of least cost: chambers → needs → offers, each chamber's first needs worth a bonus (A.4). Run it by
`run_limited`: OR-tools and what a contest takes are memory that neither the web nor the worker is to keep.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import ortools
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from federation.matching.allocating.contest import EDGES, POINTS, STEPS, Contest, Settled

Numbers = NDArray[np.int64]


class NotSolved(RuntimeError):
    """The solver gave up; the network is always feasible, so this is a fault of ours."""


def settle(contest: Contest) -> Settled:
    """The same contest always has the same answer."""
    network = Network.of(contest)
    every, pairs = np.arange(len(network.needs)), network.best(EDGES)
    fair = network.solve(pairs, STEPS)
    if network.has_waste(fair):
        pairs, fair = every, network.solve(every, STEPS)
    by_score, left_out, is_raised = network.solve(pairs, ()), network.left_out(fair), False
    if left_out:
        wide = network.solve(every, (network.more_than_all, *STEPS[1:]))
        is_raised = network.left_out(wide) < left_out
        fair = wide if is_raised else fair
    return Settled(_plain(fair), _plain(by_score), is_raised, f"ortools {ortools.__version__}")


@dataclass(frozen=True)
class Network:
    """The contest as arrays. Nodes: the source, chambers, needs, offers, the sink."""

    needs: Numbers
    offers: Numbers
    points: Numbers
    chambers: Numbers
    times: Numbers
    served: Numbers

    @classmethod
    def of(cls, contest: Contest) -> "Network":
        told = (contest.needs, contest.offers, contest.points, contest.chambers, contest.times, contest.served)
        return cls(*(np.asarray(numbers, dtype=np.int64) for numbers in told))

    @property
    def more_than_all(self) -> int:
        """A bonus that outweighs every other difference."""
        return (len(self.chambers) + 1) * (POINTS + sum(STEPS))

    def best(self, edges: int) -> Numbers:
        """The numbers of each need's best pairs."""
        order = np.argsort(self.needs * (POINTS + 1) - self.points, kind="stable")
        sorted_needs = self.needs[order]
        place = np.arange(len(order)) - np.searchsorted(sorted_needs, sorted_needs)
        return np.sort(order[place < edges])

    def left_out(self, given: Numbers) -> int:
        """How many chambers have nothing, although one of their needs asks for what can be given."""
        has = self.served > 0
        has[self.chambers[self.needs[given]]] = True
        asks = np.zeros(len(self.served), dtype=bool)
        asks[self.chambers[self.needs[self.times[self.offers] > 0]]] = True
        return int((asks & ~has).sum())

    def has_waste(self, given: Numbers) -> bool:
        """Whether a need has nothing although it asks for an offer that can still be given: its pair was cut off."""
        left = self.times - np.bincount(self.offers[given], minlength=len(self.times))
        has = np.zeros(len(self.chambers), dtype=bool)
        has[self.needs[given]] = True
        return bool((~has[self.needs] & (left[self.offers] > 0)).any())

    def solve(self, pairs: Numbers, steps: tuple[int, ...]) -> Numbers:
        """Those of the pairs that are given. Raises NotSolved."""
        flow, sink = SimpleMinCostFlow(), 1 + len(self.served) + len(self.chambers) + len(self.times)
        most = int(min(len(self.chambers), self.times.sum()))
        flow.add_arcs_with_capacity_and_unit_cost(*self._chamber_arcs(steps))
        asked = flow.add_arcs_with_capacity_and_unit_cost(*self._pair_arcs(pairs))
        flow.add_arcs_with_capacity_and_unit_cost(*self._end_arcs(sink))
        flow.add_arc_with_capacity_and_unit_cost(0, sink, most, 0)  # nobody has to be served
        flow.set_node_supply(0, most)
        flow.set_node_supply(sink, -most)
        status = flow.solve()
        if status != SimpleMinCostFlow.OPTIMAL:
            raise NotSolved(str(status))
        given: Numbers = pairs[flow.flows(asked) > 0]
        return given

    def _chamber_arcs(self, steps: tuple[int, ...]) -> tuple[Numbers, ...]:
        """From the source to each chamber: one arc for each step that it has not used up, and one for all further."""
        chamber, step = np.meshgrid(np.arange(len(self.served)), np.arange(len(steps)), indexing="ij")
        is_left = step >= self.served[:, None]
        gains = np.asarray(steps, dtype=np.int64)[step[is_left]]
        further = np.bincount(self.chambers, minlength=len(self.served))
        head = 1 + np.concatenate([chamber[is_left], np.arange(len(self.served))])
        capacity = np.concatenate([np.ones(len(gains), dtype=np.int64), further])
        cost = np.concatenate([-gains, np.zeros(len(further), dtype=np.int64)])
        return np.zeros(len(head), dtype=np.int64), head, capacity, cost

    def _pair_arcs(self, pairs: Numbers) -> tuple[Numbers, ...]:
        first_need = 1 + len(self.served)
        first_offer = first_need + len(self.chambers)
        ones = np.ones(len(pairs), dtype=np.int64)
        return first_need + self.needs[pairs], first_offer + self.offers[pairs], ones, -self.points[pairs]

    def _end_arcs(self, sink: int) -> tuple[Numbers, ...]:
        """From chambers to their needs, one each; from offers to the sink, as often as they can be given."""
        first_need = 1 + len(self.served)
        first_offer = first_need + len(self.chambers)
        tail = np.concatenate([1 + self.chambers, first_offer + np.arange(len(self.times))])
        head = np.concatenate([first_need + np.arange(len(self.chambers)), np.full(len(self.times), sink)])
        capacity = np.concatenate([np.ones(len(self.chambers), dtype=np.int64), self.times])
        return tail, head, capacity, np.zeros(len(tail), dtype=np.int64)


def _plain(pairs: Any) -> tuple[int, ...]:
    return tuple(map(int, pairs))
