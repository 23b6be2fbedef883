"""What the reports add to a member's page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.once import once
from huiguan.parts import Moment, Own
from tenants.value.models import Report

NEWEST = 6


def reports_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    found = _reports(member.pk)[:NEWEST]
    may_make = actor.can("value.make") and member.status == "active"
    if not found and not may_make:
        return None
    return {"member": member, "reports": found, "may_make": may_make, "year": localdate().year}


@once
def _reports(member_id: Any) -> list[Report]:
    """A few of each year, for the page's panel and its timeline."""
    return list(Report.objects.filter(member=member_id).defer("content").order_by("-year", "-version"))


def moments_of(member: Any) -> Iterator[Moment]:
    for report in _reports(member.pk):
        if report.status != Report.Status.SENT or not report.sent_at:
            continue
        url = reverse("value-report-detail", args=[report.pk])
        yield Moment(report.sent_at, _("Report of value {year} sent").format(year=report.year), url, "report-analytics")


def unread(own: Own) -> Iterator[Item]:
    """Sent and not opened yet by anybody of the member."""
    for report in Report.objects.sent().filter(member=own.member, opened_at=None).defer("content"):
        url = reverse("value-mine-report", args=[report.pk])
        title = _("Report of value {year}").format(year=report.year)
        yield Item(title, url, _("What a year with the chamber was for you"), level="info")


def has_reports(own: Own) -> bool:
    return bool(Report.objects.sent().filter(member=own.member).exists())
