"""What a chamber's capabilities can say of its own records when it is asked for a figure by name: KPIs and figures."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import current_actor
from huiguan.capability import Capability, Figure, Place, capabilities
from huiguan.kpis import Kpi, Period

Text = str | Promise


@dataclass(frozen=True)
class Offer:
    """`measure` works in the chamber's schema, for whoever holds `permission`; None when nothing can be said."""

    name: str
    label: Text
    unit: Text
    permission: str
    measure: Callable[[Period], float | None]
    is_of_today: bool = False


@dataclass(frozen=True)
class Found:
    """`said` is the figure in plain digits; `where` tells a person what it was counted from."""

    said: str
    where: str


def offers() -> dict[str, Offer]:
    """All that can be asked for by name, in the order of the navigation."""
    found = [o for c in capabilities(Place.CHAMBER) for o in (*_figures(c), *_kpis(c))]
    return {offer.name: offer for offer in found}


def find(name: str, period: Period) -> Found | None:
    """Counted now, in the bound chamber, if the actor may see it and there is anything to count."""
    offer = offers().get(name)
    if offer is None or not current_actor().can(offer.permission):
        return None
    value = offer.measure(period)
    return Found(plain(value), _where(offer, period)) if value is not None else None


def plain(value: float) -> str:
    """To one decimal, and none where there is none: 92.5, 40."""
    return f"{value:.1f}".removesuffix(".0")


def _where(offer: Offer, period: Period) -> str:
    if offer.is_of_today:
        return _("{figure}, as of {day}").format(figure=offer.label, day=f"{localdate():%Y-%m-%d}")
    return _("{figure}, {first} to {last}").format(figure=offer.label, first=_day(period.first), last=_day(period.last))


def _day(day: datetime.date) -> str:
    return f"{day:%Y-%m-%d}"


def _figures(capability: Capability) -> list[Offer]:
    """Those with a code; they are of the day on which they are counted."""
    named = [figure for figure in capability.figures if figure.code]
    return [_figure(capability, figure) for figure in named]


def _figure(capability: Capability, figure: Figure) -> Offer:
    name, permission = f"{capability.name}.{figure.code}", figure.permission or f"{capability.name}.view"
    return Offer(name, figure.label, figure.unit, permission, lambda _period: figure.compute()[0], is_of_today=True)


def _kpis(capability: Capability) -> list[Offer]:
    return [_kpi(capability, kpi) for kpi in capability.kpis]


def _kpi(capability: Capability, kpi: Kpi) -> Offer:
    return Offer(
        kpi.code, kpi.label, kpi.counted_in, f"{capability.name}.view", lambda period: kpi.measure(period).value
    )
