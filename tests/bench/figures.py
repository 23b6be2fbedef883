"""From measurements to one line of JSON."""

import json
import statistics
from collections.abc import Sequence
from typing import Any


def line(
    name: str,
    values: Sequence[float],
    baseline: Sequence[float] | None = None,
    *,
    unit: str = "s",
    digits: int = 4,
    more_is_better: bool = False,
    **facts: Any,
) -> str:
    """`ratio` is how many times better than the baseline, the median of the pairs; `spread` the quartile distance of
    the values, as a share of their median."""
    pairs = list(zip(values, baseline, strict=True)) if baseline else []
    ratios = [(ours / theirs if more_is_better else theirs / ours) for ours, theirs in pairs if ours and theirs]
    shown = {
        "name": name,
        "value": round(statistics.median(values), digits),
        "unit": unit,
        "baseline": round(statistics.median(baseline), digits) if baseline else None,
        "ratio": round(statistics.median(ratios), 2) if ratios else None,
        "n": len(values),
        "spread": spread(values),
    }
    return json.dumps({**shown, **facts}, ensure_ascii=False)


def spread(values: Sequence[float]) -> float:
    if len(values) < 2 or not statistics.median(values):
        return 0.0
    lower, _middle, upper = statistics.quantiles(values, n=4)
    return round((upper - lower) / statistics.median(values), 3)
