"""A chamber takes the item `matching` back: what it published ends, and nothing comes back by itself."""

import datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from federation.matching import queries
from federation.matching.models import ContactDisclosure, ExpressionOfInterest, Profile
from federation.registry.items import Item
from federation.registry.queries import NotAMember
from federation.registry.taking_back import Whose, foretold
from huiguan.inbox.handlers import Delivered, Refused, hand_over
from huiguan.keys import uuid7
from huiguan.tenancy.binding import in_chamber

pytestmark = pytest.mark.django_db
STATES = ExpressionOfInterest.Status
ALL = list(Item.values)
WITHOUT = [item for item in ALL if item != Item.MATCHING]


@pytest.fixture
def change(tell: Any) -> Any:
    """`change(chamber, items)`: from now on it accepts exactly these."""
    return lambda chamber, items: tell(chamber, "affiliation.items_changed", items=items, version=1)


@pytest.fixture
def ask(shaoyang: Any, pair: tuple[UUID, UUID], tell: Any) -> Any:
    """邵阳 asks 常德 for the speaker; returns the key of the introduction."""

    def send() -> UUID:
        key, (need, offer) = uuid7(), map(str, pair)
        tell(shaoyang, "exchange.interest_sent", interest_id=str(key), need_id=need, offer_id=offer)
        return key

    return send


def interest_of(key: UUID) -> ExpressionOfInterest:
    return ExpressionOfInterest.objects.get(pk=key)


def introduce(tell: Any, changde: Any, shaoyang: Any, key: UUID) -> None:
    tell(changde, "exchange.interest_answered", interest_id=str(key), answer="accept", text="可以")
    for chamber, name in ((changde, "秦若兰"), (shaoyang, "戴星河")):
        contact = {"contact_name": name, "contact_phone": "02900001111"}
        tell(chamber, "exchange.contact_disclosed", interest_id=str(key), **contact)


def test_what_was_published_is_withdrawn_and_found_by_nobody(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], change: Any, publish: Any, tell: Any
) -> None:
    need, offer = pair
    paused = publish(changde, "offer")
    tell(changde, "exchange.profile_withdrawn", listing_id=str(paused), reason="paused")
    done = publish(changde, "offer")
    tell(changde, "exchange.profile_withdrawn", listing_id=str(done), reason="fulfilled")
    change(changde, WITHOUT)
    states = dict(Profile.objects.values_list("pk", "status"))
    assert states == {need: "published", offer: "taken_back", paused: "taken_back", done: "fulfilled"}
    assert queries.top_matches(chamber_id=shaoyang.pk, listing_id=need).matches == ()


@pytest.mark.parametrize("steps", ["sent", "more_info", "accepted"])
def test_an_open_introduction_ends_and_the_other_side_is_told_without_a_name(
    changde: Any, shaoyang: Any, ask: Any, change: Any, tell: Any, steps: str
) -> None:
    key = ask()
    if steps == "more_info":
        tell(changde, "exchange.interest_answered", interest_id=str(key), answer="more_info", text="多久?")
    if steps == "accepted":
        tell(changde, "exchange.interest_answered", interest_id=str(key), answer="accept")
        contact = {"contact_name": "秦若兰", "contact_phone": "02900001111"}
        tell(changde, "exchange.contact_disclosed", interest_id=str(key), **contact)
    change(changde, WITHOUT)
    found = interest_of(key)
    assert (found.status, found.ended_by_id) == (STATES.WITHDRAWN, changde.pk)
    assert "经济学教授形势报告" in found.notice
    assert "常德" not in found.notice
    assert [i.interest.pk for i in queries.news_for(chamber_id=shaoyang.pk)] == [key]
    assert queries.news_for(chamber_id=changde.pk) == []
    assert queries.waiting_for(chamber_id=shaoyang.pk) == []
    assert not ContactDisclosure.objects.exists()


def test_contacts_given_before_are_shown_to_neither_side_and_kept_nowhere(
    changde: Any, shaoyang: Any, ask: Any, change: Any, tell: Any
) -> None:
    key = ask()
    introduce(tell, changde, shaoyang, key)
    change(changde, WITHOUT)
    for chamber in (changde, shaoyang):
        seen = queries.introduction(chamber_id=chamber.pk, interest_id=key)
        assert seen is not None
        assert (seen.contact, seen.interest.status) == (None, STATES.CONTACTS_EXCHANGED)
    assert not ContactDisclosure.objects.exists()
    change(changde, ALL)
    assert queries.introduction(chamber_id=shaoyang.pk, interest_id=key).contact is None  # type: ignore[union-attr]


def test_the_side_that_stays_can_still_report_the_result_and_the_other_cannot(
    changde: Any, shaoyang: Any, ask: Any, change: Any, tell: Any
) -> None:
    key = ask()
    introduce(tell, changde, shaoyang, key)
    change(changde, WITHOUT)
    with pytest.raises(Refused):
        tell(changde, "exchange.no_deal_reported", interest_id=str(key), reason="price")
    agreed = {"kind": "service", "value_band": "under_10k", "signed_on": "2026-01-05"}
    tell(shaoyang, "exchange.agreement_reported", interest_id=str(key), **agreed)
    assert interest_of(key).status == STATES.AGREED


@pytest.mark.parametrize("name", ["interest_sent", "interest_answered", "contact_disclosed", "profile_published"])
def test_every_step_is_refused_from_then_on(
    changde: Any, pair: tuple[UUID, UUID], ask: Any, change: Any, tell: Any, name: str
) -> None:
    key, (need, offer) = ask(), map(str, pair)
    said = {"interest_id": str(key), "listing_id": offer, "need_id": need, "offer_id": offer, "answer": "accept"}
    change(changde, WITHOUT)
    with pytest.raises(NotAMember):
        tell(changde, f"exchange.{name}", **said)


def test_accepting_again_brings_nothing_back_and_publishing_again_does(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], ask: Any, change: Any, publish: Any
) -> None:
    _need, offer = pair
    key = ask()
    change(changde, WITHOUT)
    change(changde, ALL)
    assert Profile.objects.get(pk=offer).status == "taken_back"
    assert interest_of(key).status == STATES.WITHDRAWN
    publish(changde, "offer", listing_id=offer, version=2)
    assert Profile.objects.get(pk=offer).status == "published"
    assert interest_of(key).status == STATES.WITHDRAWN
    assert interest_of(ask()).status == STATES.SENT


def test_a_pair_that_was_in_contact_can_be_introduced_anew(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], ask: Any, change: Any, publish: Any, tell: Any
) -> None:
    introduce(tell, changde, shaoyang, ask())
    change(changde, WITHOUT)
    change(changde, ALL)
    publish(changde, "offer", listing_id=pair[1], version=2)
    assert interest_of(ask()).status == STATES.SENT


def test_what_was_on_its_way_when_the_item_was_taken_back_publishes_nothing_later(
    changde: Any, hunan: Any, change: Any
) -> None:
    listing, before = uuid7(), now()
    change(changde, WITHOUT)
    change(changde, ALL)
    content = {"listing_id": str(listing), "kind": "offer", "category": "EXP.MACRO", "title": "讲座"}
    content |= {"starts_on": "2026-01-01", "ends_on": "2099-12-31"}

    def arrive(sent_at: datetime.datetime) -> None:
        told = {"chamber_id": changde.pk, "chamber_name": changde.name, "federation_id": hunan.pk, "content": content}
        hand_over(Delivered(id=uuid7(), name="exchange.profile_published", sent_at=sent_at, **told))

    with pytest.raises(Refused):
        arrive(before)
    assert not Profile.objects.filter(pk=listing).exists()
    arrive(now())
    assert Profile.objects.get(pk=listing).status == "published"


def test_a_withdrawal_that_comes_late_is_heard_and_a_pause_changes_nothing(
    changde: Any, pair: tuple[UUID, UUID], change: Any, tell: Any
) -> None:
    change(changde, WITHOUT)
    tell(changde, "exchange.profile_withdrawn", listing_id=str(pair[1]), reason="paused")
    assert Profile.objects.get(pk=pair[1]).status == "taken_back"
    tell(changde, "exchange.profile_withdrawn", listing_id=str(pair[1]), reason="withdrawn")
    assert Profile.objects.get(pk=pair[1]).status == "withdrawn"


def test_leaving_ends_the_same(changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], ask: Any, tell: Any) -> None:
    key = ask()
    tell(changde, "affiliation.left", reason="")
    assert Profile.objects.get(pk=pair[1]).status == "taken_back"
    assert interest_of(key).status == STATES.WITHDRAWN


def test_another_federations_and_another_chambers_are_untouched(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], change: Any
) -> None:
    change(shaoyang, ALL)
    Profile.objects.filter(pk=pair[1]).update(federation_id=uuid7())
    change(changde, WITHOUT)
    assert set(Profile.objects.values_list("status", flat=True)) == {"published"}


def test_what_is_foretold_is_what_happens(
    changde: Any, shaoyang: Any, hunan: Any, ask: Any, change: Any, publish: Any, tell: Any
) -> None:
    introduce(tell, changde, shaoyang, ask())
    need = publish(shaoyang, "need")
    offer = publish(changde, "offer")
    tell(
        shaoyang, "exchange.interest_sent", interest_id=str(uuid7()), need_id=str(need), offer_id=str(offer)
    )  # fmt: skip
    assert told(changde, hunan) == [
        "1 open introduction ends, and the other side is told",
        "the contacts of 1 introduction are no longer shown to either side",
    ]
    change(changde, WITHOUT)
    assert ExpressionOfInterest.objects.filter(ended_at__isnull=False).count() == 2
    assert told(changde, hunan) == []


def told(chamber: Any, federation: Any) -> list[str]:
    """What the federation's side says would end with the item."""
    with override("en"), in_chamber(chamber):
        return foretold(Whose(chamber.pk, federation.pk), [Item.MATCHING])[Item.MATCHING]
