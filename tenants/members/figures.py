"""Numbers of the register for the workbench."""

import datetime
from collections import Counter
from typing import Any

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _in

from huiguan.kit.charts import Chart, Series
from tenants.members.layers import Layer
from tenants.members.models import EarlierMembership, Member, Standing
from tenants.members.profile import filled, share


def count_members() -> tuple[float | None, float | None]:
    """Members today, and the change against a year ago in per cent."""
    today = localdate()
    now, before = Member.objects.active().count(), Member.objects.on(today - datetime.timedelta(days=365)).count()
    return now, 100 * (now - before) / before if before else None


def count_joined() -> tuple[float | None, float | None]:
    today = localdate()
    return Member.objects.filter(joined_on__gt=today - datetime.timedelta(days=365), joined_on__lte=today).count(), None


def profiles_filled() -> tuple[float | None, float | None]:
    """How much is known of the members, in per cent of what should be."""
    return share(filled(Member.objects.active())), None


def has_members() -> bool:
    return bool(Member.objects.exists())


def coming_and_going() -> Chart:
    """Members that joined and left, month by month over a year."""
    today = localdate()
    numbers = range(12 * today.year + today.month - 12, 12 * today.year + today.month)
    months = [f"{n // 12}-{n % 12 + 1:02d}" for n in numbers]
    joined, left = _by_month("joined_on"), _by_month("left_on")
    series = [
        Series(_in("in a month", "Joined"), [joined.get(m, 0) for m in months]),
        Series(_in("in a month", "Left"), [left.get(m, 0) for m in months]),
    ]
    return Chart(_("Members coming and going"), months, series)


def by_industry() -> Chart:
    """Where the members work, the largest industries first."""
    counted = (
        Member.objects.active().exclude(industry="").values_list("industry").annotate(n=Count("id")).order_by("-n")
    )
    rows = list(counted[:8])
    series = [Series(_("Members"), [row[1] for row in rows])]
    return Chart(_("Members by industry"), [row[0] for row in rows], series, sideways=True)


def by_layer() -> Chart:
    """How many members are in each of the four layers, as last worked out."""
    rows = Standing.objects.filter(member__status=Member.Status.ACTIVE).order_by()
    counted = dict(rows.values_list("layer").annotate(n=Count("id")))
    series = [Series(_("Members"), [counted.get(layer, 0) for layer in Layer])]
    return Chart(_("Members by layer"), [str(layer.label) for layer in Layer], series)


def _by_month(field: str) -> dict[str, int]:
    since = localdate() - datetime.timedelta(days=370)
    memberships: Any = (Member.objects, EarlierMembership.objects)
    found = (each.filter(**{f"{field}__gt": since}).order_by() for each in memberships)
    days = (day for rows in found for day in rows.values_list(field, flat=True))
    return Counter(day.strftime("%Y-%m") for day in days)
