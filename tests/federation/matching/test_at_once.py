"""Two sides, or two workers, at the same moment: the second begins before the first has committed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import now

from federation.matching import actions, queries
from federation.matching.models import AllocationRun, ContactDisclosure, ExpressionOfInterest, Profile
from federation.registry.items import Item
from huiguan.actors import SYSTEM, acting_as
from huiguan.inbox.handlers import Delivered, Refused, hand_over
from huiguan.keys import uuid7
from huiguan.tenancy.binding import in_federation
from tests.conftest import chamber, federation
from tests.federation.matching.conftest import CONTENT
from tests.support.threads import overlapping

STATES = ExpressionOfInterest.Status
WITHOUT = [item for item in Item.values if item != Item.MATCHING]
Said = Callable[[], Any]


@pytest.fixture
def house(own_database: str) -> Any:
    """The cast in a database of its own: 常德 has an offer, 邵阳 a need, and asks for an introduction."""
    return House()


class House:
    def __init__(self) -> None:
        self.changde, self.shaoyang, self.federation_id = chamber("changde"), chamber("shaoyang"), federation().pk
        self.offer, self.need, self.interest = uuid7(), uuid7(), uuid7()
        self.published(self.changde, "offer", self.offer)()
        self.published(self.shaoyang, "need", self.need)()

    def says(self, who: Any, name: str, **content: Any) -> Said:
        """What a chamber says, to be handed over when it is called."""
        told = {"chamber_id": who.pk, "chamber_name": who.name, "federation_id": self.federation_id}
        message = Delivered(id=uuid7(), name=name, sent_at=now(), content=content, **told)
        return lambda: hand_over(message)

    def published(self, who: Any, kind: str, key: UUID) -> Said:
        return self.says(
            who, "exchange.profile_published", **{**CONTENT, "listing_id": str(key), "kind": kind, "slots": 1}
        )

    def asked(self, key: UUID | None = None, need: UUID | None = None) -> Said:
        pair = {"need_id": str(need or self.need), "offer_id": str(self.offer)}
        return self.says(self.shaoyang, "exchange.interest_sent", interest_id=str(key or self.interest), **pair)

    def answered(self, who: Any, answer: str, key: UUID | None = None) -> Said:
        return self.says(who, "exchange.interest_answered", interest_id=str(key or self.interest), answer=answer)

    def agreed(self, who: Any) -> Said:
        contact = {"contact_name": f"{who.name}秘书处", "contact_phone": "02900001111"}
        return self.says(who, "exchange.contact_disclosed", interest_id=str(self.interest), **contact)

    def took_back(self, who: Any) -> Said:
        return self.says(who, "affiliation.items_changed", items=WITHOUT, version=1)

    def state(self) -> str:
        with in_federation():
            return str(ExpressionOfInterest.objects.get(pk=self.interest).status)

    def contacts(self) -> int:
        with in_federation():
            return int(ContactDisclosure.objects.count())


def test_both_consent_in_the_same_moment_and_both_see_the_other(house: Any) -> None:
    house.asked()()
    house.answered(house.changde, "accept")()
    assert overlapping(house.agreed(house.changde), house.agreed(house.shaoyang)) == [True, True]
    assert house.state() == STATES.CONTACTS_EXCHANGED
    for who in (house.changde, house.shaoyang):
        [seen] = queries.introductions(chamber_id=who.pk)
        assert seen.contact is not None


def test_one_steps_back_while_the_other_consents_and_no_contact_is_kept(house: Any) -> None:
    house.asked()()
    house.answered(house.changde, "accept")()
    house.agreed(house.changde)()
    _stepped, refused = overlapping(house.answered(house.shaoyang, "withdraw"), house.agreed(house.shaoyang))
    assert isinstance(refused, Refused)
    assert (house.state(), house.contacts()) == (STATES.WITHDRAWN, 0)


def test_one_consents_while_the_other_steps_back_and_the_order_decides(house: Any) -> None:
    house.asked()()
    house.answered(house.changde, "accept")()
    house.agreed(house.changde)()
    _given, refused = overlapping(house.agreed(house.shaoyang), house.answered(house.changde, "withdraw"))
    assert isinstance(refused, Refused)
    assert (house.state(), house.contacts()) == (STATES.CONTACTS_EXCHANGED, 2)


def test_the_same_side_consents_twice_at_once_and_counts_once(house: Any) -> None:
    house.asked()()
    house.answered(house.changde, "accept")()
    _first, second = overlapping(house.agreed(house.changde), house.agreed(house.changde))
    assert isinstance(second, Refused)
    assert (house.state(), house.contacts()) == (STATES.ACCEPTED, 1)


def test_the_last_of_an_offer_is_given_once(house: Any) -> None:
    other, need = uuid7(), uuid7()
    house.published(house.shaoyang, "need", need)()
    house.asked()()
    house.asked(other, need)()
    accepts = [house.answered(house.changde, "accept", key) for key in (house.interest, other)]
    _first, second = overlapping(*accepts)
    assert isinstance(second, Refused)
    with in_federation():
        assert ExpressionOfInterest.objects.filter(status=STATES.ACCEPTED).count() == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_no_interest_stands_in_what_is_being_taken_back(house: Any, is_first: bool) -> None:
    both = [house.took_back(house.changde), house.asked()]
    outcomes = overlapping(*(both if is_first else reversed(both)))
    assert isinstance(outcomes[1], Refused) is is_first
    with in_federation():
        assert not ExpressionOfInterest.objects.without_contact().exists()
        assert Profile.objects.get(pk=house.offer).status == "taken_back"


@pytest.mark.parametrize("is_first", [True, False])
def test_nothing_is_published_while_the_item_is_being_taken_back(house: Any, is_first: bool) -> None:
    """The chamber's own messages, brought by two workers."""
    key = uuid7()
    both = [house.took_back(house.changde), house.published(house.changde, "offer", key)]
    overlapping(*(both if is_first else reversed(both)))
    with in_federation():
        assert not Profile.objects.filter(chamber_id=house.changde.pk, status="published").exists()


@pytest.mark.parametrize("is_first", [True, False])
def test_no_contact_is_shown_by_who_takes_the_item_back_at_that_moment(house: Any, is_first: bool) -> None:
    house.asked()()
    house.answered(house.changde, "accept")()
    house.agreed(house.shaoyang)()
    both = [house.took_back(house.shaoyang), house.agreed(house.changde)]
    overlapping(*(both if is_first else reversed(both)))
    assert house.contacts() == 0
    for who in (house.changde, house.shaoyang):
        [seen] = queries.introductions(chamber_id=who.pk)
        assert seen.contact is None


def test_both_sides_take_the_item_back_at_once(house: Any) -> None:
    house.asked()()
    assert overlapping(house.took_back(house.changde), house.took_back(house.shaoyang)) == [True, True]
    with in_federation():
        assert set(Profile.objects.values_list("status", flat=True)) == {"taken_back"}
        assert ExpressionOfInterest.objects.get().ended_by_id == house.changde.pk


def test_two_distributions_at_once_leave_one(house: Any) -> None:
    other, need = uuid7(), uuid7()
    house.published(house.shaoyang, "need", need)()
    house.asked()()
    house.asked(other, need)()

    def distribute() -> Any:
        with acting_as(replace(SYSTEM, federation_id=house.federation_id)):
            return actions.distribute_scarce(federation_id=house.federation_id)

    first, second = overlapping(distribute, distribute)
    assert first == second
    with in_federation():
        run = AllocationRun.objects.get()
        assert (run.number, run.given, run.items.count()) == (1, 1, 2)
