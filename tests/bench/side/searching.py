"""A federation in which much is offered, a chamber that looks for something, and the simple way of finding it."""

import datetime
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log, sqrt
from typing import Any

from django.db import connections
from django.test import Client
from django.utils.timezone import localdate, now

from federation.matching import taxonomy
from federation.matching.models import MatchingRules, Profile, ProfileTerm
from federation.matching.queries import top_matches
from federation.matching.text import analyse, normalise
from federation.registry.actions import open_federation
from federation.registry.models import Membership
from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.actors import SYSTEM, acting_as
from huiguan.inbox.handlers import Delivered, hand_over
from huiguan.keys import uuid7
from huiguan.roles import Role
from huiguan.tenancy import provisioning
from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.hosts import resolve

FIRST, MINUTES = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), 200_000  # what is newest is read again
OTHERS, NEEDS, BATCH = 60, 20, 5_000
REGIONS = ("610100", "610000", "430100", "000000", "ONLINE")
UNITS = ("person", "seat", "unit")


class Market:
    """One federation; `chamber` is a real one, the others are known to the federation alone."""

    def __init__(self, offers: int) -> None:
        self.chance, self.slug = random.Random(1), f"market-{uuid.uuid4().hex[:12]}"
        with acting_as(SYSTEM):
            self.chamber = provisioning.open_chamber(name="寻找商会", slug=self.slug)
            self.person = Person.objects.create_user(f"{self.slug}@example.com", name="秦若兰")
            appoint(person=self.person, role=Role.SECRETARY_GENERAL, chamber=self.chamber)
            self.federation = open_federation(name="联席会", slug=f"f-{self.slug}")
            with in_federation():
                self._let_all_join()
        self.needs = [self._written("need", self.chamber.pk) for _number in range(NEEDS)]
        self._keep(self.needs)
        for first in range(0, offers, BATCH):
            some = range(min(BATCH, offers - first))
            self._keep([self._written("offer", self.chance.choice(self.others)) for _number in some])
        self._list()

    def _let_all_join(self) -> None:
        self.others = [uuid7() for _number in range(OTHERS)]
        since = datetime.date(2020, 1, 1)
        for key in (self.chamber.pk, *self.others):
            said = {"federation": self.federation, "chamber_id": key, "chamber_name": f"商会{str(key)[-4:]}"}
            Membership.objects.create(**said, joined_on=since, items=["matching"])
        MatchingRules.objects.create(federation_id=self.federation.pk, lists_per_slot=0)  # the ranking is measured

    def _written(self, kind: str, chamber_id: uuid.UUID) -> Profile:
        """In the words of a category of the taxonomy, with a few of others: about fifty characters."""
        codes = sorted(taxonomy.categories())
        code = self.chance.choice(codes)
        words = taxonomy.categories()[code].words.split()
        others = taxonomy.categories()[self.chance.choice(codes)].words.split()
        chosen = self.chance.choices(words, k=9) + self.chance.choices(others, k=3)
        if kind == "need":  # and in a few that nobody offers, or many offers would answer it perfectly
            chosen += [f"{self.chance.randrange(16**6):06x}" for _number in range(6)]
        today, long_ago = localdate(), FIRST + datetime.timedelta(minutes=self.chance.randint(0, MINUTES))
        return Profile(
            federation_id=self.federation.pk, chamber_id=chamber_id, chamber_name="样本商会", ref_no="X", kind=kind,
            category=code, title="".join(chosen[:3])[:40], text="，".join(chosen[3:]),
            regions=[self.chance.choice(REGIONS)], quantity=self.chance.randint(10, 500),
            unit=self.chance.choice(UNITS), starts_on=today, ends_on=today + datetime.timedelta(days=300),
            price=self.chance.randint(0, 50) * 100 if kind == "offer" else None, slots=5,
            published_at=long_ago, changed_at=long_ago, expires_on=today + datetime.timedelta(days=180),
        )  # fmt: skip

    def _keep(self, profiles: list[Profile]) -> None:
        """As they stand there after they were published; without the trail, which is measured elsewhere."""
        Profile._base_manager.using("owner").bulk_create(profiles, batch_size=1000)
        copy = "copy matching_profileterm (profile_id, way, term, weight) from stdin"
        with connections["owner"].cursor() as cursor, cursor.copy(copy) as rows:
            for profile in profiles:
                for row in _postings(profile):
                    rows.write_row(row)

    def _list(self) -> None:
        """The chamber's own side of its needs."""
        from tenants.exchange.models import Listing

        with in_chamber(self.chamber), acting_as(SYSTEM):
            for need in self.needs:
                said = {name: getattr(need, name) for name in ("kind", "title", "text", "category", "regions", "unit")}
                Listing(pk=need.pk, **said, status="published", published_at=now(), version=1).save()


_market: list[Market] = []
_texts: list[tuple[dict[str, list[tuple[int, float]]], dict[str, float]]] = []


def open_market(offers: int) -> dict[str, Any]:
    """The address of the chamber, a session, its needs."""
    _market[:] = [Market(offers)]
    [market] = _market
    return {"slug": market.slug, "cookies": _cookies(market), "needs": [str(need.pk) for need in market.needs]}


def ask_once(number: int) -> int:
    """The product's answer in this process: how many it found."""
    [market] = _market
    need = market.needs[number % NEEDS]
    return len(top_matches(chamber_id=market.chamber.pk, listing_id=need.pk).matches)


def read_simply() -> int:
    """TF-IDF of characters, pairs and triples in Python's own memory."""
    [market] = _market
    counted = [Counter(_grams(text)) for text in _offered(market)]
    rarity = {gram: log(len(counted) / n) for gram, n in Counter(g for each in counted for g in each).items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, each in enumerate(counted):
        length = sqrt(sum((n * rarity[gram]) ** 2 for gram, n in each.items())) or 1.0
        for gram, n in each.items():
            postings[gram].append((place, n * rarity[gram] / length))
    _texts[:] = [(postings, rarity)]
    return len(postings)


def ask_simply(number: int) -> int:
    """The five with the nearest words, whoever they are for."""
    [market], [(postings, rarity)] = _market, _texts
    need = market.needs[number % NEEDS]
    reached: dict[int, float] = defaultdict(float)
    for gram, n in Counter(_grams(f"{need.title}{need.title}{need.text}")).items():
        for place, weight in postings.get(gram, ()):
            reached[place] += n * rarity[gram] * weight
    return len(sorted(reached, key=reached.__getitem__, reverse=True)[:5])


def publish_answer(number: int) -> str:
    """Another chamber publishes exactly what is looked for; the title of it."""
    [market] = _market
    need, title = market.needs[number % NEEDS], f"新发布的供给{uuid.uuid4().hex[:6]}"
    content = {
        "listing_id": str(uuid7()), "kind": "offer", "category": need.category, "title": title,
        "text": f"{need.title}{need.title}{need.text}", "regions": list(need.regions), "quantity": str(need.quantity),
        "unit": need.unit, "starts_on": str(need.starts_on), "ends_on": str(need.ends_on), "slots": 5, "version": 1,
    }  # fmt: skip
    said = {"chamber_id": market.others[0], "chamber_name": "样本商会", "federation_id": market.federation.pk}
    name = "exchange.profile_published"
    hand_over(Delivered(id=uuid7(), name=name, content=content, sent_at=now(), **said))
    return title


def _cookies(market: Market) -> dict[str, str]:
    """Of its secretary-general, signed in."""
    host = f"{market.slug}.localhost"
    client = Client(HTTP_HOST=host)
    client.force_login(market.person, "huiguan.accounts.backends.PersonBackend")
    session = client.session
    session["host"] = resolve(host).key
    session.save()
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _postings(profile: Profile) -> Iterator[tuple[Any, ...]]:
    analysed = analyse(profile.title, profile.text)
    for way, terms in ((ProfileTerm.Way.WORDS, analysed.words), (ProfileTerm.Way.CHARACTERS, analysed.characters)):
        for term, weight in terms.items():
            yield profile.pk, str(way), term[:60], weight


def _offered(market: Market) -> list[str]:
    offers = Profile._base_manager.using("owner").filter(federation_id=market.federation.pk, kind="offer")
    return [f"{title}{title}{text}" for title, text in offers.values_list("title", "text")]


def _grams(text: str) -> Iterator[str]:
    plain = normalise(text)
    for length in (1, 2, 3):
        yield from (plain[start : start + length] for start in range(len(plain) - length + 1))
