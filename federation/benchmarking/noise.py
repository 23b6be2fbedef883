"""D13: quartiles with noise, for what is told outside the federation. Pure. [federation.md B.3]

The exponential mechanism chooses each quartile from a grid that is fixed beforehand: a candidate is the likelier the
nearer its rank is to the one asked for. What is told is at most e^epsilon times as likely with another figure of one
chamber, whatever else is known.
"""

import math
import random
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from federation.benchmarking.disclosure import RULES

QUARTILES = (0.25, 0.5, 0.75)
# Lowest, highest and step that are told in a unit. What lies outside counts as the end it is nearer to.
GRIDS: Mapping[str, tuple[float, float, float]] = {
    "%": (0.0, 100.0, 1.0),
    "d": (0.0, 365.0, 0.5),
    "h": (0.0, 720.0, 0.5),
    "pt": (1.0, 5.0, 0.1),
}


class Told(NamedTuple):
    """What may be said outside of one KPI, and what of its budget that costs."""

    lower: float
    median: float
    upper: float
    epsilon: float


def told_outside(values: Sequence[float], *, unit: str, chance: random.Random) -> Told | None:
    """None for fewer than a hundred chambers, where noise leaves nothing, and for a unit without a range."""
    if len(values) < RULES["n_outside"] or unit not in GRIDS:
        return None
    grid, share = grid_of(unit), RULES["epsilon_outside"] / len(QUARTILES)
    drawn = [chance.choices(grid, chances(values, q, grid=grid, epsilon=share))[0] for q in QUARTILES]
    lower, median, upper = sorted(drawn)
    return Told(lower, median, upper, RULES["epsilon_outside"])


def grid_of(unit: str) -> list[float]:
    """Every number that may be told in a unit, whatever the chambers sent."""
    low, high, step = GRIDS[unit]
    return [round(low + step * place, 6) for place in range(round((high - low) / step) + 1)]


def chances(values: Sequence[float], q: float, *, grid: Sequence[float], epsilon: float) -> list[float]:
    """How likely each number of the grid is told as the q-quantile: e^(epsilon * utility / 2), which add up to 1.

    The utility is minus the distance in ranks; one chamber's figure changes it by at most one.
    """
    ordered = sorted(values)
    away = [abs(bisect_left(ordered, candidate) - q * len(ordered)) for candidate in grid]
    nearest = min(away)
    weights = [math.exp(-epsilon * (distance - nearest) / 2) for distance in away]
    total = sum(weights)
    return [weight / total for weight in weights]
