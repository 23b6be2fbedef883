"""Numbers of the register for the workbench."""

import datetime

from django.utils.timezone import localdate

from tenants.members.models import Member


def count_members() -> tuple[float | None, float | None]:
    """Members today, and the change against a year ago in per cent."""
    today = localdate()
    now, before = Member.objects.active().count(), Member.objects.on(today - datetime.timedelta(days=365)).count()
    return now, 100 * (now - before) / before if before else None


def count_joined() -> tuple[float | None, float | None]:
    today = localdate()
    return Member.objects.filter(joined_on__gt=today - datetime.timedelta(days=365), joined_on__lte=today).count(), None


def has_members() -> bool:
    return Member.objects.exists()
