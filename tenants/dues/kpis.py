"""Key figures of dues. [federation.md B.2: K01, K03, K05]"""

from statistics import median

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from huiguan.kpis import Kpi, Measured, Period, rate
from tenants.dues.models import Charge, Entry


def collection_rate(period: Period) -> Measured:
    """Of what fell due in the period, waivers not counted, what was settled by its last day. The weight is fen."""
    charges = Charge.objects.standing().filter(due_on__range=(period.first, period.last)).order_by()
    charged = charges.aggregate(fen=Sum("amount_fen", default=0), n=Count("pk"), paid=Count("pk", filter=Q(open_fen=0)))
    entries = Entry.objects.filter(charge__in=charges, booked_on__lte=period.last)
    booked = entries.exclude(kind=Entry.Kind.ASSESSED).aggregate(
        waived=Sum("amount_fen", filter=_what_is(Entry.Kind.WAIVED), default=0), fen=Sum("amount_fen", default=0)
    )
    measured = rate(booked["waived"] - booked["fen"], charged["fen"] + booked["waived"])
    return measured._replace(numerator=charged["paid"], denominator=charged["n"])


def dues_retention(period: Period) -> Measured:
    """Last year's dues that the same members were charged again, at most as much as before."""
    year = period.last.year
    both = Charge.objects.of_year(year - 1) | Charge.objects.of_year(year)
    fen = {name: Sum("amount_fen", filter=Q(year=of)) for name, of in (("before", year - 1), ("after", year))}
    found = both.order_by().values("member").annotate(**fen).filter(before__isnull=False).aggregate(
        total=Sum("before"), kept=Sum(Least("before", Coalesce("after", 0))), again=Count("after"), n=Count("before")
    )  # fmt: skip
    return Measured(100 * found["kept"] / found["total"] if found["total"] else None, found["again"], found["n"])


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
