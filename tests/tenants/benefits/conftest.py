"""A chamber with a member, its card, a shop and an offer."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def member(db: None) -> Callable[..., Any]:
    """`member("西安云帆商贸有限公司")`: a member of the chamber in which the test works."""
    from tenants.members.models import Member

    def make(name: str = "", **fields: Any) -> Any:
        made = Member(name=name or f"西安样本{Member.objects.count() + 1}商贸有限公司", **fields)
        made.save()
        return made

    return make


@pytest.fixture
def card(member: Callable[..., Any]) -> Callable[..., Any]:
    """`card()`: of a new member, valid to the end of the year."""
    from tenants.benefits.issuing import issue
    from tenants.benefits.models import Card

    def make(whose: Any = None, holder: str = "") -> Any:
        return issue(Card(member=whose or member(), holder=holder))

    return make


@pytest.fixture
def offer(db: None) -> Callable[..., Any]:
    """`offer(percent=12)`, `offer(amount_fen=3000)`: of a new shop, or of `merchant`."""
    from tenants.benefits.models import Merchant, Offer

    def make(merchant: Any = None, **fields: Any) -> Any:
        shop = merchant or Merchant(name="沅水人家酒楼")
        shop.save()
        saving = "percent" if "percent" in fields else "amount" if "amount_fen" in fields else "gift"
        made = Offer(merchant=shop, title=fields.pop("title", "菜品优惠"), **{"saving": saving, **fields})
        made.save()
        return made

    return make
