"""Reads which offers are scarce on a day, and who asks for them."""

import datetime
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from federation.matching.allocating.contest import POINTS, Contest
from federation.matching.constraints import fits
from federation.matching.models import ExpressionOfInterest, Profile
from federation.matching.models.states import HOLDING, Status
from federation.matching.profiles import is_urgent
from federation.matching.ranking import Question
from federation.matching.text import analyse
from federation.registry.items import Item
from federation.registry.queries import members

if TYPE_CHECKING:
    from federation.matching.corpus import Corpus

PROMISED = tuple(set(HOLDING) - {Status.CONFIRMED})  # a need that has one of these is not asking any more


class Way(StrEnum):
    """How a pair takes part."""

    BATCH = "batch"
    URGENT = "urgent"  # decided outside, by how well it fits; lead time is a hard limit for it
    PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class Asked:
    """An open introduction of a need with a scarce offer."""

    need: Profile
    offer: Profile
    way: Way
    score: float = 0.0

    @property
    def points(self) -> int:
        return max(1, round(POINTS * self.score))


@dataclass(frozen=True)
class Asking:
    """All of them in the order of their keys. `free`: how often each offer can still be given, urgent needs first.

    `served`: needs that hold one of these offers already, by their chamber.
    """

    pairs: tuple[Asked, ...] = ()
    free: dict[uuid.UUID, int] = field(default_factory=dict)
    served: Counter[uuid.UUID] = field(default_factory=Counter)

    @property
    def batch(self) -> list[Asked]:
        return [asked for asked in self.pairs if asked.way == Way.BATCH]

    def contest(self) -> Contest:
        batch = self.batch
        needs, offers = _numbered(asked.need.pk for asked in batch), _numbered(asked.offer.pk for asked in batch)
        by_need = {asked.need.pk: asked.need.chamber_id for asked in batch}
        chambers = _numbered(by_need.values())
        return Contest(
            needs=[needs[asked.need.pk] for asked in batch],
            offers=[offers[asked.offer.pk] for asked in batch],
            points=[asked.points for asked in batch],
            chambers=[chambers[by_need[need]] for need in needs],
            times=[self.free[offer] for offer in offers],
            served=[self.served[chamber] for chamber in chambers],
        )

    def fingerprint(self) -> str:
        """SHA-256 of everything the distribution depends on."""
        pairs = [
            (str(a.need.pk), a.need.version, str(a.offer.pk), a.offer.version, a.way, a.points) for a in self.pairs
        ]
        counted = [sorted((str(key), n) for key, n in told.items()) for told in (self.free, self.served)]
        return hashlib.sha256(json.dumps([pairs, *counted]).encode()).hexdigest()


def read(federation_id: uuid.UUID, corpus: "Corpus", *, on: datetime.date) -> Asking:
    """Of a federation on that day; `corpus` is that of its shelf. The caller is in the federation."""
    interests = ExpressionOfInterest.objects.filter(federation_id=federation_id)
    open_pairs = interests.awaiting_answer().order_by("need_id", "offer_id").values_list("need_id", "offer_id")
    promised = set(interests.filter(status__in=PROMISED).order_by().values_list("need_id", flat=True))
    ways = [
        Asked(need, offer, _way(need, promised, on)) for need, offer in _fitting(federation_id, list(open_pairs), on)
    ]
    held = Counter(interests.holding().order_by().values_list("offer_id", flat=True))
    scarce = _scarce(ways, held)
    pairs = tuple(_scored(corpus, [asked for asked in ways if asked.offer.pk in scarce]))
    urgent = Counter(asked.offer.pk for asked in pairs if asked.way == Way.URGENT)
    free = {offer: max(0, left - urgent[offer]) for offer, left in scarce.items()}
    holders = interests.holding().filter(offer__in=scarce).order_by().values_list("need_id", "need__chamber_id")
    return Asking(pairs, free, Counter(chamber for _need, chamber in set(holders)))


def _fitting(
    federation_id: uuid.UUID, pairs: Collection[tuple[uuid.UUID, uuid.UUID]], on: datetime.date
) -> Iterator[tuple[Profile, Profile]]:
    """Those within all hard limits, of chambers that take part."""
    sharing = {member.chamber_id for member in members(federation_id, Item.MATCHING)}
    profiles = Profile.objects.in_bulk({key for pair in pairs for key in pair})
    for need_key, offer_key in pairs:
        need, offer = profiles[need_key], profiles[offer_key]
        limits_kept = fits(need.as_need(), offer.as_offer(), on=on)
        if limits_kept and {need.chamber_id, offer.chamber_id} <= sharing:
            yield need, offer


def _way(need: Profile, promised: set[uuid.UUID], on: datetime.date) -> Way:
    if need.pk in promised:
        return Way.PROMISED
    return Way.URGENT if is_urgent(need.as_need(), on=on) else Way.BATCH


def _scarce(pairs: Iterable[Asked], held: Counter[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How often each offer can still be given for which more needs ask than that."""
    asking = Counter(asked.offer.pk for asked in pairs if asked.way != Way.PROMISED)
    left = {asked.offer.pk: asked.offer.slots - held[asked.offer.pk] for asked in pairs}
    return {offer: left[offer] for offer, needs in asking.items() if 0 < left[offer] < needs}


def _scored(corpus: "Corpus", pairs: list[Asked]) -> Iterator[Asked]:
    """By the same score as the ranking; each need is read once."""
    for need, of_need in groupby(pairs, key=lambda asked: asked.need):
        question = Question.put(need.as_need())
        for asked in of_need:
            text = corpus.score(question.asked, analyse(asked.offer.title, asked.offer.text))
            score = question.match(asked.offer.as_offer(), text).score
            yield Asked(asked.need, asked.offer, asked.way, score)


def _numbered(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Each key with its place among the different ones, in the order they come."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}
