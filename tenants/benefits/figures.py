"""What is used and what it saves: by month, merchant and offer. [S1]"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Sum
from django.db.models.functions import ExtractMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Series
from tenants.benefits.models import Card, Merchant, Offer, Use
from tenants.benefits.models.merchants import Category

MOST_ROWS = 30
COUNTED: dict[str, Any] = {"uses": Count("pk"), "saved": Sum("saved_fen"), "cards": Count("card", distinct=True)}


@dataclass(frozen=True)
class Sums:
    """Of a year; `saved_fen` is what is known of: uses whose saving nobody can tell are counted apart."""

    merchants: int
    offers: int
    cards: int
    uses: int
    saved_fen: int
    without_amount: int
    uses_before: int


def sums_of(year: int) -> Sums:
    uses = Use.objects.of_year(year).order_by()
    found = uses.aggregate(n=Count("pk"), saved=Sum("saved_fen"), known=Count("saved_fen"))
    return Sums(
        merchants=Merchant.objects.partners().count(),
        offers=Offer.objects.open().count(),
        cards=Card.objects.usable().count(),
        uses=found["n"],
        saved_fen=found["saved"] or 0,
        without_amount=found["n"] - found["known"],
        uses_before=Use.objects.of_year(year - 1).count(),
    )


def years() -> list[int]:
    """From the first year in which something was used to this one, the newest first."""
    this = localdate().year
    first = Use.objects.order_by().aggregate(first=Min("at"))["first"]
    return list(range(this, min(this, first.year if first else this) - 1, -1))


def by_merchant(year: int) -> list[dict[str, Any]]:
    """The most used first."""
    grouped = Use.objects.of_year(year).order_by().values("offer__merchant", "offer__merchant__name")
    return list(grouped.annotate(**COUNTED).order_by("-uses", "offer__merchant__name")[:MOST_ROWS])


def by_offer(year: int) -> list[dict[str, Any]]:
    grouped = Use.objects.of_year(year).order_by().values("offer", "offer__title", "offer__merchant__name")
    return list(grouped.annotate(**COUNTED).order_by("-uses", "offer__title")[:MOST_ROWS])


def unused_offers(year: int) -> list[Offer]:
    """Those that run and that nobody used in the year: to be talked over with the merchant."""
    used = Use.objects.of_year(year).order_by().values("offer")
    return list(Offer.objects.open().exclude(pk__in=used).select_related("merchant")[:MOST_ROWS])


def month_by_month(year: int) -> Chart:
    """Uses in each month of this year and the one before."""
    months = [_("month {n}").format(n=n) for n in range(1, 13)]
    return Chart(_("Uses by month"), months, [Series(str(each), _uses_in(each)) for each in (year - 1, year)])


def by_category(year: int) -> Chart:
    """What was saved at which kind of merchant, in yuan."""
    grouped = Use.objects.of_year(year).order_by().values_list("offer__merchant__category")
    saved = {key: fen or 0 for key, fen in grouped.annotate(saved=Sum("saved_fen"))}
    shown = sorted((each for each in Category if saved.get(each.value)), key=lambda each: -saved[each.value])
    series = [Series(_("Saved"), [round(saved[each.value] / 100) for each in shown])]
    return Chart(_("Saved by kind of merchant"), [str(e.label) for e in shown], series, unit=_("yuan"), sideways=True)


def _uses_in(year: int) -> list[float | None]:
    """For each month; nothing for months to come."""
    today = localdate()
    counted = Use.objects.of_year(year).order_by().annotate(month=ExtractMonth("at")).values_list("month")
    found = dict(counted.annotate(n=Count("pk")))
    return [found.get(n, 0) if (year, n) <= (today.year, today.month) else None for n in range(1, 13)]


def saved_this_year() -> tuple[float | None, float | None]:
    """In yuan."""
    return round(Use.objects.of_year(localdate().year).saved_fen() / 100), None


def cards_in_use() -> tuple[float | None, float | None]:
    return Card.objects.usable().count(), None
