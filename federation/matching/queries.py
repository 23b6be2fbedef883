"""The matching as chambers ask it. Each function enters the federation's place itself; `chamber_id` says who asks.

A chamber learns only what was published to it, and a contact only when both sides have given theirs.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.timezone import localdate

from federation.matching import load, ranking
from federation.matching.explaining import ShownMatch, ShownProfile, ShownRefusal, show_match, show_profile
from federation.matching.introductions import FETCHED, JOINED, Introduction, Mediation, introduction_of, mediation_of
from federation.matching.models import Dispute, ExpressionOfInterest, Profile, ProfileReview
from federation.matching.shelves import Shelf, shelf_of
from federation.matching.suggesting import keep
from federation.registry.items import Item
from federation.registry.queries import closed, federations_of, members
from huiguan.once import once
from huiguan.tenancy.binding import in_federation


@dataclass(frozen=True)
class Matches:
    """`profile` is None while nothing of the listing is published. `held`: how often an offer is promised already."""

    profile: ShownProfile | None
    matches: tuple[ShownMatch, ...] = ()
    refusals: tuple[ShownRefusal, ...] = ()
    held: int = 0


def federations_matching(*, chamber_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """The federations in which the chamber takes part in the matching: key and name."""
    return [(f.id, f.name) for f in federations_of(chamber_id) if Item.MATCHING in f.items]


def partners(*, chamber_id: uuid.UUID, federation_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """The other chambers that take part: key and name."""
    found = members(federation_id, Item.MATCHING)
    return [(m.chamber_id, m.chamber_name) for m in found if m.chamber_id != chamber_id]


def top_matches(
    *, chamber_id: uuid.UUID, listing_id: uuid.UUID, on: datetime.date | None = None, limit: int = ranking.TOP
) -> Matches:
    """The best answers to a need, or the needs that an offer answers best, explained; and why others are missing."""
    with in_federation():
        profile = published(chamber_id=chamber_id, listing_id=listing_id)
        if profile is None:
            return Matches(None)
        day = on or localdate()
        if not profile.is_published_on(day):
            return Matches(show_profile(profile))
        look_up = _answers_to if profile.kind == Profile.Kind.NEED else _needs_for
        with shelf_of(profile.federation_id) as shelf:
            return look_up(profile, shelf, day, limit)


def published(*, chamber_id: uuid.UUID, listing_id: uuid.UUID) -> Profile | None:
    """What the federation has of the chamber's own listing."""
    with in_federation():
        found: Profile | None = Profile.objects.filter(chamber_id=chamber_id, pk=listing_id).first()
        return found


@once
def introductions(*, chamber_id: uuid.UUID, listing_id: uuid.UUID | None = None) -> list[Introduction]:
    """The chamber's introductions, the newest first, or those of one listing."""
    with in_federation():
        mine = ExpressionOfInterest.objects.of_chamber(chamber_id).select_related(*JOINED)
        if listing_id is not None:
            mine = mine.filter(need=listing_id) | mine.filter(offer=listing_id)
        found = list(mine.prefetch_related(*FETCHED))
        away = frozenset[uuid.UUID]().union(*map(closed, {interest.federation_id for interest in found}))
        return [introduction_of(interest, chamber_id, away) for interest in found]


def introduction(*, chamber_id: uuid.UUID, interest_id: uuid.UUID) -> Introduction | None:
    """One of the chamber's own; another's does not exist for it."""
    return next((i for i in introductions(chamber_id=chamber_id) if i.interest.pk == interest_id), None)


def news_for(*, chamber_id: uuid.UUID) -> list[Introduction]:
    """Those that the other side has just ended."""
    return [i for i in introductions(chamber_id=chamber_id) if i.is_news]


def waiting_for(*, chamber_id: uuid.UUID) -> list[Introduction]:
    """Those in which the next step is this chamber's."""
    return [i for i in introductions(chamber_id=chamber_id) if i.is_waiting_for_me]


def mediations(*, chamber_id: uuid.UUID) -> list[Mediation]:
    """The disputes of others in which this chamber was named as the mediator, the newest first."""
    with in_federation():
        mine = Dispute.objects.filter(mediator_id=chamber_id)
        return [mediation_of(found) for found in mine.select_related("interest__need", "interest__offer")]


def readings_of(*, chamber_id: uuid.UUID) -> list[tuple[ProfileReview, ShownProfile]]:
    """What other chambers publish and this one is asked to read first."""
    with in_federation():
        waiting = ProfileReview.objects.waiting().filter(reviewer_id=chamber_id).select_related("profile")
        return [(review, show_profile(review.profile)) for review in waiting]


def returned_to(*, chamber_id: uuid.UUID) -> list[ProfileReview]:
    """The remarks on this chamber's own that came back and were not published anew."""
    with in_federation():
        back = ProfileReview.objects.filter(status=ProfileReview.Status.RETURNED, version=F("profile__version"))
        mine = back.filter(profile__chamber_id=chamber_id, profile__status=Profile.Status.RETURNED)
        return list(mine.select_related("profile"))


def _answers_to(profile: Profile, shelf: Shelf, day: datetime.date, limit: int) -> Matches:
    need, sharing, given_away = profile.as_need(), _sharing(profile.federation_id), _given_away(profile)
    offers = {k: offer for k, offer in shelf.offers.items() if offer.chamber in sharing and k not in given_away}
    found = ranking.rank(need, offers, shelf.corpus, on=day, limit=limit)
    full = load.shown_enough(profile, among=[match.offer.id for match in found.matches])
    capped = [match for match in found.matches if match.offer.id in full]
    if capped:
        left = {key: offers[key] for key in offers.keys() - load.shown_enough(profile)}
        found = ranking.rank(need, left, shelf.corpus, on=day, limit=limit)
    keep(profile, found.matches, shelf.profiles)
    return Matches(
        profile=show_profile(profile),
        matches=tuple(show_match(match, shelf.profiles[match.offer.id]) for match in found.matches),
        refusals=(*_refused(shelf, found.near_misses), *_capped(shelf, capped)),
    )


def _needs_for(profile: Profile, shelf: Shelf, day: datetime.date, limit: int) -> Matches:
    sharing = _sharing(profile.federation_id)
    needs = (n for k, n in shelf.needs.items() if n.chamber in sharing and shelf.profiles[k].is_published_on(day))
    found = ranking.rank_needs(profile.as_offer(), needs, shelf.corpus, on=day, limit=limit)
    matches = tuple(show_match(match, shelf.profiles[need.id]) for need, match in found)
    held = ExpressionOfInterest.objects.filter(offer=profile).holding().count()
    return Matches(show_profile(profile), matches, held=held)


def _refused(shelf: Shelf, refused: Iterable[ranking.Refusal]) -> Iterable[ShownRefusal]:
    for refusal in refused:
        reasons = tuple(str(reason.label) for reason in refusal.reasons)
        yield ShownRefusal(show_profile(shelf.profiles[refusal.offer.id]), reasons)


def _capped(shelf: Shelf, matches: Iterable[ranking.Match]) -> Iterable[ShownRefusal]:
    """Those that would be among the best, were they not shown to enough others."""
    for match in matches:
        yield ShownRefusal(show_profile(shelf.profiles[match.offer.id]), (str(load.REASON),))


def _sharing(federation_id: uuid.UUID) -> frozenset[str]:
    """Chambers that take part now: who took the item back is no longer shown."""
    return frozenset(str(member.chamber_id) for member in members(federation_id, Item.MATCHING))


def _given_away(need: Profile) -> frozenset[str]:
    """Offers that others hold as often as they can be given: they are no longer open, but to those who hold them."""
    others = ExpressionOfInterest.objects.filter(federation_id=need.federation_id).exclude(need=need)
    return frozenset(map(str, others.given_away()))
