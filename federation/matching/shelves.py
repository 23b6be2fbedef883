"""What is published in a federation, ready to be searched: kept in each worker's memory, refreshed from the tables.

A new or changed profile is found by the next question, because each question first asks what has changed.
"""

import datetime
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db.models import Count, Max

from federation.matching.corpus import Corpus
from federation.matching.models import Profile, ProfileTerm
from federation.matching.profiles import Need, Offer
from federation.matching.text import Analysed

OVERLAP = datetime.timedelta(minutes=2)  # a change becomes visible at its commit, a little after the time written in it
EARLIEST = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass
class Shelf:
    """The profiles of one federation. `corpus` holds the texts of the offers, so that rarity is theirs."""

    federation_id: uuid.UUID
    profiles: dict[str, Profile] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    corpus: Corpus = field(default_factory=Corpus)
    seen_until: datetime.datetime = EARLIEST
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> None:
        """Take in what changed since the last question. Bound to the federation by the caller."""
        mine = Profile.objects.of(self.federation_id)
        state = mine.aggregate(latest=Max("changed_at"), total=Count("pk"))
        if state["total"] < len(self.profiles):
            self._clear()  # something was erased
        since = EARLIEST if self.seen_until == EARLIEST else self.seen_until - OVERLAP
        changed = [p for p in mine.filter(changed_at__gte=since) if self._is_news(p)]
        self._take_in(changed)
        if state["total"] != len(self.profiles) and since != EARLIEST:
            self._clear()
            self._take_in(mine)
        self.seen_until = state["latest"] or EARLIEST

    def _is_news(self, profile: Profile) -> bool:
        known = self.profiles.get(str(profile.pk))
        return known is None or known.changed_at != profile.changed_at

    def _take_in(self, changed: Iterable[Profile]) -> None:
        listed = list(changed)
        open_offers = [p.pk for p in listed if p.kind == Profile.Kind.OFFER and p.status == Profile.Status.PUBLISHED]
        texts = dict(_texts(open_offers))
        for profile in listed:
            self._put(profile, texts.get(profile.pk))

    def _put(self, profile: Profile, text: Analysed | None) -> None:
        key = str(profile.pk)
        self.profiles[key] = profile
        if profile.kind == Profile.Kind.NEED:
            self.needs[key] = profile.as_need()
            return
        self.offers[key] = profile.as_offer()
        self.corpus.discard(key)
        if text is not None:
            self.corpus.add(key, text)

    def _clear(self) -> None:
        self.profiles, self.needs, self.offers, self.corpus = {}, {}, {}, Corpus()


@contextmanager
def shelf_of(federation_id: uuid.UUID) -> Iterator[Shelf]:
    """The shelf of a federation, up to date, and not changed by other threads meanwhile."""
    shelf = _shelves.setdefault(federation_id, Shelf(federation_id))
    with shelf.lock:
        shelf.refresh()
        yield shelf


_shelves: dict[uuid.UUID, Shelf] = {}


def _texts(keys: list[uuid.UUID]) -> Iterator[tuple[uuid.UUID, Analysed]]:
    """The postings of these profiles, put together again as texts."""
    found: dict[uuid.UUID, Analysed] = defaultdict(lambda: Analysed({}, {}))
    rows = ProfileTerm.objects.filter(profile__in=keys).values_list("profile_id", "way", "term", "weight")
    for key, way, term, weight in rows.iterator(chunk_size=20_000):
        counted = found[key].words if way == ProfileTerm.Way.WORDS else found[key].characters
        counted[term] = weight
    yield from found.items()
