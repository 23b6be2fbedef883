"""Collection rate, ageing and forecast: what a treasurer is asked about. [S2]"""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import ExtractMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Series
from tenants.dues.models import Charge, Entry, Ruleset

_SUM: Any = Sum("amount_fen")
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
    found = _standings(year, None)
    return found[0] if found else Standing("", 0, 0, 0, 0)


def by_level(year: int) -> list[Standing]:
    """Each level of the year, the one with the dearest members first."""
    found = [replace(row, name=row.name or _("no level")) for row in _standings(year, "level")]
    return sorted(found, key=lambda row: -row.charged_fen / row.members)


def by_group(year: int) -> list[Standing]:
    """By the groups of the members; who is in several counts in each."""
    return [row for row in _standings(year, "member__groups__group__name") if row.name]


def by_region(year: int) -> list[Standing]:
    return [row for row in _standings(year, "member__region") if row.name]


def _standings(year: int, field: str | None) -> list[Standing]:
    """The year's charges by a field, in two queries; without one, all together."""
    part = {"part": F(field) if field else Value("")}
    charges = Charge.objects.of_year(year).order_by()
    rows = charges.annotate(**part).values("part").annotate(n=Count("member", distinct=True), a=_SUM, o=Sum("open_fen"))
    waived = _waived(year, field)
    return [
        Standing(row["part"] or "", row["n"], row["a"] or 0, waived.get(row["part"], 0), row["o"] or 0)
        for row in rows.order_by("part")
    ]


def _waived(year: int, field: str | None) -> dict[str, int]:
    """In fen, by the same field; what was taken back is not counted."""
    undone = Q(kind=Entry.Kind.REVERSED, reverses__kind=Entry.Kind.WAIVED)
    waivers = Entry.objects.filter(Q(kind=Entry.Kind.WAIVED) | undone, charge__in=Charge.objects.of_year(year))
    part = {"part": F(f"charge__{field}") if field else Value("")}
    rows = waivers.order_by().annotate(**part).values("part").annotate(s=_SUM)
    return {row["part"]: -(row["s"] or 0) for row in rows}


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
