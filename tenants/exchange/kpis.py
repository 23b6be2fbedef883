"""Key figures of the exchange, from what the federation knows of this chamber's own needs and introductions. [B.2]"""

from statistics import median

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from federation.matching.introductions import Introduction
from federation.matching.models.states import Status
from federation.matching.queries import introductions
from huiguan.actors import current_actor
from huiguan.kpis import Kpi, Measured, Period, rate
from huiguan.tenancy.binding import current_chamber
from tenants.exchange.models import Listing

SECONDS_PER_HOUR = 3600


def needs_answered(period: Period) -> Measured:
    """Needs published in the period whose agreement both sides have confirmed: one side's word is not enough."""
    published = Listing.objects.filter(
        kind=Listing.Kind.NEED, published_at__date__gte=period.first, published_at__date__lte=period.last
    )
    keys = {str(key) for key in published.values_list("pk", flat=True)}
    confirmed = {i.mine.id for i in _introductions() if i.interest.status == Status.CONFIRMED}
    return rate(len(keys & confirmed), len(keys))


def hours_to_first_answer(period: Period) -> Measured:
    """Median hours from another chamber's interest to this chamber's first answer."""
    hours = [
        (i.interest.answered_at - i.interest.sent_at).total_seconds() / SECONDS_PER_HOUR
        for i in _introductions()
        if i.is_incoming
        and i.interest.answered_at
        and period.first <= localtime(i.interest.sent_at).date() <= period.last
    ]
    return Measured(median(hours) if hours else None, sum(hours), len(hours))


KPIS = [
    Kpi(
        "K14",
        _("Needs met through matching"),
        _("Needs published in the period whose agreement both sides confirmed, of all needs published"),
        needs_answered,
        version=2,
    ),
    Kpi(
        "K15",
        _("Time to the first answer"),
        _("Median hours from another chamber's interest to the first answer"),
        hours_to_first_answer,
        unit="h",
        direction=-1,
    ),
]


def _introductions() -> list[Introduction]:
    chamber = current_chamber()
    chamber_id = chamber.pk if chamber else current_actor().chamber_id
    return introductions(chamber_id=chamber_id) if chamber_id else []
