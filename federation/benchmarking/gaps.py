"""How far a figure is from the middle of the federation, in widths of its middle half. Pure. [federation.md B.5]"""

from collections.abc import Iterable

from federation.benchmarking.disclosure import ROUNDING

WIDE = 0.5  # from here on it is worth doing something
MOST = 2.0  # no single chamber weighs more in the choice of a topic
CHAMBERS_OF_A_TOPIC = 5
SMALLEST_STEP = 0.01


def gap(
    own: float | None, *, median: float | None, lower: float | None, upper: float | None, unit: str, direction: int
) -> float | None:
    """Positive when the chamber is behind; None where no quartiles are published or neither way is better."""
    if own is None or median is None or lower is None or upper is None or not direction:
        return None
    return direction * (median - own) / max(upper - lower, ROUNDING.get(unit, SMALLEST_STEP))


def weight_as_topic(gaps: Iterable[float]) -> float:
    """0 when fewer than five chambers are far behind: a topic of one or two would point at them. [T15]"""
    found = list(gaps)
    if sum(each > WIDE for each in found) < CHAMBERS_OF_A_TOPIC:
        return 0.0
    return sum(min(max(each, 0.0), MOST) for each in found)
