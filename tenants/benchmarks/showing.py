"""The chamber's figures beside what the federation released: what the page and the chart say."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from federation.benchmarking.queries import SeenKpi, seen_by
from federation.registry.queries import FederationOfChamber
from huiguan.capability import kpis
from huiguan.kpis import Kpi, in_unit, last_quarter
from tenants.benchmarks.models import Figure, Share

QUARTERS = 4
BENCHMARKING = "benchmarking"


class Row(NamedTuple):
    """One KPI on the page."""

    kpi: Kpi
    value: str
    is_thin: bool
    quality: int
    trend: list[float | None]
    share: Share | None
    seen: SeenKpi | None
    standing: str


def quarters_before(year: int, quarter: int, count: int = QUARTERS) -> list[tuple[int, int]]:
    """`count` quarters, the given one last."""
    numbers = range(4 * year + quarter - count, 4 * year + quarter)
    return [(n // 4, n % 4 + 1) for n in numbers]


def rows(federation: FederationOfChamber | None, chamber_id: Any) -> list[Row]:
    """Every KPI that exists, with the chamber's value of the last quarter and the newest release."""
    year, quarter = last_quarter()
    figures = {(f.code, f.year, f.quarter): f for f in Figure.objects.filter(year__gte=year - 1)}
    shares = {s.code: s for s in Share.objects.standing(federation.id)} if federation else {}
    seen = seen_by(chamber_id=chamber_id, federation_id=federation.id) if federation else {}
    past = quarters_before(year, quarter)
    return [
        _row(kpi, [figures.get((code, *q)) for q in past], shares.get(code), seen.get(code))
        for code, kpi in kpis().items()
    ]


def _row(kpi: Kpi, past: Iterable[Figure | None], share: Share | None, seen: list[SeenKpi] | None) -> Row:
    trend = list(past)
    now = trend[-1]
    newest = seen[0] if seen else None
    return Row(
        kpi=kpi,
        value=in_unit(now.value if now else None, kpi.unit),
        is_thin=now is not None and now.value is None,
        quality=round(100 * now.quality) if now else 0,
        trend=[round(f.value, 1) if f and f.value is not None else None for f in trend],
        share=share,
        seen=newest,
        standing=_standing(newest, kpi),
    )


def _standing(seen: SeenKpi | None, kpi: Kpi) -> str:
    if seen is None:
        return ""
    if seen.median is None:
        return _("Fewer than six chambers: nothing is published.")
    if seen.lower is not None and seen.lower == seen.upper:
        return _("The middle half of the chambers have {median}.").format(median=in_unit(seen.median, kpi.unit))
    if seen.quartile is None:
        text = _("Half of the chambers are above {median}. Quartiles need at least ten chambers.")
        return text.format(median=in_unit(seen.median, kpi.unit))
    words = {1: _("lowest quarter"), 2: _("second quarter"), 3: _("third quarter"), 4: _("highest quarter")}
    return _("{place} (median {median})").format(place=words[seen.quartile], median=in_unit(seen.median, kpi.unit))
