"""Who may share how it is done, and what others read of it. [federation.md B.5, T16]"""

import uuid
from dataclasses import dataclass

from federation.benchmarking.models import Place, Practice, Release
from huiguan.capability import kpis
from huiguan.tenancy.binding import in_federation


@dataclass(frozen=True)
class SeenPractice:
    """A card, signed by the chamber that wrote it."""

    chamber_name: str
    title: str
    text: str


def practices_for(*, chamber_id: uuid.UUID, federation_id: uuid.UUID, code: str) -> list[SeenPractice]:
    """Of the others, as they share them at this moment."""
    with in_federation():
        others = Practice.objects.on_offer(federation_id).filter(code=code).exclude(chamber_id=chamber_id)
        return [SeenPractice(one.chamber_name, one.title, one.text) for one in others]


def is_in_the_better_quarter(*, chamber_id: uuid.UUID, federation_id: uuid.UUID, code: str) -> bool:
    """In the newest release. Where neither more nor less is better nobody is."""
    better = {1: 4, -1: 1}.get(kpis()[code].direction) if code in kpis() else None
    with in_federation():
        newest = Release.objects.filter(federation_id=federation_id, status=Release.Status.FROZEN).first()
        mine = Place.objects.filter(release=newest, chamber_id=chamber_id, code=code)
        return better is not None and mine.filter(quartile=better).exists()
