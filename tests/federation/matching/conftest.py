"""Messages of both chambers of the cast to their federation, as the outbox would hand them over."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.utils.timezone import now

from huiguan.keys import uuid7

Tell = Callable[..., UUID]


@pytest.fixture
def tell(hunan: Any) -> Tell:
    """`tell(chamber, "exchange.…", **content)`: the message arrives; returns its key."""
    from huiguan.inbox.handlers import Delivered, hand_over

    def deliver(chamber: Any, name: str, *, key: UUID | None = None, **content: Any) -> UUID:
        message_id = key or uuid7()
        hand_over(
            Delivered(
                id=message_id,
                name=name,
                chamber_id=chamber.pk,
                chamber_name=chamber.name,
                federation_id=hunan.pk,
                content=content,
                sent_at=now(),
            )
        )
        return message_id

    return deliver


@pytest.fixture
def publish(tell: Tell) -> Callable[..., UUID]:
    """`publish(chamber, "offer", title=…)`: publishes a listing; returns its key."""

    def make(chamber: Any, kind: str, **changes: Any) -> UUID:
        listing_id = UUID(str(changes.pop("listing_id", uuid7())))
        tell(
            chamber, "exchange.profile_published", **{**CONTENT, "listing_id": str(listing_id), "kind": kind, **changes}
        )
        return listing_id

    return make


@pytest.fixture
def pair(changde: Any, shaoyang: Any, publish: Any) -> tuple[UUID, UUID]:
    """邵阳 lost its speaker; 常德 has one: (need, offer)."""
    offer = publish(changde, "offer", title="经济学教授形势报告", text="可临时救场,半天内到位", price="3000")
    need = publish(shaoyang, "need", title="年会主论坛嘉宾临时缺席", text="原定讲经济形势的教授住院", budget="5000")
    return need, offer


class Chamber(NamedTuple):
    """One that is known to the federation alone."""

    pk: UUID
    name: str


@pytest.fixture
def third_chamber(hunan: Any) -> Callable[[str], Chamber]:
    """`third_chamber("怀化商会")`: another that takes part in the matching."""
    from federation.registry.models import Membership

    def join(name: str) -> Chamber:
        since = datetime.date(2020, 1, 1)
        member = Membership.objects.create(
            federation=hunan, chamber_id=uuid7(), chamber_name=name, joined_on=since, items=["matching"]
        )
        return Chamber(member.chamber_id, name)

    return join


CONTENT: dict[str, Any] = {
    "category": "EXP.MACRO",
    "title": "经济形势报告",
    "text": "",
    "regions": ["610100"],
    "region_hard": False,
    "quantity": "200",
    "unit": "person",
    "starts_on": "2026-01-01",
    "ends_on": "2099-12-31",
    "slots": 3,
    "version": 1,
}
