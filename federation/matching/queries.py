"""The matching as chambers ask it. Each function enters the federation's place itself; `chamber_id` says who asks.

A chamber learns only what was published to it, and a contact only when both sides have given theirs.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.timezone import localdate

from federation.matching import load, ranking
from federation.matching.explaining import ShownMatch, ShownProfile, ShownRefusal, show_match, show_profile
from federation.matching.introductions import FETCHED, JOINED, Introduction, Mediation, introduction_of, mediation_of
from federation.matching.models import Dispute, ExpressionOfInterest, Profile, ProfileReview
from federation.matching.suggesting import keep
from federation.registry.items import Item
from federation.registry.queries import closed, federations_of, members, sharing
from huiguan.once import once
from huiguan.tenancy.binding import in_federation

if TYPE_CHECKING:
    from federation.matching.shelves import Shelf


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
        return look_up(profile, day, limit)


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


def _answers_to(profile: Profile, day: datetime.date, limit: int) -> Matches:
    need, stock = profile.as_need(), _shelf(profile).stock
    taking_part, given_away = _taking_part(profile.federation_id), _given_away(profile)
    found = ranking.rank(need, stock, on=day, limit=limit, among=stock.among(taking_part, given_away))
    full = load.shown_enough(profile, among=[match.offer.id for match in found.matches])
    capped = [match for match in found.matches if match.offer.id in full]
    if capped:
        left = stock.among(taking_part, given_away | load.shown_enough(profile))
        found = ranking.rank(need, stock, on=day, limit=limit, among=left)
    shown: list[ranking.Match | ranking.Refusal] = [*found.matches, *found.near_misses, *capped]
    offers = _profiles(profile, (one.offer.id for one in shown))
    matches = [match for match in found.matches if match.offer.id in offers]
    keep(profile, matches, offers)
    return Matches(
        profile=show_profile(profile),
        matches=tuple(show_match(match, offers[match.offer.id]) for match in matches),
        refusals=(*_refused(offers, found.near_misses), *_capped(offers, capped)),
    )


def _needs_for(profile: Profile, day: datetime.date, limit: int) -> Matches:
    taking_part, shelf = _taking_part(profile.federation_id), _shelf(profile)
    asking = (need for need in shelf.needs.values() if need.chamber in taking_part)
    found = ranking.rank_needs(profile.as_offer(), asking, shelf.stock.corpus, on=day, limit=limit)
    needs = _profiles(profile, (need.id for need, _match in found))
    matches = tuple(show_match(match, needs[need.id]) for need, match in found if need.id in needs)
    held = ExpressionOfInterest.objects.filter(offer=profile).holding().count()
    return Matches(show_profile(profile), matches, held=held)


def _shelf(profile: Profile) -> "Shelf":
    from federation.matching.shelves import place_of  # imported late: it brings numpy, and many processes match nothing

    return place_of(profile.federation_id).newest()


def _profiles(profile: Profile, keys: Iterable[str]) -> dict[str, Profile]:
    """As they stand now. One that was erased since is shown to nobody, and its shelf is read anew."""
    wanted = set(keys)
    found = {str(key): each for key, each in Profile.objects.in_bulk(wanted).items()} if wanted else {}
    if len(found) < len(wanted):
        from federation.matching.shelves import place_of

        place_of(profile.federation_id).doubt()
    return found


def _refused(offers: Mapping[str, Profile], refused: Iterable[ranking.Refusal]) -> Iterable[ShownRefusal]:
    for refusal in refused:
        if refusal.offer.id in offers:
            reasons = tuple(str(reason.label) for reason in refusal.reasons)
            yield ShownRefusal(show_profile(offers[refusal.offer.id]), reasons)


def _capped(offers: Mapping[str, Profile], matches: Iterable[ranking.Match]) -> Iterable[ShownRefusal]:
    """Those that would be among the best, were they not shown to enough others."""
    for match in matches:
        if match.offer.id in offers:
            yield ShownRefusal(show_profile(offers[match.offer.id]), (str(load.REASON),))


def _taking_part(federation_id: uuid.UUID) -> frozenset[str]:
    """Chambers that take part now: who took the item back is no longer shown."""
    return frozenset(map(str, sharing(federation_id, Item.MATCHING)))


def _given_away(need: Profile) -> frozenset[str]:
    """Offers that others hold as often as they can be given: they are no longer open, but to those who hold them."""
    others = ExpressionOfInterest.objects.filter(federation_id=need.federation_id).exclude(need=need)
    return frozenset(map(str, others.given_away()))
