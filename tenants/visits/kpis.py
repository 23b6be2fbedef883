"""Key figure of the visits. [federation.md B.2: K09 走访覆盖率]"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from huiguan.kpis import Kpi, Measured, Period, rate
from tenants.visits.models import Visit


def visited(period: Period) -> Measured:
    """Of the members of the last day, who was visited in the twelve months to it. Without any visit nothing is said."""
    members = apps.get_model("members", "Member").objects.on(period.last)
    days = (Period.year_to(period.last).first, period.last)
    seen = Visit.objects.made().filter(on__range=days).order_by().values("member")
    total = members.count()
    return rate(members.filter(pk__in=seen).count(), total) if seen.exists() else Measured(None, 0, total)


KPIS = (
    Kpi(
        "K09",
        _("Members visited"),
        _("Members who were visited at least once in twelve months, of all members."),
        visited,
    ),
)
