"""What a folder's `load_demo(stage)` works on: the demo's places, and ways to act in them as its people."""

import datetime
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.timezone import localdate

from huiguan.accounts.middleware import actor_for
from huiguan.accounts.models import Person
from huiguan.actors import SYSTEM, Actor, acting_as
from huiguan.demo.people import PEOPLE
from huiguan.outbox.delivery import deliver
from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.hosts import Host
from huiguan.tenancy.models import Chamber


@dataclass
class Stage:
    """`chambers` by slug; `today` is what its dates are counted from; `chance` is seeded: every load is alike."""

    chambers: dict[str, Chamber]
    federation_id: uuid.UUID | None = None
    today: datetime.date = field(default_factory=localdate)
    chance: random.Random = field(default_factory=lambda: random.Random(20261122))

    @contextmanager
    def working(self, slug: str, key: str = "") -> Iterator[Chamber]:
        """In a chamber as one of its people; without a key as its secretary-general."""
        chamber = self.chambers[slug]
        with acting_as(self._actor(key or self._head_of(slug), Host("chamber", chamber=chamber))), in_chamber(chamber):
            yield chamber

    @contextmanager
    def coordinating(self, key: str = "lian") -> Iterator[None]:
        """In the federation as its coordinator."""
        host = Host("federation", federation_id=self.federation_id)
        with acting_as(self._actor(key, host)), in_federation():
            yield

    def deliver(self) -> int:
        """Bring every message that waits to the federation now."""
        with acting_as(SYSTEM):
            return sum(deliver(chamber) for chamber in self.chambers.values())

    def days_ago(self, days: int) -> datetime.date:
        return self.today - datetime.timedelta(days=days)

    def _actor(self, key: str, host: Host) -> Actor:
        person = Person.objects.with_appointments().get(email=f"{key}@example.com")
        return actor_for(person, host)

    def _head_of(self, slug: str) -> str:
        return next(p.key for p in PEOPLE if p.place == slug and p.role == "secretary_general")
