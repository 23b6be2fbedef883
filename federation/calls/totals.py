"""A total that chambers may read: it must not tell what one of them answered. Pure. [federation.md B.3, D2, D4]

The coordinator reads each signed answer anyway; this is for the other chambers. Published once, never recomputed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

NUMBER_FOR_TOTAL, OTHERS_FOR_BAND = 10, 5
LARGEST_SHARE, P_PERCENT = Decimal("0.25"), Decimal("0.15")
LEAST_BAND = 10  # below it a band is nearly the figure itself


@dataclass(frozen=True)
class Total:
    """`exact`, or `over` as a power of ten, or neither: a total that must not be told looks like no other."""

    exact: Decimal | None = None
    over: Decimal | None = None


def total_of(values: Sequence[Decimal]) -> Total:
    """D4: a total of at least ten, none above a quarter, and the second largest cannot work the largest out to 15 %.

    Otherwise the power of ten that it is over, from five others on (D2): whoever knows all the other answers learns of
    the last one no more than a side of it, or a range as wide as nine times that power.
    """
    whole, ordered = sum(values, Decimal()), sorted(values, reverse=True)
    if len(ordered) <= OTHERS_FOR_BAND:
        return Total()
    if len(ordered) >= NUMBER_FOR_TOTAL and _tells_of_nobody(ordered, whole):
        return Total(exact=whole)
    return Total(over=_band(whole)) if whole > LEAST_BAND else Total()


def _tells_of_nobody(ordered: Sequence[Decimal], whole: Decimal) -> bool:
    largest, second = ordered[:2]
    return 0 < largest <= LARGEST_SHARE * whole and whole - largest - second >= P_PERCENT * largest


def _band(whole: Decimal) -> Decimal:
    """The largest power of ten below it: what equals one is not over it."""
    exponent = whole.adjusted()
    power = Decimal(10) ** exponent
    return power if whole > power else power / 10
