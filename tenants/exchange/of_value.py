"""What the exchange says in a member's statement of value: what was published for it, and whom it was introduced to."""

import datetime
from collections import defaultdict
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federation.matching.models.states import TALKING, WITH_AGREEMENT
from federation.matching.queries import introductions
from huiguan.parts import Line, Lines, Members, ValuePart, Worth
from huiguan.tenancy.binding import current_chamber
from tenants.exchange.models import Listing

MET = (*TALKING, *WITH_AGREEMENT)


def published(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Needs and offers that other chambers were shown in the period."""
    listings = Listing.objects.filter(published_at__date__range=(since, until)).exclude(member=None)
    listings = listings if members is None else listings.filter(member__in=members)
    found: dict[UUID, list[Line]] = defaultdict(list)
    for listing in listings.order_by("published_at", "pk"):
        said = _("Need published: {title}") if listing.is_need else _("Offer published: {title}")
        found[listing.member_id].append(Line(said.format(title=listing.title)))
    return found


def introduced(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Where both secretariats agreed to reveal the contacts; the other side is named as it was published."""
    listings = Listing.objects.exclude(member=None).exclude(published_at=None)
    listings = listings if members is None else listings.filter(member__in=members)
    mine, chamber = {str(each.pk): each for each in listings}, current_chamber()
    found: dict[UUID, list[Line]] = defaultdict(list)
    for each in introductions(chamber_id=chamber.pk) if chamber and mine else ():
        listing, day = mine.get(each.mine.id), localtime(each.interest.sent_at).date()
        if listing and each.interest.status in MET and since <= day <= until:
            said = _("Introduced through “{title}” to a member of another chamber: {other}")
            found[listing.member_id].append(Line(said.format(title=listing.title, other=each.other.title)))
    return found


PARTS = [
    ValuePart("published", gettext_lazy("Needs and offers published"), Worth.RECEIVED, published, order=20),
    ValuePart("introduced", gettext_lazy("Introductions"), Worth.RECEIVED, introduced, order=30),
]
