"""Collection rate, ageing and forecast: what a treasurer is asked about. [S2]"""

import datetime
from collections.abc import Iterable
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


class YearOfDues:
    """A year's dues from every side: read once by level and district, and once by group; the rest is added up."""

    def __init__(self, year: int) -> None:
        self.year = year
        self._parts = _standings(year, "level", "member__region")

    @property
    def standing(self) -> Standing:
        return _together("", self._parts.values())

    def by_level(self) -> list[Standing]:
        """Each level of the year, the one with the dearest members first."""
        return sorted(self._by(0, _("no level")), key=lambda row: -row.charged_fen / row.members)

    def by_region(self) -> list[Standing]:
        return [row for row in self._by(1) if row.name]

    def by_group(self) -> list[Standing]:
        """By the groups of the members; who is in several counts in each."""
        found = _standings(self.year, "member__groups__group__name")
        return [replace(row, name=name) for (name,), row in sorted(found.items()) if name]

    def _by(self, side: int, nameless: str = "") -> list[Standing]:
        names = sorted({key[side] for key in self._parts})
        of = {name: [row for key, row in self._parts.items() if key[side] == name] for name in names}
        return [_together(name or nameless, rows) for name, rows in of.items()]


def standing_of(year: int) -> Standing:
    return _together("", _standings(year).values())


def _together(name: str, parts: Iterable[Standing]) -> Standing:
    """Of parts that share no charge."""
    columns = list(zip(*((p.members, p.charged_fen, p.waived_fen, p.open_fen) for p in parts), strict=True))
    return Standing(name, *map(sum, columns)) if columns else Standing(name, 0, 0, 0, 0)


def _standings(year: int, *fields: str) -> dict[tuple[str, ...], Standing]:
    """The year's charges by some fields, in two queries; a member has one charge a year."""
    parts: dict[str, Any] = {f"part{n}": F(field) for n, field in enumerate(fields)} or {"all": Value("")}
    charges = Charge.objects.of_year(year).order_by().annotate(**parts).values(*parts)
    rows = charges.annotate(n=Count("pk"), a=_SUM, o=Sum("open_fen")).values_list(*parts, "n", "a", "o")
    waived = _waived(year, *fields)
    found = ((tuple(name or "" for name in key), n, a, o) for *key, n, a, o in rows)
    return {key: Standing("", n, a or 0, waived.get(key, 0), o or 0) for key, n, a, o in found}


def _waived(year: int, *fields: str) -> dict[tuple[str, ...], int]:
    """In fen, by the same fields; what was taken back is not counted."""
    undone = Q(kind=Entry.Kind.REVERSED, reverses__kind=Entry.Kind.WAIVED)
    waivers = Entry.objects.filter(Q(kind=Entry.Kind.WAIVED) | undone, charge__in=Charge.objects.of_year(year))
    parts: dict[str, Any] = {f"part{n}": F(f"charge__{field}") for n, field in enumerate(fields)} or {"all": Value("")}
    rows = waivers.order_by().annotate(**parts).values(*parts).annotate(s=_SUM).values_list(*parts, "s")
    return {tuple(name or "" for name in key): -(fen or 0) for *key, fen in rows}


def ageing(on: datetime.date | None = None) -> list[tuple[str, int, int]]:
    """What is open by how late it is, in one query: words, number of charges, fen."""
    late = [_late(on or localdate(), low, high) for low, high in EDGES]
    numbers = {f"n{at}": Count("id", filter=each) for at, each in enumerate(late)}
    sums = {f"s{at}": Sum("open_fen", filter=each) for at, each in enumerate(late)}
    found = Charge.objects.open().order_by().aggregate(**numbers, **sums)
    return [(_age_words(*edge), found[f"n{at}"], found[f"s{at}"] or 0) for at, edge in enumerate(EDGES)]


def _late(today: datetime.date, low: int | None, high: int | None) -> Q:
    """More than `low` and at most `high` days."""
    over = Q() if low is None else Q(due_on__lt=today - datetime.timedelta(days=low))
    return over if high is None else over & Q(due_on__gte=today - datetime.timedelta(days=high))


def _age_words(low: int | None, high: int | None) -> str:
    if low is None:
        return _("not due yet")
    if high is None:
        return _("over {n} days").format(n=low)
    return _("{a} to {b} days").format(a=low + 1, b=high)


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


def forecast(year: int, now: Standing) -> Forecast | None:
    """What is open now, times the share of what was open a year ago that came in afterwards. None without last year."""
    today = localdate()
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
