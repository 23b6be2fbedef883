"""Offers that more needs ask for than can have them: distributed, kept, explained to all whom it concerns."""

import datetime
import json
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import localdate

from federation.matching import actions
from federation.matching.allocating import running, solving
from federation.matching.allocating.running import settle
from federation.matching.allotments import allotments
from federation.matching.models import AllocationItem, AllocationRun, ExpressionOfInterest
from federation.matching.models.allocations import Outcome
from federation.matching.models.evidence import NeverChanged
from huiguan.actors import NotAllowed
from huiguan.keys import uuid7
from tests.federation.matching.conftest import Chamber

pytestmark = pytest.mark.django_db
WORDS = {"title": "经济形势报告", "text": "可临时救场"}


@pytest.fixture(autouse=True)
def settled_here(monkeypatch: Any) -> None:
    """Without a process for each: that a process of its own answers the same is tried in test_distributing."""
    monkeypatch.setattr(running, "settle", solving.settle)


@pytest.fixture
def huaihua(third_chamber: Any) -> Chamber:
    """Another chamber that takes part."""
    found: Chamber = third_chamber("怀化商会")
    return found


@pytest.fixture
def ask(tell: Any) -> Any:
    """`ask(chamber, need, offer)`: shows interest; returns the introduction's key."""

    def send(chamber: Any, need: UUID, offer: UUID) -> str:
        key = str(uuid7())
        tell(chamber, "exchange.interest_sent", interest_id=key, need_id=str(need), offer_id=str(offer))
        return key

    return send


@pytest.fixture
def asked_by_three(changde: Any, shaoyang: Any, huaihua: Chamber, publish: Any, ask: Any) -> dict[str, UUID]:
    """常德 can give a speaker twice; 邵阳 asks for two needs that fit well, 怀化 for one that fits less."""
    keys = {"offer": publish(changde, "offer", **WORDS, slots=2)}
    for name, who, words in (
        ("first", shaoyang, WORDS),
        ("second", shaoyang, WORDS),
        ("small", huaihua, {"title": "想听听专家怎么看", "category": "EXP.LAW"}),
    ):
        keys[name] = publish(who, "need", **words)
        ask(who, keys[name], keys["offer"])
    return keys


@pytest.fixture
def distribute(hunan: Any, working: Any) -> Any:
    """As the coordinator."""
    working("lian")
    return lambda: actions.distribute_scarce(federation_id=hunan.pk)


def outcomes(run: AllocationRun) -> dict[UUID, str]:
    return {item.need_id: item.outcome for item in run.items.all()}


def days(first: int, last: int) -> dict[str, str]:
    today = localdate()
    window = {"starts_on": first, "ends_on": last}
    return {name: (today + datetime.timedelta(days=day)).isoformat() for name, day in window.items()}


def test_only_the_coordinator_distributes(hunan: Any, asked_by_three: Any, signed_in: Any, working: Any) -> None:
    assert signed_in("qiao").post("/matching/distributions/").status_code == 403
    assert signed_in("qin").post("/matching/distributions/").status_code == 404
    working("qiao")
    with pytest.raises(NotAllowed):
        actions.distribute_scarce(federation_id=hunan.pk)
    assert not AllocationRun.objects.exists()


def test_what_is_enough_for_all_is_not_distributed(
    changde: Any, shaoyang: Any, publish: Any, ask: Any, distribute: Any
) -> None:
    offer = publish(changde, "offer", slots=2)
    for _number in range(2):
        ask(shaoyang, publish(shaoyang, "need"), offer)
    assert distribute() is None
    assert allotments(chamber_id=changde.pk, listing_id=offer) is None


def test_each_chamber_gets_something_before_one_gets_all(asked_by_three: dict[str, UUID], distribute: Any) -> None:
    run = distribute()
    found = outcomes(run)
    assert found[asked_by_three["small"]] == Outcome.BALANCED
    assert sorted(found[asked_by_three[name]] for name in ("first", "second")) == [Outcome.BALANCE, Outcome.FITS]
    assert (run.needs, run.offers, run.times, run.given) == (3, 1, 2, 2)
    assert [(row["asked"], row["by_score"], row["given"]) for row in run.chambers] == [(1, 0, 1), (2, 2, 1)]
    assert run.total < run.best_total
    assert run.jain > run.best_jain


def test_a_distribution_is_never_changed(asked_by_three: dict[str, UUID], distribute: Any) -> None:
    run = distribute()
    for change in (run.save, run.delete, AllocationRun.objects.all().delete, run.items.first().save):
        with pytest.raises(NeverChanged):
            change()
    with pytest.raises(NeverChanged):
        AllocationItem.objects.update(outcome=Outcome.FITS)


def test_nothing_new_makes_no_new_distribution(asked_by_three: dict[str, UUID], distribute: Any) -> None:
    assert distribute() == distribute()
    assert AllocationRun.objects.count() == 1


def test_whoever_steps_back_makes_room_with_the_next_distribution(
    huaihua: Chamber, asked_by_three: dict[str, UUID], distribute: Any, tell: Any
) -> None:
    first = distribute()
    tell(huaihua, "exchange.profile_withdrawn", listing_id=str(asked_by_three["small"]), reason="withdrawn")
    second = distribute()
    assert (first.number, second.number) == (1, 2)
    assert (second.needs, second.chambers, list(second.items.all())) == (0, [], [])


def test_an_urgent_need_comes_first_and_what_is_too_late_for_it_does_not_count(
    changde: Any, shaoyang: Any, huaihua: Chamber, publish: Any, ask: Any, distribute: Any
) -> None:
    offer = publish(changde, "offer", slots=1, lead_time_hours=24)
    urgent, other = publish(huaihua, "need", **days(1, 2)), publish(shaoyang, "need")
    ask(huaihua, urgent, offer), ask(shaoyang, other, offer)
    assert outcomes(distribute()) == {urgent: Outcome.URGENT, other: Outcome.URGENT_FIRST}
    publish(changde, "offer", listing_id=offer, version=2, slots=1, lead_time_hours=60)
    assert distribute().items.count() == 0


def test_a_need_that_is_promised_another_asks_no_more(
    changde: Any, shaoyang: Any, huaihua: Chamber, publish: Any, ask: Any, tell: Any, distribute: Any
) -> None:
    offers = [publish(changde, "offer", slots=1) for _number in range(2)]
    needs = [publish(who, "need") for who in (shaoyang, huaihua, huaihua)]
    for who, need in zip((shaoyang, huaihua, huaihua), needs, strict=True):
        ask(who, need, offers[1])
    tell(changde, "exchange.interest_answered", interest_id=ask(shaoyang, needs[0], offers[0]), answer="accept")
    found = outcomes(distribute())
    assert found[needs[0]] == Outcome.PROMISED
    assert sorted(found[need] for need in needs[1:]) == [Outcome.BETTER, Outcome.FITS]


def test_both_sides_read_why_and_nobody_who_else_asks(
    changde: Any, shaoyang: Any, asked_by_three: dict[str, UUID], distribute: Any
) -> None:
    distribute()
    of_offer = allotments(chamber_id=changde.pk, listing_id=asked_by_three["offer"])
    assert of_offer is not None
    assert [row.is_first for row in of_offer.rows] == [True, True, False]
    of_needs = [allotments(chamber_id=shaoyang.pk, listing_id=asked_by_three[name]) for name in ("first", "second")]
    assert sorted(str(found.rows[0].why) for found in of_needs if found) == [
        "为兼顾各商会，分给了其他需求",
        "分给贵会：贵会的需求最匹配",
    ]
    for found in of_needs:
        assert found is not None and "怀化" not in repr(found) and "专家怎么看" not in repr(found)
    assert allotments(chamber_id=shaoyang.pk, listing_id=asked_by_three["offer"]) is None


def test_a_chamber_that_hides_its_name_stays_hidden(
    changde: Any, shaoyang: Any, huaihua: Chamber, publish: Any, ask: Any, distribute: Any
) -> None:
    offer = publish(changde, "offer", slots=1)
    for who in (shaoyang, huaihua):
        ask(who, publish(who, "need", anonymous=True), offer)
    distribute()
    found = allotments(chamber_id=changde.pk, listing_id=offer)
    assert found is not None and len(found.rows) == 2
    assert not any(name in repr(found) for name in (huaihua.name, shaoyang.name, str(huaihua.pk), str(shaoyang.pk)))


def test_an_introduction_that_has_ended_is_told_no_more(
    changde: Any, asked_by_three: dict[str, UUID], distribute: Any, tell: Any
) -> None:
    distribute()
    small = ExpressionOfInterest.objects.get(need=asked_by_three["small"])
    tell(changde, "exchange.interest_answered", interest_id=str(small.pk), answer="decline", reason="dates")
    found = allotments(chamber_id=changde.pk, listing_id=asked_by_three["offer"])
    assert found is not None and len(found.rows) == 2


def test_the_coordinator_distributes_now_and_reads_it_by_chamber(
    asked_by_three: dict[str, UUID], signed_in: Any, huaihua: Chamber
) -> None:
    browser = signed_in("lian")
    made = browser.post("/matching/distributions/", follow=True)
    page = made.content.decode()
    assert made.redirect_chain[0][0].startswith("/matching/allocationrun/")
    assert huaihua.name in page and "想听听专家怎么看" in page
    again = browser.post("/matching/distributions/", follow=True).content.decode()
    assert "没有变化" in again
    assert "第 1 次分配" in page


def test_another_federation_sees_nothing_of_it(asked_by_three: dict[str, UUID], distribute: Any) -> None:
    """Evidence is no register record, and is still the federation's own."""
    from huiguan.actors import Actor
    from huiguan.capability import Place, resources
    from huiguan.screens.base import visible

    distribute()
    other = Actor("连若谷", federation_id=uuid7())
    kept = [r for _c, r in resources(Place.FEDERATION) if r.model in (AllocationRun, AllocationItem)]
    assert [visible(resource, other).count() for resource in kept] == [0, 0]


def test_every_night_each_federation_has_its_turn(asked_by_three: dict[str, UUID], hunan: Any) -> None:
    from federation.matching.tasks import distribute_scarce

    distribute_scarce()
    assert AllocationRun.objects.get().federation_id == hunan.pk


def test_what_was_read_can_be_told_by_its_fingerprint(asked_by_three: dict[str, UUID], distribute: Any) -> None:
    run = distribute()
    assert len(run.input_hash) == 64
    assert json.loads(json.dumps(run.parameters))["steps"] == [6000, 3000, 1500, 500]
    assert run.parameters["solver"].startswith("ortools ")


def test_a_contest_that_cannot_be_settled_keeps_no_other_federation(
    asked_by_three: dict[str, UUID], monkeypatch: Any
) -> None:
    from huiguan.limits import TooMuch

    def fail(_contest: Any) -> None:
        raise TooMuch("settle")

    monkeypatch.setattr(running, "settle", fail)
    assert actions.distribute_everywhere() == 1
    assert not AllocationRun.objects.exists()
    monkeypatch.setattr(running, "settle", settle)
    actions.distribute_everywhere()
    assert AllocationRun.objects.exists()
