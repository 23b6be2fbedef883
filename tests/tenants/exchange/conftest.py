"""Listings of both chambers, written and published as their people do; messages brought over as the worker does."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

Write = Callable[..., Any]
SOON, LATER = datetime.date(2026, 1, 1), datetime.date(2099, 12, 31)


@pytest.fixture
def write(hunan: Any, actor: Any) -> Write:
    """`write("dai", kind="need", …)`: a listing of that person's chamber, published unless `publish=False`."""
    from huiguan.actors import acting_as
    from huiguan.tenancy.binding import in_chamber
    from tenants.exchange.models import Listing
    from tests.conftest import host_of

    def make(key: str, *, publish: bool = True, **fields: Any) -> Any:
        told = {"category": "EXP.MACRO", "regions": ["610100"], "unit": "person", "quantity": 200, **fields}
        with acting_as(actor(key)), in_chamber(host_of(key).chamber):
            listing = Listing(starts_on=SOON, ends_on=LATER, **told)
            listing.full_clean()
            listing.save()
            if publish:
                listing.publish(federation=(hunan.pk, hunan.name), version=0)
        return listing

    return make


@pytest.fixture
def deliver(changde: Any, shaoyang: Any) -> Callable[[], None]:
    """Every message that waits arrives now."""
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.outbox import delivery

    def bring() -> None:
        with acting_as(SYSTEM):
            for chamber in (changde, shaoyang):
                delivery.deliver(chamber)

    return bring


@pytest.fixture
def pair(write: Write, deliver: Callable[[], None]) -> tuple[Any, Any]:
    """邵阳 lost its speaker; 常德 has one: (need, offer), both published."""
    offer = write("qin", kind="offer", title="经济学教授年会主旨演讲", text="讲宏观形势,可临时救场", price=3000)
    need = write("dai", kind="need", title="年会主论坛嘉宾临时缺席", text="急请专家讲经济形势", price=5000)
    deliver()
    return need, offer
