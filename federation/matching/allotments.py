"""What the newest distribution gave a chamber's need or offer, and why, as that chamber may know it.

Nobody is told who else asks: not the other needs, their chambers, or how well they fit.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.matching.explaining import ShownProfile, show_profile
from federation.matching.models import AllocationItem, AllocationRun, ExpressionOfInterest, Profile
from federation.matching.models.allocations import Outcome
from federation.matching.models.interests import OPEN
from huiguan.tenancy.binding import in_federation

# Said to the chamber whose need asks; what the other side reads in these cases stands in `Outcome`.
TO_THE_NEED: dict[str, Promise] = {
    Outcome.FITS: _("Given to you: your need fits best"),
    Outcome.BALANCED: _("Given to you for the balance among the chambers"),
    Outcome.URGENT: _("Your need is urgent: it is not part of the distribution and comes first"),
    Outcome.BETTER: _("Given to others: their needs fit as well or better"),
    Outcome.BALANCE: _("Given to others for the balance among the chambers"),
    Outcome.ELSEWHERE: _("Your need gets another offer that it asked for"),
    Outcome.PROMISED: _("Your need is promised another offer already"),
    Outcome.URGENT_FIRST: _("What is left is kept for urgent needs of others"),
}
FIRST = (Outcome.URGENT, Outcome.FITS, Outcome.BALANCED)


@dataclass(frozen=True)
class Allotment:
    """One open introduction with a scarce offer. `points` of a hundred: how well the two fit."""

    interest_id: uuid.UUID
    other: ShownProfile
    is_first: bool
    points: int
    why: str


@dataclass(frozen=True)
class Allotments:
    """Those of one listing, what comes first on top; `on`: the day of the distribution."""

    on: datetime.date
    rows: tuple[Allotment, ...]


def allotments(*, chamber_id: uuid.UUID, listing_id: uuid.UUID) -> Allotments | None:
    """Of the chamber's own need or offer; None unless an open introduction of it stands in the newest distribution."""
    with in_federation():
        own: Profile | None = Profile.objects.filter(pk=listing_id, chamber_id=chamber_id).first()
        run = AllocationRun.objects.newest(own.federation_id) if own else None
        if own is None or run is None:
            return None
        is_need = own.kind == Profile.Kind.NEED
        items = run.items.filter(need=own) if is_need else run.items.filter(offer=own)
        rows = _open(items.select_related("need", "offer"), is_need)
        return Allotments(localdate(run.read_at), tuple(rows)) if rows else None


def allotment_of(*, chamber_id: uuid.UUID, interest: ExpressionOfInterest) -> Allotment | None:
    """Of one introduction, as this side of it may know it."""
    own = interest.need if interest.need.chamber_id == chamber_id else interest.offer
    found = allotments(chamber_id=chamber_id, listing_id=own.pk)
    return next((row for row in found.rows if row.interest_id == interest.pk), None) if found else None


def _open(items: Iterable[AllocationItem], is_need: bool) -> list[Allotment]:
    """A pair whose introduction has ended since is no longer shown."""
    listed = list(items)
    standing = ExpressionOfInterest.objects.filter(status__in=OPEN, ended_at__isnull=True)
    keys = standing.filter(need__in=[i.need_id for i in listed], offer__in=[i.offer_id for i in listed])
    by_pair = {(need, offer): key for key, need, offer in keys.values_list("pk", "need_id", "offer_id")}
    rows = [
        _shown(item, by_pair[item.need_id, item.offer_id], is_need)
        for item in listed
        if (item.need_id, item.offer_id) in by_pair
    ]
    return sorted(rows, key=lambda row: (not row.is_first, -row.points, row.other.id))


def _shown(item: AllocationItem, interest_id: uuid.UUID, is_need: bool) -> Allotment:
    why = TO_THE_NEED[item.outcome] if is_need else Outcome(item.outcome).label
    other = show_profile(item.offer if is_need else item.need)
    return Allotment(interest_id, other, item.outcome in FIRST, item.points(), str(why))
