"""Keeps what was shown: each suggestion once for each version of the words and of the rules."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction

from federation.matching.constraints import LIMITS
from federation.matching.models import MatchSuggestion, Profile
from federation.matching.ranking import ALGORITHM, Match

Told = tuple[uuid.UUID, int, uuid.UUID, int]  # need and offer, each with the version of its words
MOST_REMEMBERED = 20_000


def keep(need: Profile, matches: Sequence[Match], profiles: Mapping[str, Profile]) -> None:
    """Write the evidence of a list that is about to be shown. Bound to the federation by the caller.

    Evidence is never changed, so a list that this process kept before is not sent to the database again.
    """
    offers = [profiles[match.offer.id] for match in matches]
    told = [(need.pk, need.version, offer.pk, offer.version) for offer in offers]
    if _kept.issuperset(told):
        return
    rows = (
        _evidence(need, offer, match, place)
        for place, (offer, match) in enumerate(zip(offers, matches, strict=True), start=1)
    )
    MatchSuggestion.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(partial(_remember, told))


def _evidence(need: Profile, offer: Profile, match: Match, place: int) -> MatchSuggestion:
    return MatchSuggestion(
        federation_id=need.federation_id,
        need_id=need.pk,
        offer_id=offer.pk,
        need_version=need.version,
        offer_version=offer.version,
        algorithm_version=ALGORITHM,
        rank=place,
        score=round(match.score, 4),
        parts=match.parts.as_dict(),
        matched=list(match.matched),
        constraint_report={reason.value: "kept" for reason in LIMITS},
    )


def _remember(told: Sequence[Told]) -> None:
    if len(_kept) > MOST_REMEMBERED:
        _kept.clear()
    _kept.update(told)


_kept: set[Told] = set()
