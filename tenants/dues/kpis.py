"""Key figures of dues. [federation.md B.2: K01, K03, K05]"""

from statistics import median

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from huiguan.kpis import Kpi, Measured, Period, rate
from tenants.dues.models import Charge, Entry


def collection_rate(period: Period) -> Measured:
    """Of what fell due in the period, waivers not counted, what was settled by its last day. The weight is fen."""
    charges = Charge.objects.standing().filter(due_on__range=(period.first, period.last)).order_by()
    entries = Entry.objects.filter(charge__in=charges, booked_on__lte=period.last)
    waived = entries.filter(_what_is(Entry.Kind.WAIVED)).total()
    due = (charges.aggregate(s=Sum("amount_fen"))["s"] or 0) + waived
    still = (charges.aggregate(s=Sum("amount_fen"))["s"] or 0) + entries.exclude(kind=Entry.Kind.ASSESSED).total()
    measured = rate(due - still, due)
    return measured._replace(numerator=charges.filter(open_fen=0).count(), denominator=charges.count())


def dues_retention(period: Period) -> Measured:
    """Last year's dues that the same members were charged again, at most as much as before."""
    before = dict(Charge.objects.of_year(period.last.year - 1).values_list("member", "amount_fen"))
    after = dict(Charge.objects.of_year(period.last.year).values_list("member", "amount_fen"))
    kept = sum(min(fen, after.get(member, 0)) for member, fen in before.items())
    total = sum(before.values())
    return Measured(100 * kept / total if total else None, len(before.keys() & after.keys()), len(before))


def days_overdue(period: Period) -> Measured:
    """The median of the days by which open charges were late on the last day."""
    late = Charge.objects.overdue(period.last).values_list("due_on", flat=True)
    days = [(period.last - due).days for due in late]
    return Measured(median(days) if days else None, len(days), len(days))


def _what_is(kind: str) -> Q:
    """Entries of a kind, and those that took them back."""
    return Q(kind=kind) | Q(kind=Entry.Kind.REVERSED, reverses__kind=kind)


KPIS = (
    Kpi(
        "K01", _("Dues collected"), _("Of the dues that fell due, without waivers: what was settled."), collection_rate
    ),
    Kpi("K03", _("Dues retained"), _("Last year's dues that the same members are charged this year."), dues_retention),
    Kpi(
        "K05",
        _("Age of overdue dues"),
        _("Half of the open charges are late by at most so many days."),
        days_overdue,
        unit="d",
        direction=-1,
    ),
)
