"""What all reports of a year say together."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Series
from tenants.value.models import Report


@dataclass(frozen=True)
class Sums:
    """Of the newest report of each member; amounts in fen."""

    reports: int
    sent: int
    opened: int
    empty: int
    saved_fen: int
    paid_fen: int


def sums_of(year: int) -> Sums:
    newest = newest_of(year)
    found = newest.aggregate(n=Count("pk"), saved=Sum("saved_fen"), paid=Sum("paid_fen"), opened=Count("opened_at"))
    return Sums(
        reports=found["n"],
        sent=newest.filter(status=Report.Status.SENT).count(),
        opened=found["opened"],
        empty=newest.filter(lines=0).count(),
        saved_fen=found["saved"] or 0,
        paid_fen=found["paid"] or 0,
    )


def newest_of(year: int) -> Any:
    """One for each member: the highest version."""
    newest = Report.objects.filter(year=year).order_by("member_id", "-version").distinct("member_id").values("pk")
    return Report.objects.filter(pk__in=newest).order_by()


def by_part(year: int) -> Chart:
    """Members of whose year each part tells something."""
    counted: dict[str, int] = defaultdict(int)
    labels: dict[str, str] = {}
    for parts in newest_of(year).values_list("content__parts", flat=True):
        for part in parts or ():
            counted[part["code"]] += 1
            labels[part["code"]] = part["label"]
    codes = sorted(counted, key=lambda code: -counted[code])
    series = [Series(_("Members"), [counted[code] for code in codes])]
    return Chart(_("What the reports tell of"), [labels[code] for code in codes], series, sideways=True)


def saved_of_sent() -> tuple[float | None, float | None]:
    """In yuan, of this year."""
    fen = newest_of(localdate().year).aggregate(s=Sum("saved_fen"))["s"]
    return (None if fen is None else round(fen / 100)), None
