"""A member with a year: dues paid and waived, a card used, a group, a contact."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import localdate


@pytest.fixture
def member(db: None) -> Callable[..., Any]:
    """`member(email="cheng@example.com")`: with a person who can be reached when an address is given."""
    from tenants.members.models import Contact, Member

    def make(name: str = "", email: str = "") -> Any:
        made = Member(name=name or f"西安样本{Member.objects.count() + 1}商贸有限公司")
        made.save()
        if email:
            Contact(member=made, name="程晚晴", email=email).save()
        return made

    return make


@pytest.fixture
def charged(db: None) -> Callable[..., Any]:
    """`charged(member, 2000)`: dues of this year, in yuan."""
    from tenants.dues import ledger
    from tenants.dues.models import Charge

    def make(member: Any, yuan: int) -> Any:
        today = localdate()
        made = Charge(member=member, year=today.year, amount_fen=100 * yuan, due_on=datetime.date(today.year, 3, 31))
        ledger.assess([made])
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def full_year(member: Callable[..., Any], charged: Callable[..., Any]) -> Callable[..., Any]:
    """A member of whose year something is to be told: paid 1500, waived 500, saved 12 yuan."""
    import uuid

    from tenants.benefits.counting import count_use
    from tenants.benefits.issuing import issue
    from tenants.benefits.models import Card, Merchant, Offer
    from tenants.dues import ledger, payments
    from tenants.members.models import Group, Touch

    def make(**fields: Any) -> Any:
        made = member(**fields)
        charge = charged(made, 2_000)
        ledger.waive(charge, fen=50_000, reason="疫情减免（理事会决议）")
        payments.record(member_id=made.pk, method="cash", fen=150_000, received_on=localdate())
        shop = Merchant(name="沅水人家酒楼")
        shop.save()
        offer = Offer(merchant=shop, title="菜品八八折", saving="percent", percent=12)
        offer.save()
        count_use(card=issue(Card(member=made)), offer=offer, key=uuid.uuid4(), bill_fen=10_000)
        group = Group(name="商贸专委会")
        group.save()
        group.take_in([made])
        Touch(member=made, kind="met", status="made").save()
        return made

    return make
