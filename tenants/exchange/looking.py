"""Looks whether something newly published fits a saved search or an open need or offer, and tells each find once."""

import datetime
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from federation.matching.explaining import ShownProfile
from federation.matching.queries import top_matches
from federation.matching.searching import search
from huiguan.about import CHAMBER_URLS
from huiguan.deliveries.actions import announce
from tenants.exchange.actions import asked_already
from tenants.exchange.models import Find, Listing, Look, SavedSearch

OVERLAP = datetime.timedelta(minutes=2)  # a change becomes visible at its commit, a little after its time


@transaction.atomic
def look(*, chamber_id: UUID) -> list[Find]:
    """Everything that is new since the last look. The bound chamber's people are told; returns the new finds."""
    last = Look.objects.select_for_update().first() or Look()
    since, last.at = last.at - OVERLAP, now()
    last.save()
    made = [*_for_searches(chamber_id, since), *_for_listings(chamber_id, since)]
    urgent = [find for find in made if find.is_urgent]
    _tell(urgent, _("Urgent: “{title}”"), _("Urgent: “{title}” and {n} more"))
    _tell([find for find in made if not find.is_urgent], _("New: “{title}”"), _("New: “{title}” and {n} more"))
    return made


def _for_searches(chamber_id: UUID, since: datetime.datetime) -> Iterator[Find]:
    for saved in SavedSearch.objects.filter(status=SavedSearch.Status.TOLD):
        new = search(chamber_id=chamber_id, wanted=saved.wanted(), since=max(since, saved.told_from))
        yield from _kept(new, search=saved)


def _for_listings(chamber_id: UUID, since: datetime.datetime) -> Iterator[Find]:
    """Best matches alone; what was there when it was published stands on its page, and is no news."""
    for listing in Listing.objects.live().filter(is_told=True):
        matches = top_matches(chamber_id=chamber_id, listing_id=listing.pk).matches
        new = [m.profile for m in matches if m.profile.changed_at > max(since, listing.published_at)]
        asked = asked_already(listing) if new else {}
        yield from _kept((profile for profile in new if profile.id not in asked), listing=listing)


def _kept(profiles: Iterable[ShownProfile], **of: SavedSearch | Listing) -> Iterator[Find]:
    """Those that were not found before."""
    for profile in profiles:
        told = {"title": profile.title, "publisher": profile.publisher, "is_urgent": profile.is_urgent}
        find, is_new = Find.objects.get_or_create(**of, profile_id=profile.id, defaults=told)
        if is_new:
            yield find


def _tell(finds: list[Find], one: StrPromise, many: StrPromise) -> None:
    if finds:
        subject = format_lazy(many if len(finds) > 1 else one, title=finds[0].title, n=len(finds) - 1)
        address = reverse("exchange-finds", urlconf=CHAMBER_URLS)
        announce(about=finds[0], permission="exchange.agree", subject=subject, url=address)
