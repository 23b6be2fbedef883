"""Key figures of the membership, from the register. [federation.md B.2: K02, K04, K18 and profile completeness]"""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiguan.kpis import Kpi, Measured, Period, rate
from tenants.members.models import Contact, Member

PROFILE: Final = ("credit_code", "legal_representative", "industry", "products", "address", "short_name")


def retention(period: Period) -> Measured:
    """Of those who were members on the first day, how many still are on the last."""
    start = Member.objects.on(period.first)
    total = start.count()
    left = start.filter(left_on__lte=period.last).count()
    return rate(total - left, total, quality=_known_entry())


def net_growth(period: Period) -> Measured:
    """Joined less left, of those who were members on the first day."""
    start = Member.objects.on(period.first).count()
    joined = Member.objects.filter(joined_on__gt=period.first, joined_on__lte=period.last).count()
    left = Member.objects.filter(left_on__gt=period.first, left_on__lte=period.last).count()
    return rate(joined - left, start, quality=_known_entry())


def completeness(period: Period) -> Measured:
    """How much of the profile is filled, over all members of the last day: 对每个会员都要研究透. [000]"""
    members = Member.objects.on(period.last)
    total = members.count()
    filled = sum(members.exclude(**{field: ""}).count() for field in PROFILE)
    filled += Contact.objects.filter(~Q(phone=""), member__in=members).values("member").distinct().count()
    return Measured(100 * filled / (total * (len(PROFILE) + 1)) if total else None, filled, total)  # per member


def _known_entry() -> float:
    total = Member.objects.count()
    return Member.objects.exclude(joined_on=None).count() / total if total else 1.0


KPIS = (
    Kpi("K02", _("Member retention"), _("Members of the first day who are still members on the last day."), retention),
    Kpi("K04", _("Net member growth"), _("Joined less left, of the members of the first day."), net_growth),
    Kpi(
        "P01", _("Profile completeness"), _("Filled fields of the researched profile, over all members."), completeness
    ),
)
