"""The one door (D11): a chamber sees only what was published, of KPIs it contributed itself (D12)."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from federation.benchmarking.models import Place, Release, ReleaseCell
from federation.benchmarking.models.releases import chambers_in
from huiguan.tenancy.binding import in_federation


@dataclass(frozen=True)
class SeenKpi:
    """One KPI of one release for one chamber. `cohorts` are those with numbers; `quartile` 1 (lowest) to 4, or None."""

    release: str
    code: str
    unit: str
    median: float | None
    lower: float | None
    upper: float | None
    band: str
    quartile: int | None
    period: tuple[int, int]
    cohorts: list[ReleaseCell] = field(default_factory=list)

    @property
    def bounds(self) -> dict[str, float | None]:
        return {"median": self.median, "lower": self.lower, "upper": self.upper}

    @property
    def how_many(self) -> str:
        return chambers_in(self.band)


def open_releases(*, federation_id: uuid.UUID) -> list[Release]:
    """Quarters that still take figures."""
    with in_federation():
        return list(Release.objects.filter(federation_id=federation_id, status=Release.Status.OPEN))


def released_quarters(*, federation_id: uuid.UUID) -> set[tuple[int, int]]:
    """Year and quarter of each release that is made: nothing changes it any more (D5)."""
    with in_federation():
        frozen = Release.objects.filter(federation_id=federation_id, status=Release.Status.FROZEN)
        return set(frozen.order_by().values_list("year", "quarter"))


def seen_by(*, chamber_id: uuid.UUID, federation_id: uuid.UUID) -> dict[str, list[SeenKpi]]:
    """By KPI, the newest release first."""
    with in_federation():
        frozen = Release.objects.filter(federation_id=federation_id, status=Release.Status.FROZEN)
        releases = {r.pk: r for r in frozen}
        places = Place.objects.filter(release__in=releases, chamber_id=chamber_id)
        quartiles = {(p.release_id, p.code): p.quartile for p in places}
        cells: dict[tuple[uuid.UUID, str], list[ReleaseCell]] = defaultdict(list)
        for cell in ReleaseCell.objects.filter(release__in=releases):
            cells[cell.release_id, cell.code].append(cell)
    found: dict[str, list[SeenKpi]] = defaultdict(list)
    for (release_id, code), quartile in sorted(quartiles.items(), key=lambda i: releases[i[0][0]].period, reverse=True):
        found[code].append(_seen(releases[release_id], code, cells[release_id, code], quartile))
    return found


def _seen(release: Release, code: str, cells: list[ReleaseCell], quartile: int | None) -> SeenKpi:
    whole = next((c for c in cells if c.facet == "all"), None)
    numbers = (whole.median, whole.lower, whole.upper, whole.band) if whole else (None, None, None, "")
    unit = whole.unit if whole else ""
    shown = [c for c in cells if c.facet != "all" and c.median is not None]
    return SeenKpi(str(release), code, unit, *numbers, quartile, release.period, shown)
