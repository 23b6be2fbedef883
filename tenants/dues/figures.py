"""Collection rate, ageing and forecast: what a treasurer is asked about. [S2]"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Series
from tenants.dues.models import Charge, Entry, Ruleset

EDGES = ((None, 0), (0, 30), (30, 90), (90, 180), (180, 365), (365, None))  # days late


@dataclass(frozen=True)
class Standing:
    """A year's dues, or a part of them; amounts in fen. `waived_fen` is not counted as due."""

    name: str
    members: int
    charged_fen: int
    waived_fen: int
    open_fen: int

    @property
    def due_fen(self) -> int:
        return self.charged_fen - self.waived_fen

    @property
    def settled_fen(self) -> int:
        return self.due_fen - self.open_fen

    @property
    def rate(self) -> float | None:
        """Settled of what is due, 0 to 100."""
        return 100 * self.settled_fen / self.due_fen if self.due_fen else None


def standing_of(year: int) -> Standing:
    return _standing("", Charge.objects.of_year(year))


def by_level(year: int) -> list[Standing]:
    """Each level of the year, the dearest first."""
    charges = Charge.objects.of_year(year)
    names = charges.values_list("level").annotate(most=Sum("amount_fen") / Count("id")).order_by("-most")
    return [_standing(name or _("no level"), charges.filter(level=name)) for name, _most in names]


def by_group(year: int) -> list[Standing]:
    """By the groups of the members; who is in several counts in each."""
    return _by(year, "member__groups__group__name")


def by_region(year: int) -> list[Standing]:
    return _by(year, "member__region")


def _by(year: int, field: str) -> list[Standing]:
    charges = Charge.objects.of_year(year)
    names = charges.values_list(field, flat=True).order_by(field).distinct()
    return [_standing(name, charges.filter(**{field: name})) for name in names if name]


def _standing(name: str, charges: Any) -> Standing:
    summed = charges.order_by().aggregate(n=Count("member", distinct=True), a=Sum("amount_fen"), o=Sum("open_fen"))
    undone = Q(kind=Entry.Kind.REVERSED, reverses__kind=Entry.Kind.WAIVED)
    waived = Entry.objects.filter(Q(kind=Entry.Kind.WAIVED) | undone, charge__in=charges.order_by()).total()
    return Standing(name, summed["n"], summed["a"] or 0, -waived, summed["o"] or 0)


def ageing(on: datetime.date | None = None) -> list[tuple[str, int, int]]:
    """What is open by how late it is: words, number of charges, fen."""
    today = on or localdate()
    return [(_age_words(low, high), *_open_between(today, low, high)) for low, high in EDGES]


def _age_words(low: int | None, high: int | None) -> str:
    if low is None:
        return _("not due yet")
    if high is None:
        return _("over {n} days").format(n=low)
    return _("{a} to {b} days").format(a=low + 1, b=high)


def _open_between(today: datetime.date, low: int | None, high: int | None) -> tuple[int, int]:
    """Charges that are more than `low` and at most `high` days late."""
    found = Charge.objects.open()
    if low is not None:
        found = found.filter(due_on__lt=today - datetime.timedelta(days=low))
    if high is not None:
        found = found.filter(due_on__gte=today - datetime.timedelta(days=high))
    summed = found.order_by().aggregate(n=Count("id"), s=Sum("open_fen"))
    return summed["n"], summed["s"] or 0


def ageing_chart() -> Chart:
    rows = ageing()
    series = [Series(_("Open"), [round(fen / 100) for _words, _n, fen in rows])]
    return Chart(_("Open dues by age"), [words for words, _n, _fen in rows], series, unit=_("yuan"), sideways=True)


def month_by_month() -> Chart:
    """What came in this year and last year, added up over the months."""
    year = localdate().year
    months = [_("month {n}").format(n=n) for n in range(1, 13)]
    series = [Series(str(y), _added_up(y)) for y in (year - 1, year)]
    return Chart(_("Dues that came in, added up"), months, series, kind="line", unit=_("yuan"))


def _added_up(year: int) -> list[float | None]:
    """Yuan to the end of each month; nothing for months to come."""
    undone = Q(kind=Entry.Kind.REVERSED, reverses__kind=Entry.Kind.PAID)
    paid = Entry.objects.filter(Q(kind=Entry.Kind.PAID) | undone | Q(kind=Entry.Kind.REFUNDED), booked_on__year=year)
    rows = paid.annotate(month=ExtractMonth("booked_on")).values_list("month").annotate(s=Sum("amount_fen")).order_by()
    came, total, today = dict(rows), 0, localdate()
    sums: list[float | None] = []
    for month in range(1, 13):
        total -= came.get(month, 0)
        sums.append(round(total / 100) if (year, month) <= (today.year, today.month) else None)
    return sums


@dataclass(frozen=True)
class Forecast:
    """What may still come in this year, and what that rests on; amounts in fen."""

    settled_fen: int
    expected_fen: int
    basis: str


def forecast(year: int) -> Forecast | None:
    """What is open now, times the share of what was open a year ago that came in afterwards. None without last year."""
    today, now = localdate(), standing_of(year)
    then = today.replace(year=today.year - 1, day=min(today.day, 28))
    before = Charge.objects.of_year(year - 1)
    charged = before.order_by().aggregate(s=Sum("amount_fen"))["s"] or 0
    of_last = Entry.objects.filter(charge__in=before.order_by()).exclude(kind=Entry.Kind.ASSESSED)
    open_then = charged + of_last.filter(booked_on__lte=then).total()
    if not charged or open_then <= 0:
        return None
    share = min(1.0, max(0.0, -of_last.filter(booked_on__gt=then).total() / open_then))
    text = _("Of what was open on {day:%Y-%m-%d}, {share:.0f}% came in afterwards.")
    expected = round(now.open_fen * share)
    return Forecast(now.settled_fen, expected, text.format(day=then, share=100 * share))


def collected() -> tuple[float | None, float | None]:
    """The rate of this year; without an assessment there is none."""
    rate = standing_of(localdate().year).rate
    return (None if rate is None else round(rate, 1)), None


def in_arrears() -> tuple[float | None, float | None]:
    return Charge.objects.overdue(localdate()).values("member").distinct().count(), None


def has_rules() -> bool:
    return Ruleset.objects.filter(status=Ruleset.Status.ADOPTED).exists()
