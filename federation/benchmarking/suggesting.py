"""Topics that the newest release suggests to the liaison meeting. [federation.md B.5]"""

import uuid
from collections.abc import Iterable, Iterator, Mapping

from federation.benchmarking.disclosure import ALL, Contribution, Outcome
from federation.benchmarking.gaps import gap, weight_as_topic
from federation.benchmarking.models import Release, Suggestion
from federation.registry.suggestions import TopicSuggestion, suggests_topics
from huiguan.kpis import Kpi


@suggests_topics
def from_the_newest_release(federation_id: uuid.UUID) -> Iterator[TopicSuggestion]:
    newest = Release.objects.filter(federation_id=federation_id, status=Release.Status.FROZEN).first()
    for one in newest.suggestions.filter(taken_up_at=None) if newest else ():
        yield TopicSuggestion(one.pk, str(one), one.detail(), one.take_up)


def suggest(found: Release, outcomes: Mapping[str, Outcome], contributions: Mapping[str, list[Contribution]]) -> None:
    """Written by the release job, which alone knows the figures; the gaps are forgotten with it."""
    from huiguan.capability import kpis

    weights = {code: weight_as_topic(_gaps(kpis()[code], outcomes[code], contributions[code])) for code in outcomes}
    ranked = sorted((code for code, weight in weights.items() if weight), key=lambda code: (-weights[code], code))
    Suggestion.objects.bulk_create(Suggestion(release=found, code=code, rank=n) for n, code in enumerate(ranked, 1))


def _gaps(kpi: Kpi, outcome: Outcome, contributions: Iterable[Contribution]) -> Iterator[float]:
    """Of the chambers that agreed that this figure may count for a topic, and whose figure counted."""
    whole = next((cell for cell in outcome.cells if cell.cohort == ALL), None)
    for one in contributions if whole else ():
        if one.is_for_topics and one.chamber in outcome.counted and whole:
            bounds = {"median": whole.median, "lower": whole.lower, "upper": whole.upper}
            found = gap(one.value, unit=kpi.unit, direction=kpi.direction, **bounds)
            if found is not None:
                yield found
