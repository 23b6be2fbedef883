"""A federation in a database of its own, its coordinator, and chambers that send figures."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.timezone import now

from federation.benchmarking import releasing
from federation.benchmarking.models import Release
from federation.registry.items import Item
from federation.registry.models import Membership
from huiguan.actors import Actor, acting_as
from huiguan.inbox.handlers import Delivered, hand_over
from huiguan.tenancy.binding import in_federation
from huiguan.tenancy.hosts import resolve


class Federation:
    """Its chambers have a key and a membership, and no schema."""

    def __init__(self) -> None:
        self.id = resolve("hunan.localhost").federation_id
        self.numbers = 0

    def joined(self, *, region: str = "610100", joined_on: str = "2024-01-01") -> uuid.UUID:
        self.numbers += 1
        chamber_id = uuid.UUID(int=1000 + self.numbers)
        with in_federation():
            member = Membership(federation_id=self.id, chamber_id=chamber_id, chamber_name=f"第{self.numbers}商会")
            member.region, member.items, member.joined_on = region, Item.values, joined_on
            member.save()
            member.accept(items=Item.values, version=1, on=date.fromisoformat(joined_on))
        return chamber_id

    def said(self, chamber_id: uuid.UUID, name: str, key: uuid.UUID | None = None, **content: Any) -> Delivered:
        told = {"chamber_id": chamber_id, "chamber_name": "x", "federation_id": self.id, "sent_at": now()}
        return Delivered(id=key or uuid.uuid4(), name=name, content=content, **told)

    def figures(self, chamber_id: uuid.UUID, *, code: str = "K02", value: float, **given: Any) -> Delivered:
        quarter = {"year": 2026, "quarter": 3, "members": 60, "organisation": str(chamber_id)}
        figures = [{"code": code, "version": 1, "value": value}]
        return self.said(chamber_id, "benchmarks.figures_sent", **{**quarter, "figures": figures, **given})

    def send(self, chamber_id: uuid.UUID, value: float, **given: Any) -> bool:
        return hand_over(self.figures(chamber_id, value=value, **given))

    def accept(self, chamber_id: uuid.UUID, items: list[str]) -> bool:
        return hand_over(self.said(chamber_id, "affiliation.items_changed", items=items, version=1))

    def opened(self, quarter: int = 3, year: int = 2026) -> Release:
        with in_federation():
            made = Release(federation_id=self.id, year=year, quarter=quarter)
            made.save()
        return made

    def frozen(self, release: Release) -> Release:
        with in_federation():
            release.freeze()
        return releasing.freeze(str(release.pk))


@pytest.fixture
def house(own_database: str) -> Iterator[Federation]:
    """The test works as its coordinator."""
    found = Federation()
    rights = frozenset({"benchmarking.freeze", "benchmarking.change", "benchmarking.view", "registry.receive"})
    with acting_as(Actor("连若谷", permissions=rights, federation_id=found.id)):
        yield found


@pytest.fixture
def published() -> Callable[[Release], list[Any]]:
    """Every published value of a release, row by row."""
    from federation.benchmarking.models import ReleaseCell

    def read(release: Release) -> list[Any]:
        with in_federation():
            return list(ReleaseCell.objects.filter(release=release).order_by("id").values())

    return read
