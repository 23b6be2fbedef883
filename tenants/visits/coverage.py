"""Who has been visited and who has not: of each member, of each layer, of the chamber. [004: 走访; K09]"""

import datetime
import re
from typing import Any

from django.apps import apps
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Series
from huiguan.months import months_after
from tenants.visits.models import Visit

DISTRICT = re.compile(r"(?:^|[省市])([^省市区县\s]{1,5}[区县])")
MONTHS = 12  # in which everybody should have been visited once


def with_visits(members: Any) -> Any:
    """Each with the day of its last visit and of the next one that is planned."""
    of_it = Visit.objects.filter(member=OuterRef("pk"))
    last = of_it.made().order_by("-on").values("on")[:1]
    ahead = of_it.planned().order_by("on").values("on")[:1]
    return members.annotate(last_visited_on=Subquery(last), next_visit_on=Subquery(ahead))


def the_longest_unseen_first(members: Any) -> Any:
    """Never before long ago; then those nearest to the heart of the chamber."""
    return members.order_by(F("last_visited_on").asc(nulls_first=True), "standing__layer", "region", "sort_key", "pk")


def district_of(member: Any) -> str:
    """As it is written, or as the address says: 西安市雁塔区… is in 雁塔区."""
    found = DISTRICT.search(member.address)
    return str(member.region or (found[1] if found else ""))


def share(today: datetime.date | None = None) -> tuple[float | None, float | None]:
    """Of the members of today, in per cent, those visited in the last twelve months."""
    members, seen = _members(), _visited(today or localdate())
    total = members.count()
    return (round(100 * members.filter(pk__in=seen).count() / total) if total else None), None


def still_to_visit() -> int:
    """Members whom nobody visited in twelve months and for whom no visit is planned."""
    planned = Visit.objects.planned().values("member")
    return int(_members().exclude(pk__in=_visited(localdate())).exclude(pk__in=planned).count())


def by_layer() -> Chart:
    """How many of each layer were visited in the last twelve months, and how many were not."""
    field: Any = apps.get_model("members", "Standing")._meta.get_field("layer")
    labels = dict(field.choices)
    seen = Count("pk", filter=Q(pk__in=_visited(localdate())))
    counted = _members().exclude(standing=None).order_by().values("standing__layer").annotate(n=Count("pk"), seen=seen)
    rows = {row["standing__layer"]: row for row in counted}
    layers = [layer for layer in labels if layer in rows]
    visited = [rows[layer]["seen"] for layer in layers]
    missing = [rows[layer]["n"] - rows[layer]["seen"] for layer in layers]
    series = [Series(_("Visited in twelve months"), visited), Series(_("Not visited"), missing)]
    return Chart(_("Visits by layer"), [str(labels[layer]) for layer in layers], series, stacked=True, sideways=True)


def by_month() -> Chart:
    """Visits that were made in each of the last twelve months."""
    this = localdate().replace(day=1)
    months = [months_after(this, -n) for n in range(MONTHS - 1, -1, -1)]
    made = Visit.objects.made().filter(on__gte=months[0]).order_by()
    counted = dict(made.annotate(month=TruncMonth("on")).values_list("month").annotate(n=Count("pk")))
    labels = [f"{month:%Y-%m}" for month in months]
    return Chart(_("Visits by month"), labels, [Series(_("Visits"), [counted.get(month, 0) for month in months])])


def _members() -> Any:
    return apps.get_model("members", "Member").objects.active()


def _visited(today: datetime.date) -> Any:
    """The keys of members who were visited in the twelve months to a day."""
    since = months_after(today, -MONTHS)
    return Visit.objects.made().filter(on__gt=since, on__lte=today).order_by().values("member")
