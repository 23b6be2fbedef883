"""Chambers whose secretariats are at work: what each opens in a usual hour, and one thing that it writes down."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tests.bench.side.pages import CHAMBER_URLS, _signed_in, chamber_of_pages, pages

USUAL = (
    *["workbench"] * 3,
    *["members.member"] * 3,
    *["member"] * 4,
    *["dues.overview", "dues.ladder", "dues.charge", "meetings.meeting", "visits.visit", "followups.followup"],
)
MARK = "负载"
TOKEN = "b" * 32  # of the form and of the cookie: any that are the same


def secretariats(chambers: int, members: int) -> list[dict[str, Any]]:
    """Those that an earlier benchmark of this run has opened are taken again."""
    opened = Chamber.objects.filter(short_name=MARK)
    for _number in range(chambers - opened.count()):
        Chamber.objects.filter(slug=chamber_of_pages(members)).update(short_name=MARK)
    return [_secretariat(slug) for slug in opened.values_list("slug", flat=True)[:chambers]]


def _secretariat(slug: str) -> dict[str, Any]:
    found = pages(slug)
    with in_chamber(Chamber.objects.get(slug=slug)):
        found["search"] = f"{found['members.member']}?{urlencode({'q': '样本1'})}"
    cookies = {name: morsel.value for name, morsel in _signed_in(slug).cookies.items()}
    written = reverse("members-group-new", urlconf=CHAMBER_URLS)
    paths = [found[name] for name in (*USUAL, "search") if name in found]
    return {"slug": slug, "paths": paths, "cookies": {**cookies, "csrf": TOKEN}, "writes": written, "token": TOKEN}
