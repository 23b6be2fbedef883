"""Key figures of the membership, from the register. [federation.md B.2: K02, K04, K07, and profile completeness]"""

import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from huiguan.kpis import Kpi, Measured, Period, rate
from huiguan.once import once
from huiguan.together import engagement_parts
from tenants.members.models import EarlierMembership, Member
from tenants.members.profile import filled, share


def retention(period: Period) -> Measured:
    """Of those who were members on the first day, how many still are on the last."""
    total, left = _of_first_day(period)
    return rate(total - left, total, quality=_known_entry())


def net_growth(period: Period) -> Measured:
    """Joined less left, of those who were members on the first day."""
    start, _left = _of_first_day(period)
    joined, left = _moved(period)
    return rate(joined - left, start, quality=_known_entry())


def completeness(period: Period) -> Measured:
    """How much of the profile is filled, over all members of the last day: 对每个会员都要研究透. [000]"""
    counted = filled(Member.objects.on(period.last))
    return Measured(share(counted), sum(each.known for each in counted), _members_on(period.last))  # per member


def active(period: Period) -> Measured:
    """Met, spoken with or served at least once in the twelve months to the last day. [002 §1]"""
    members, since = Member.objects.on(period.last), Period.year_to(period.last).first
    parts = [part.compute(None, since, period.last) for part in engagement_parts() if part.is_contact]
    met = {member for marks in parts for member, (value, _words) in marks.items() if value > 0}
    total = _members_on(period.last)
    return rate(members.filter(pk__in=met).count(), total) if any(parts) else Measured(None, 0, total)


@once
def _members_on(day: datetime.date) -> int:
    found: int = Member.objects.on(day).count()
    return found


@once
def _of_first_day(period: Period) -> tuple[int, int]:
    """Who was a member on it, and who of them left by the last day."""
    left = Count("pk", filter=Q(left_on__lte=period.last))
    found = Member.objects.on(period.first).aggregate(total=Count("pk"), left=left)
    return found["total"], found["left"]


def _moved(period: Period) -> tuple[int, int]:
    """Memberships that began, and that ended, after the first day: also earlier ones of members that came back."""
    days = (period.first + datetime.timedelta(days=1), period.last)
    moved = {name: Count("pk", filter=Q(**{f"{name}_on__range": days})) for name in ("joined", "left")}
    memberships: Any = (Member.objects, EarlierMembership.objects)
    counted = [each.aggregate(**moved) for each in memberships]
    return sum(each["joined"] for each in counted), sum(each["left"] for each in counted)


@once
def _known_entry() -> float:
    found = Member.objects.aggregate(total=Count("pk"), known=Count("joined_on"))
    return found["known"] / found["total"] if found["total"] else 1.0


KPIS = (
    Kpi("K02", _("Member retention"), _("Members of the first day who are still members on the last day."), retention),
    Kpi("K04", _("Net member growth"), _("Joined less left, of the members of the first day."), net_growth),
    Kpi(
        "K07",
        _("Active members"),
        _("Members with at least one recorded contact in twelve months, of all members."),
        active,
    ),
    Kpi(
        "P01",
        _("Profile completeness"),
        _("Filled fields of the researched profile, of those wanted for the kind of member, over all members."),
        completeness,
        version=2,
    ),
)
