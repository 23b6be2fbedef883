"""From a gap to a target: what is proposed, adopted, and measured again. [federation.md B.5]"""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.benchmarking.gaps import WIDE, gap
from federation.benchmarking.queries import SeenKpi, seen_by
from federation.registry.queries import FederationOfChamber
from huiguan.actors import current_actor
from huiguan.kpis import Kpi
from huiguan.months import months_after
from huiguan.tenancy.binding import current_chamber
from tenants.benchmarks.models import Figure, Target
from tenants.benchmarks.models.targets import RELEASES_BEFORE_MEASURING


@dataclass(frozen=True)
class Proposal:
    """Half of the chambers in a year, the better quarter in two."""

    value: float
    middle: float
    middle_by: datetime.date
    upper: float
    upper_by: datetime.date


@dataclass(frozen=True)
class Standing:
    """The chamber's own figure of a release beside what was published. The gap is known to the chamber alone."""

    kpi: Kpi
    seen: SeenKpi
    own: float | None

    @property
    def gap(self) -> float | None:
        return gap(self.own, unit=self.kpi.unit, direction=self.kpi.direction, **self.seen.bounds)

    @property
    def proposal(self) -> Proposal | None:
        """Only to a chamber that is far behind."""
        better = self.seen.upper if self.kpi.direction > 0 else self.seen.lower
        if self.own is None or self.gap is None or self.gap <= WIDE or self.seen.median is None or better is None:
            return None
        today = localdate()
        return Proposal(self.own, self.seen.median, months_after(today, 12), better, months_after(today, 24))


def standings(kpi: Kpi, federation: FederationOfChamber) -> list[Standing]:
    """By release, the newest first."""
    chamber = current_chamber()
    assert chamber is not None, "asked in a chamber"
    seen = seen_by(chamber_id=chamber.pk, federation_id=federation.id).get(kpi.code, [])
    figures = {(f.year, f.quarter): f.value for f in Figure.objects.filter(code=kpi.code)}
    return [Standing(kpi, each, figures.get(each.period)) for each in seen]


@transaction.atomic
def adopt(*, kpi: Kpi, federation: FederationOfChamber) -> Target:
    """What is proposed becomes the chamber's own."""
    current_actor().require("benchmarks.plan")
    newest = next(iter(standings(kpi, federation)), None)
    if newest is None or newest.proposal is None:
        raise ValidationError(_("There is no gap in the newest release that asks for a target."))
    if Target.objects.filter(code=kpi.code, federation_id=federation.id, status=Target.Status.STANDING).exists():
        raise ValidationError(_("There is a target for this figure already."))
    target = Target(code=kpi.code, unit=kpi.unit, federation_id=federation.id, federation_name=federation.name)
    (target.year, target.quarter), target.adopted_by = newest.seen.period, current_actor().name
    for field, value in vars(newest.proposal).items():
        setattr(target, field, value)
    target.save()
    return target


def value_now(target: Target) -> float | None:
    """The own value in the newest release when two were made since; None before."""
    chamber = current_chamber()
    assert chamber is not None, "asked in a chamber"
    seen = seen_by(chamber_id=chamber.pk, federation_id=target.federation_id).get(target.code, [])
    since = [each.period for each in seen if each.period > (target.year, target.quarter)]
    if len(since) < RELEASES_BEFORE_MEASURING:
        return None
    figure = Figure.objects.filter(code=target.code, year=since[0][0], quarter=since[0][1]).first()
    return figure.value if figure else None
