"""Works out how members stand with the chamber, from what its capabilities have recorded."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from huiguan import trail
from huiguan.parts import EngagementPart, Mark
from huiguan.together import engagement_parts
from tenants.members.layers import Chosen, Derived, layer_of
from tenants.members.models import Member, Standing
from tenants.members.models.positions import rank_of
from tenants.members.profile import completeness, told_of_phones

PERIOD = datetime.timedelta(days=365)
LOW_MARK = 0.25  # from here down a part is a reason to worry
AT_RISK = 2  # weight of such parts together
AT_ONCE = 2000
KEPT = ["worked_out_on", "completeness", "layer", "score", "known", "risk"]


@dataclass(frozen=True)
class Weighed:
    """One part of the score; without a mark nothing is known, and it does not count."""

    part: EngagementPart
    mark: Mark | None

    @property
    def is_low(self) -> bool:
        return self.mark is not None and self.mark.value <= LOW_MARK


@dataclass(frozen=True)
class Worked:
    """How one member stands, with the reasons."""

    member: Member
    parts: list[Weighed]
    derived: Derived
    score: float | None
    known: float

    @property
    def reasons(self) -> list[Weighed]:
        """Why it may be lost, the weightiest first; none when it is not at risk."""
        low = sorted((w for w in self.parts if w.is_low), key=lambda w: -w.part.weight)
        return low if sum(w.part.weight for w in low) >= AT_RISK else []

    def standing(self, day: datetime.date) -> Standing:
        score = None if self.score is None else round(self.score)
        risk = round(sum(w.part.weight for w in self.reasons))
        kept = {"layer": self.derived.layer, "score": score, "known": round(self.known), "risk": risk}
        return Standing(member=self.member, worked_out_on=day, completeness=completeness(self.member), **kept)


def refresh() -> None:
    """Those that were forgotten or are of another day; left for later while somebody writes."""
    due = list(Member.objects.exclude(standing__worked_out_on=localdate()).values_list("pk", flat=True))
    if due and trail.try_turn():
        keep(due)


def keep(keys: Collection[Any]) -> None:
    """Work out and store. The caller has its turn, or nobody else can be writing."""
    keys, today = sorted(keys), localdate()
    for at in range(0, len(keys), AT_ONCE):
        members = told_of_phones(Member.objects.filter(pk__in=keys[at : at + AT_ONCE]))
        found = [worked.standing(today) for worked in work_out(members, ("positions",))]
        Standing.objects.bulk_create(found, update_conflicts=True, unique_fields=["member"], update_fields=KEPT)


def work_out(members: Iterable[Member], read: Collection[str] = ("contacts", "positions")) -> list[Worked]:
    """As of this moment, in the order of the members and in a fixed number of queries."""
    found, today = list(members), localdate()
    prefetch_related_objects(found, *read)
    keys = [member.pk for member in found]
    marks = [(part, part.compute(keys, today - PERIOD, today)) for part in engagement_parts()]
    return [_worked(m, [Weighed(part, _mark(each.get(m.pk))) for part, each in marks], today) for m in found]


def score_of(parts: Iterable[Weighed]) -> tuple[float | None, float]:
    """From 0 to 100 over the parts of which something is known, and how much they weigh together."""
    known = [(w.part.weight, w.mark.value) for w in parts if w.mark is not None]
    weight = sum(weight for weight, _value in known)
    return (100 * sum(weight * value for weight, value in known) / weight if weight else None), weight


def _worked(member: Member, parts: list[Weighed], today: datetime.date) -> Worked:
    score, known = score_of(parts)
    held = sorted((p.title for p in member.positions.all() if p.is_held), key=rank_of)
    chosen = Chosen(member.chosen_layer, member.chosen_layer_reason, member.chosen_layer_until)
    return Worked(member, parts, layer_of(held, score, known, chosen, today), score, known)


def _mark(given: Any) -> Mark | None:
    return None if given is None else Mark(*given)
