"""Two phones at once: the last one of a limited offer is counted once, and numbers of cards have no gap."""

import uuid

from django.core.exceptions import ValidationError

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from tenants.benefits.counting import count_use
from tenants.benefits.issuing import issue
from tenants.benefits.models import Card, Merchant, Offer, Use
from tenants.members.models import Member
from tests.conftest import chamber
from tests.support.threads import together


def test_the_last_of_a_limited_offer_is_counted_once(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        shop = Merchant.objects.create(name="沅水人家酒楼")
        offer = Offer.objects.create(merchant=shop, title="名片一盒", limit_total=1)
        cards = [issue(Card(member=Member.objects.create(name=f"西安同时{n}商贸有限公司"))) for n in range(2)]

    def count(card: Card) -> None:
        with acting_as(SYSTEM), in_chamber(here):
            count_use(card=Card.objects.get(pk=card.pk), offer=Offer.objects.get(pk=offer.pk), key=uuid.uuid4())

    outcomes = together(count, cards)
    with in_chamber(here):
        assert Use.objects.count() == 1
    assert sum(isinstance(each, ValidationError) for each in outcomes) == 1


def test_a_double_click_counts_once(own_database: str) -> None:
    here, key = chamber("changde"), uuid.uuid4()
    with acting_as(SYSTEM), in_chamber(here):
        offer = Offer.objects.create(merchant=Merchant.objects.create(name="沅水人家酒楼"), title="名片一盒")
        card = issue(Card(member=Member.objects.create(name="西安双击商贸有限公司")))

    def count(_number: int) -> uuid.UUID:
        with acting_as(SYSTEM), in_chamber(here):
            found = Card.objects.get(pk=card.pk), Offer.objects.get(pk=offer.pk)
            return count_use(card=found[0], offer=found[1], key=key).pk

    assert len(set(together(count, range(2)))) == 1
    with in_chamber(here):
        assert Use.objects.count() == 1


def test_cards_issued_at_once_have_numbers_without_a_gap(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        members = [Member.objects.create(name=f"西安编号{n}商贸有限公司").pk for n in range(4)]

    def make(key: uuid.UUID) -> None:
        with acting_as(SYSTEM), in_chamber(here):
            issue(Card(member=Member.objects.get(pk=key)))

    assert together(make, members) == [None] * 4
    with in_chamber(here):
        assert sorted(Card.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
