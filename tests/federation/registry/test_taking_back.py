"""The register ends what was shared under an item, with whatever the parts declare, in one transaction."""

import uuid
from collections import defaultdict
from typing import Any

import pytest
from django.utils.timezone import now

from federation.registry import taking_back
from federation.registry.items import Item
from federation.registry.models import Acceptance, Federation, Membership
from federation.registry.queries import NotAMember, sender, taken_back_at
from federation.registry.taking_back import Ending, on_item_taken_back
from huiguan.capability import Place
from huiguan.inbox.handlers import Delivered, hand_over

pytestmark = pytest.mark.django_db
WITHOUT = [item for item in Item.values if item != Item.MATCHING]


def message(chamber: Any, federation: Any, name: str = "test.said", **content: Any) -> Delivered:
    """What a chamber says now."""
    told = {"chamber_id": chamber.pk, "chamber_name": chamber.name, "federation_id": federation.pk}
    return Delivered(id=uuid.uuid4(), name=name, content=content, sent_at=now(), **told)


@pytest.fixture
def change(changde: Any, hunan: Any) -> Any:
    """`change(items, version=1)`: 常德 accepts exactly these."""

    def say(items: list[str], version: int = 1) -> None:
        hand_over(message(changde, hunan, "affiliation.items_changed", items=items, version=version))

    return say


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A part of our own for the item that no other part ends anything with: what it ended."""
    taking_back._discover()
    known = {key: list(parts) for key, parts in taking_back._parts.items()}
    monkeypatch.setattr(taking_back, "_parts", defaultdict(list, known))
    found: list[str] = []

    @on_item_taken_back(Item.DATA_CALLS, Place.FEDERATION)
    def part(whose: Any) -> list[Ending]:
        return [Ending([] if found else [str(whose.chamber_id)], found.append)]

    return found


def items(chamber: Any) -> list[str]:
    found: list[str] = Membership.objects.active().get(chamber_id=chamber.pk).items
    return found


def test_a_part_ends_its_own_when_its_item_is_taken_back_and_not_with_another(
    changde: Any, change: Any, ended: list[str]
) -> None:
    change(WITHOUT)
    assert ended == []
    change(["liaison"])
    assert ended == [str(changde.pk)]
    change(["liaison"])
    assert ended == [str(changde.pk)]


def test_what_cannot_be_ended_leaves_everything_as_it_was(
    changde: Any, change: Any, ended: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @on_item_taken_back(Item.DATA_CALLS, Place.FEDERATION)
    def broken(whose: Any) -> list[Ending]:
        raise RuntimeError

    before = items(changde)
    with pytest.raises(RuntimeError):
        change(["liaison"])
    assert items(changde) == before
    assert not Acceptance.objects.filter(taken_back_at__isnull=False).exists()


def test_a_message_from_before_is_not_heard_and_one_from_after_is(
    changde: Any, shaoyang: Any, hunan: Any, change: Any
) -> None:
    early, of_another = message(changde, hunan), message(shaoyang, hunan)
    change(WITHOUT)
    with pytest.raises(NotAMember):
        sender(early, Item.MATCHING)
    change(Item.values)
    with pytest.raises(NotAMember):
        sender(early, Item.MATCHING)
    assert sender(early, Item.LIAISON).chamber_id == changde.pk
    assert sender(of_another, Item.MATCHING).chamber_id == shaoyang.pk
    assert sender(message(changde, hunan), Item.MATCHING).chamber_id == changde.pk


def test_a_newer_version_of_the_words_takes_nothing_back(changde: Any, hunan: Any, change: Any) -> None:
    from federation.registry.actions import issue_agreement

    early = message(changde, hunan)
    words = {item: dict.fromkeys(("leaves", "purpose", "readers", "withdrawal"), "新") for item in Item.values}
    issue_agreement(hunan.pk, introduction="新", words=words)
    change(Item.values, 2)
    assert taken_back_at(federation_id=hunan.pk, item=Item.MATCHING) == {}
    assert sender(early, Item.MATCHING).chamber_id == changde.pk


def test_who_leaves_and_joins_anew_is_not_heard_with_what_it_said_before(changde: Any, hunan: Any) -> None:
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.outbox.delivery import deliver
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Affiliation
    from tests.support import cast

    early = message(changde, hunan)
    with acting_as(SYSTEM):
        with in_chamber(changde):
            Affiliation.objects.current().get().leave()
        deliver(changde)
        cast.join(changde, hunan, Item.values)
        deliver(changde)
    with pytest.raises(NotAMember):
        sender(early, Item.MATCHING)
    assert sender(message(changde, hunan), Item.MATCHING).joined_on is not None


def test_a_federation_is_led_by_no_chamber_that_has_left(changde: Any, hunan: Any) -> None:
    Federation.objects.filter(pk=hunan.pk).update(lead_chamber_id=changde.pk)
    hand_over(message(changde, hunan, "affiliation.left", reason=""))
    assert Federation.objects.get(pk=hunan.pk).lead_chamber_id is None
