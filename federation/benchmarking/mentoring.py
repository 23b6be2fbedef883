"""Finds a mentor for those that ask, and says who may ask. Nobody reads a list of either. [federation.md B.5, T16]"""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.benchmarking.models import Pairing, Place, Practice, Release, RosterEntry
from federation.benchmarking.pairing import Asking, Receiving, assign
from federation.registry.models import Membership
from huiguan.capability import kpis

A_HALF_YEAR = 2  # chambers that one mentor receives
TOLD_FROM = 5  # fewer exchanges are told as "fewer than five", none among them
BANDS = ((5, 9), (10, 19), (20, 49))


def find_mentors(*, federation_id: uuid.UUID, code: str) -> int:
    """Give those that wait to those that have a place left. Called in the federation's turn; returns how many."""
    waiting = list(Pairing.objects.waiting(federation_id, code))
    mentors = _receiving(federation_id, code) if waiting else []
    names = {str(card.chamber_id): card.chamber_name for card in _offering(federation_id, code)}
    found = assign([_asking(one) for one in waiting], mentors)
    for one in waiting:
        if key := found.get(str(one.mentee_id)):
            one.propose(mentor_id=uuid.UUID(key), mentor_name=names[key])
    return len(found)


def may_ask(*, chamber_id: uuid.UUID, federation_id: uuid.UUID, code: str) -> bool:
    """In the half that is behind in the newest release. How far behind only the chamber itself knows."""
    direction = kpis()[code].direction if code in kpis() else 0
    behind = {1: (1, 2), -1: (3, 4)}.get(direction, ())
    return bool(_places(federation_id, code).filter(chamber_id=chamber_id, quartile__in=behind).exists())


def free_mentor(*, chamber_id: uuid.UUID, federation_id: uuid.UUID, code: str) -> None:
    """It no longer shares how it does this: who waits for its answer waits for another chamber's."""
    asked = Pairing.objects.filter(mentor_id=chamber_id, federation_id=federation_id, code=code)
    for one in asked.filter(status=Pairing.Status.PROPOSED):
        one.lose_mentor()
    find_mentors(federation_id=federation_id, code=code)


def half_year_of(day: datetime.date) -> datetime.date:
    """Its first day."""
    return datetime.date(day.year, 1 if day.month <= 6 else 7, 1)


def concluded_lately(federation_id: uuid.UUID) -> str:
    """Of the last whole half-year, roughly: a number that goes up by one would tell of one pair. [D2]"""
    until = half_year_of(localdate())
    since = half_year_of(until - datetime.timedelta(days=1))
    concluded = Pairing.objects.filter(federation_id=federation_id, closed_on__gte=since, closed_on__lt=until)
    n = concluded.values("mentee_id").distinct().count()
    if n < TOLD_FROM:
        return _("fewer than five")
    return next((f"{low}-{high}" for low, high in BANDS if n <= high), "50+")


def _receiving(federation_id: uuid.UUID, code: str) -> list[Receiving]:
    """Top quarter of the newest release, sharing how it is done now, with places left in this half-year."""
    better = {1: 4, -1: 1}.get(kpis()[code].direction)
    top = set(_places(federation_id, code).filter(quartile=better).values_list("chamber_id", flat=True))
    since = half_year_of(localdate())
    left = {
        card.chamber_id: A_HALF_YEAR - Pairing.objects.taken_on(card.chamber_id, since=since)
        for card in _offering(federation_id, code)
        if card.chamber_id in top
    }
    facets = _facets(federation_id, code, left)
    return [Receiving(str(key), facets[key], places) for key, places in left.items() if places > 0]


def _asking(one: Pairing) -> Asking:
    facets = _facets(one.federation_id, one.code, [one.mentee_id])
    return Asking(str(one.mentee_id), facets[one.mentee_id], frozenset(one.declined_by))


def _offering(federation_id: uuid.UUID, code: str) -> Iterable[Practice]:
    found: Iterable[Practice] = Practice.objects.on_offer(federation_id).filter(code=code, takes_mentees=True)
    return found


def _places(federation_id: uuid.UUID, code: str) -> QuerySet[Place]:
    newest = Release.objects.filter(federation_id=federation_id, status=Release.Status.FROZEN).first()
    return Place.objects.filter(release=newest, code=code)


def _facets(federation_id: uuid.UUID, code: str, who: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """As on the newest roster; of a chamber that is not on it yet what the register knows."""
    wanted = list(who)
    known = {
        m.chamber_id: {"kind": m.kind, "province": m.region[:2]}
        for m in Membership.objects.of(federation_id).filter(chamber_id__in=wanted)
    }
    entries = RosterEntry.objects.filter(federation_id=federation_id, code=code, chamber_id__in=wanted)
    on_roster = {entry.chamber_id: entry.facets for entry in entries.order_by("year")}
    return {key: {**known.get(key, {}), **on_roster.get(key, {})} for key in wanted}
