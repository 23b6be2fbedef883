"""A free search over what is published: by words, category and region. Traditional and Simplified alike."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from federation.matching import regions, taxonomy
from federation.matching.explaining import ShownProfile, show_profile
from federation.matching.models import Profile, ProfileTerm
from federation.matching.text import characters, normalise
from federation.registry.items import Item
from federation.registry.queries import federations_of, members
from huiguan.tenancy.binding import in_federation

MOST = 50


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Empty is no limit; a category may be a whole family ("VEN")."""

    kind: str = Profile.Kind.OFFER
    words: str = ""
    category: str = ""
    region: str = ""


def search(
    *, chamber_id: uuid.UUID, wanted: Wanted, since: datetime.datetime | None = None, limit: int = MOST
) -> list[ShownProfile]:
    """What other chambers publish to this one now, the newest first; only what is new or changed `since`."""
    with in_federation():
        found = _fitting(_visible(chamber_id), wanted).order_by("-published_at", "pk")
        newer = found.filter(changed_at__gt=since) if since else found
        there = (p for p in newer if not wanted.region or regions.serves_there(wanted.region, tuple(p.regions)))
        return [show_profile(profile) for profile, _number in zip(there, range(limit), strict=False)]


def newly_published(*, since: datetime.datetime) -> set[uuid.UUID]:
    """The federations in which something was published since."""
    with in_federation():
        recent = Profile.objects.open(on=localdate()).filter(changed_at__gt=since).order_by()
        return set(recent.values_list("federation_id", flat=True).distinct())


def _visible(chamber_id: uuid.UUID) -> "QuerySet[Profile]":
    """Published by others who take part in a federation in which this chamber does too."""
    mine = [f.id for f in federations_of(chamber_id) if Item.MATCHING in f.items]
    pairs = Q(pk__in=[])
    for federation_id in mine:
        sharing = [m.chamber_id for m in members(federation_id, Item.MATCHING) if m.chamber_id != chamber_id]
        pairs |= Q(federation_id=federation_id, chamber_id__in=sharing)
    shown = Q(visible_to__isnull=True) | Q(visible_to__contains=[chamber_id])
    day = localdate()
    found: QuerySet[Profile] = Profile.objects.open(on=day).filter(pairs & shown, ends_on__gte=day)
    return found


def _fitting(profiles: "QuerySet[Profile]", wanted: Wanted) -> "QuerySet[Profile]":
    found = profiles.filter(kind=wanted.kind)
    if wanted.category:
        is_family = wanted.category not in taxonomy.categories()
        within = {"category__startswith": f"{wanted.category}."} if is_family else {"category": wanted.category}
        found = found.filter(**within)
    for term in _terms(wanted.words):
        found = found.filter(pk__in=_with(term))
    return found


def _terms(words: str) -> list[str]:
    """Each word by the pairs of its characters, which stand in the postings whatever was cut around them."""
    found: list[str] = []
    for word in words.split():
        terms = list(characters(normalise(word)))
        found += [term for term in terms if len(term) > 1] or terms
    return found


def _with(term: str) -> "QuerySet[Any]":
    postings = ProfileTerm.objects.filter(way=ProfileTerm.Way.CHARACTERS, term=term)
    return postings.values("profile_id")
