"""Who reads what is published a second time, and what follows from it."""

import uuid
from collections import Counter

from django.utils.timezone import localdate

from federation.matching.models import MatchingRules, Profile, ProfileReview
from federation.registry.items import Item
from federation.registry.queries import members

Reader = tuple[uuid.UUID, str]


def reader_of(profile: Profile, *, without: uuid.UUID | None = None) -> Reader | None:
    """Another chamber that may see it, with the fewest to read; None when no other takes part."""
    taking_part = members(profile.federation_id, Item.MATCHING)
    others = [m for m in taking_part if m.chamber_id not in (profile.chamber_id, without)]
    seen_by = None if profile.visible_to is None else set(map(str, profile.visible_to))  # as they came in the message
    readers = [m for m in others if seen_by is None or str(m.chamber_id) in seen_by]
    waiting = ProfileReview.objects.of(profile.federation_id).waiting().order_by()
    burden = Counter(waiting.values_list("reviewer_id", flat=True))
    chosen = min(readers, key=lambda m: burden[m.chamber_id], default=None)
    return (chosen.chamber_id, chosen.chamber_name) if chosen else None


def needs_reader(profile: Profile) -> Reader | None:
    """Where the federation wants a second look."""
    return reader_of(profile) if MatchingRules.of(profile.federation_id).is_reviewed else None


def ask(profile: Profile, reader: Reader) -> None:
    """This version waits for its reader; an older one is overtaken."""
    drop_waiting(profile)
    told = {"reviewer_id": reader[0], "reviewer_name": reader[1], "version": profile.version}
    ProfileReview(federation_id=profile.federation_id, profile=profile, **told).save()


def drop_waiting(profile: Profile) -> None:
    for review in ProfileReview.objects.waiting().filter(profile=profile):
        review.drop()


def hand_on(review: ProfileReview) -> bool:
    """To another reader. False when there is none: then it stays, and the coordinator sees it."""
    reader = reader_of(review.profile, without=review.reviewer_id)
    if reader:
        review.hand_on(reader=reader)
    return reader is not None


def leave_reader(review: ProfileReview) -> None:
    """The reader takes no part any more. Without another one, nobody is waited for: it is published."""
    if not hand_on(review):
        review.drop()
        review.profile.pass_review()


def late_reviews(federation_id: uuid.UUID) -> int:
    return int(ProfileReview.objects.of(federation_id).late(on=localdate()).count())
