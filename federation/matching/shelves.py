"""What is published in a federation, ready to be searched: kept in each worker's memory, renewed from the tables.

A new or changed profile is found by the next question, because each question first asks whether anything has changed.
While one thread renews a shelf, the others go on with what it held before: it never changes while it is read.
"""

import datetime
import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db.models import Count, DecimalField, Max, Sum
from django.db.models.functions import Extract

from federation.matching.models import Profile
from federation.matching.profiles import Need, Offer
from federation.matching.stock import Stock
from federation.matching.text import analyse

OVERLAP = datetime.timedelta(minutes=2)  # a change becomes visible at its commit, a little after the time written in it
EARLIEST = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Shelf:
    """The open profiles of one federation. `stock` holds the texts of the offers, so that rarity is theirs."""

    needs: Mapping[str, Need] = field(default_factory=lambda: MappingProxyType({}))
    stock: Stock = field(default_factory=Stock)

    def changed(self, profiles: Iterable[Profile]) -> "Shelf":
        """With these as they stand now: those that are not published any more are gone."""
        needs, offers, gone = dict(self.needs), list[Offer](), list[str]()
        for profile in profiles:
            key, is_open = str(profile.pk), profile.status == Profile.Status.PUBLISHED
            needs.pop(key, None)
            if not is_open:
                gone.append(key)
            elif profile.kind == Profile.Kind.NEED:
                needs[key] = profile.as_need()
            else:
                offers.append(profile.as_offer())
        texts = [(offer, analyse(offer.title, offer.text)) for offer in offers]
        return Shelf(needs, self.stock.changed(texts, gone))


class Place:
    """Where the newest shelf of a federation stands."""

    def __init__(self, federation_id: uuid.UUID) -> None:
        self.federation_id = federation_id
        self.lock = threading.Lock()
        self.shelf: Shelf | None = None
        self._is_doubtful = True
        self._state: tuple[Any, ...] = ()
        self._since = EARLIEST
        self._taken_in: dict[uuid.UUID, datetime.datetime] = {}  # of those since then, when each was changed

    def newest(self) -> Shelf:
        """With all that was committed before the question. The caller is in the federation."""
        if self.lock.acquire(blocking=self.shelf is None):
            try:
                self._renew()
            finally:
                self.lock.release()
        assert self.shelf is not None
        return self.shelf

    def doubt(self) -> None:
        """Something was erased: the next question reads everything anew."""
        self._is_doubtful = True

    def _renew(self) -> None:
        if not self._is_doubtful and self._read_state() == self._state:
            return
        if self._is_doubtful or self._has_vanished():
            self._read_all()
        self._state = self._read_state()
        self._take_in_changes()
        self._since = max(self._since, _before(self._state[1]))

    def _read_all(self) -> None:
        self._is_doubtful, self._taken_in = False, {}
        self._since = _before(self._mine().aggregate(latest=Max("changed_at"))["latest"])
        self.shelf = Shelf().changed(self._mine().filter(status=Profile.Status.PUBLISHED).iterator(chunk_size=2000))

    def _has_vanished(self) -> bool:
        """Whether something that was taken in lately is not there any more, and was not changed either."""
        mine = {key for key, changed_at in self._taken_in.items() if changed_at >= self._since}
        return bool(self._recent().filter(pk__in=mine).count() < len(mine))

    def _read_state(self) -> tuple[Any, ...]:
        """Different once anything has become visible that was changed lately: also what took longer to commit."""
        moments = Sum(Extract("changed_at", "epoch"), output_field=DecimalField())
        found = self._recent().aggregate(latest=Max("changed_at"), number=Count("pk"), moments=moments)
        return self._since, found["latest"], found["number"], found["moments"]

    def _take_in_changes(self) -> None:
        recent = dict(self._recent().values_list("pk", "changed_at"))
        news = [key for key, changed_at in recent.items() if self._taken_in.get(key) != changed_at]
        if news and self.shelf is not None:
            self.shelf = self.shelf.changed(self._mine().filter(pk__in=news))
        self._taken_in = recent

    def _recent(self) -> Any:
        return self._mine().filter(changed_at__gte=self._since)

    def _mine(self) -> Any:
        return Profile.objects.of(self.federation_id).order_by()


def place_of(federation_id: uuid.UUID) -> Place:
    return _places.setdefault(federation_id, Place(federation_id))


_places: dict[uuid.UUID, Place] = {}


def _before(latest: datetime.datetime | None) -> datetime.datetime:
    return latest - OVERLAP if latest else EARLIEST
