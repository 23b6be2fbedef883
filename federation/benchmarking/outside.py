"""Says what may be told outside the federation, when a release was opened for it. [D13]"""

import random
from collections.abc import Iterable, Mapping

from federation.benchmarking.disclosure import ALL, Contribution, Outcome
from federation.benchmarking.models import OutsideCell, Release
from federation.benchmarking.noise import Told, told_outside
from huiguan.capability import kpis


def tell_outside(
    found: Release,
    outcomes: Mapping[str, Outcome],
    contributions: Mapping[str, Iterable[Contribution]],
    *,
    chance: random.Random,
) -> None:
    """Of each KPI that was published and not told outside in the same year before: once spends its budget."""
    if not found.is_for_outside:
        return
    year = {"federation": found.federation, "year": found.year}
    spent = set(OutsideCell.objects.filter(**year).values_list("code", flat=True))
    for code, outcome in outcomes.items():
        told = _told(outcome, contributions[code], kpis()[code].unit, chance)
        if told and code not in spent:
            OutsideCell.objects.create(**year, release=found, code=code, unit=kpis()[code].unit, **told._asdict())


def _told(outcome: Outcome, contributions: Iterable[Contribution], unit: str, chance: random.Random) -> Told | None:
    """Of those alone of whom the federation was told too."""
    if any(cell.cohort == ALL and cell.is_suppressed for cell in outcome.cells):
        return None
    values = [c.value for c in contributions if c.chamber in outcome.counted]
    return told_outside(values, unit=unit, chance=chance)
