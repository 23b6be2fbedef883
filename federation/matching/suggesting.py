"""Keeps what was shown: each suggestion once for each version of the words and of the rules."""

from collections.abc import Mapping, Sequence

from federation.matching.constraints import LIMITS
from federation.matching.models import MatchSuggestion, Profile
from federation.matching.ranking import ALGORITHM, Match


def keep(need: Profile, matches: Sequence[Match], profiles: Mapping[str, Profile]) -> None:
    """Write the evidence of a list that is about to be shown. Bound to the federation by the caller."""
    checked = {reason.value: "kept" for reason in LIMITS}
    MatchSuggestion.objects.bulk_create(
        [
            MatchSuggestion(
                federation_id=need.federation_id,
                need_id=need.pk,
                offer_id=profiles[match.offer.id].pk,
                need_version=need.version,
                offer_version=profiles[match.offer.id].version,
                algorithm_version=ALGORITHM,
                rank=place,
                score=round(match.score, 4),
                parts=match.parts.as_dict(),
                matched=list(match.matched),
                constraint_report=checked,
            )
            for place, match in enumerate(matches, start=1)
        ],
        ignore_conflicts=True,
    )
