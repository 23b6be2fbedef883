"""A federation with chambers of its own for the time of a trial, which leaves nothing behind but its trail."""

import datetime
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localdate

from api.actions import register_partner
from api.models import Grant
from api.trials import erasing
from federation.matching.models import MatchingRules
from federation.registry import queries
from federation.registry.actions import invite_chamber, open_federation
from federation.registry.items import Item
from federation.registry.models import Federation
from huiguan.outbox import delivery
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.provisioning import open_chamber
from tenants.affiliation.actions import join

Say = Callable[[str], None]
SCOPES = ["listings:read", "matches:read"]
LIFE = datetime.timedelta(days=2)  # of the grants, should the trial be cut short so that it cannot clean up


class NotDelivered(RuntimeError):
    """A message of the trial did not arrive: what would be measured is not the set."""


@dataclass
class House:
    """What has been opened so far, so that it can be erased at any moment."""

    mark: str = field(default_factory=lambda: f"pingce-{secrets.token_hex(4)}")
    federation: Federation | None = None
    chambers: dict[str, Chamber] = field(default_factory=dict)
    client: Any = None
    secret: str = ""

    def open(self, names: Iterable[str], say: Say) -> None:
        self.federation = open_federation(name=f"评测 {self.mark}", slug=self.mark)
        # the ranking alone is measured: nobody is kept from an offer because others were shown it
        MatchingRules.objects.create(federation_id=self.federation.pk, lists_per_slot=0)
        self.client, self.secret = register_partner(name=f"评测 {self.mark}")
        for number, name in enumerate(names, start=1):
            slug = f"{self.mark}-{number}"
            self.chambers[name] = open_chamber(name=f"评测商会 {slug}", slug=slug)
            self._join(self.chambers[name])
            self._let_in(self.chambers[name])
            say(f"opened chamber {number}: {name}")

    def deliver(self) -> None:
        """Bring everything to the federation; a worker of the same house may have taken some of it."""
        for chamber in self.chambers.values():
            delivery.deliver(chamber)
            if left := delivery.waiting(chamber):
                raise NotDelivered(f"{left} messages of {chamber.slug} did not arrive")

    def keys(self, names: Iterable[str]) -> list[uuid.UUID]:
        return [self.chambers[name].pk for name in names]

    def erase(self, say: Say) -> None:
        say("erasing what was opened")
        erasing.erase(self.mark)

    def _join(self, chamber: Chamber) -> None:
        assert self.federation is not None, "the federation is opened first"
        made = invite_chamber(federation_id=self.federation.pk, slug=chamber.slug)
        with in_chamber(chamber):
            invitation = queries.invitation(chamber_id=chamber.pk, pk=made.pk)
            assert invitation is not None, "it was written a moment ago"
            join(invitation=invitation, items=[Item.MATCHING], version=1)
        delivery.deliver(chamber)

    def _let_in(self, chamber: Chamber) -> None:
        grant = Grant(client=self.client, chamber=chamber, scopes=SCOPES, granted_by=self.mark)
        grant.purpose, grant.expires_on = "评测", localdate() + LIFE
        grant.save()


@contextmanager
def throw_away(names: Iterable[str], say: Say) -> Iterator[House]:
    """Open it; erase it at the end, whatever happened: an error, Ctrl-C, or a termination that was turned into one."""
    house = House()
    try:
        house.open(names, say)
        yield house
    finally:
        house.erase(say)
