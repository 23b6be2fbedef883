"""An offer is suggested to so many needs a week; what is urgent leads to what can be there in time."""

import datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import localdate, now

from federation.matching import queries
from federation.matching.load import REASON, WEEK
from federation.matching.models import MatchingRules, MatchSuggestion

pytestmark = pytest.mark.django_db


def titles(chamber: Any, need: UUID) -> list[str]:
    return [match.profile.title for match in queries.top_matches(chamber_id=chamber.pk, listing_id=need).matches]


def refusals(chamber: Any, need: UUID) -> dict[str, tuple[str, ...]]:
    found = queries.top_matches(chamber_id=chamber.pk, listing_id=need)
    return {refusal.profile.title: refusal.reasons for refusal in found.refusals}


@pytest.fixture
def needs(changde: Any, shaoyang: Any, publish: Any) -> list[UUID]:
    """One offer that can be given once; four needs that it answers."""
    publish(changde, "offer", title="经济学教授形势报告", slots=1)
    return [publish(shaoyang, "need", title=f"请教授讲经济形势{n}") for n in range(4)]


def test_the_fourth_need_of_a_week_is_not_shown_what_three_were_and_reads_why(shaoyang: Any, needs: list[UUID]) -> None:
    shown = [titles(shaoyang, need) for need in needs]
    assert shown == [["经济学教授形势报告"]] * 3 + [[]]
    assert refusals(shaoyang, needs[3]) == {"经济学教授形势报告": (str(REASON),)}


def test_a_list_keeps_what_it_has(shaoyang: Any, needs: list[UUID]) -> None:
    for need in (*needs, *needs[:3]):
        titles(shaoyang, need)
    assert [titles(shaoyang, need) != [] for need in needs] == [True, True, True, False]


def test_a_need_that_is_over_or_a_week_old_gives_its_place_free(
    shaoyang: Any, needs: list[UUID], tell: Any, settings: Any
) -> None:
    for need in needs[:3]:
        titles(shaoyang, need)
    tell(shaoyang, "exchange.profile_withdrawn", listing_id=str(needs[0]), reason="fulfilled")
    assert titles(shaoyang, needs[3])
    assert not MatchSuggestion.objects.filter(shown_at__lt=now() - WEEK).exists()


def test_an_offer_that_can_be_given_twice_stands_in_twice_as_many(changde: Any, shaoyang: Any, publish: Any) -> None:
    publish(changde, "offer", slots=2)
    needs = [publish(shaoyang, "need") for _n in range(7)]
    assert [titles(shaoyang, need) != [] for need in needs] == [True] * 6 + [False]


def test_a_federation_can_lift_the_limit(hunan: Any, shaoyang: Any, needs: list[UUID], signed_in: Any) -> None:
    assert signed_in("qin").get("/matching/rules/").status_code == 404
    assert signed_in("lian").post("/matching/rules/", {"lists_per_slot": "0"}).status_code == 302
    assert MatchingRules.objects.get().federation_id == hunan.pk
    assert all(titles(shaoyang, need) for need in needs)


def days(first: int, last: int) -> dict[str, str]:
    today = localdate()
    return {
        "starts_on": (today + datetime.timedelta(days=first)).isoformat(),
        "ends_on": (today + datetime.timedelta(days=last)).isoformat(),
    }


@pytest.mark.parametrize(
    ("window", "notice", "fits"),
    [
        (days(0, 1), 12, True),
        (days(0, 1), 13, False),
        (days(2, 3), 60, True),
        (days(2, 3), 61, False),
        (days(3, 4), 500, True),
        (days(0, 180), 500, True),
    ],
    ids=["today", "today, too late", "in two days", "in two days, too late", "not urgent", "open for months"],
)
def test_only_what_can_be_there_in_time_answers_an_urgent_need(
    changde: Any, shaoyang: Any, publish: Any, window: Any, notice: int, fits: bool
) -> None:
    publish(changde, "offer", title="经济学教授形势报告", lead_time_hours=notice)
    need = publish(shaoyang, "need", title="请教授讲经济形势", **window)
    assert bool(titles(shaoyang, need)) is fits
    assert ("经济学教授形势报告" in refusals(shaoyang, need)) is not fits


def test_an_urgent_need_is_flagged_for_those_whose_offer_fits(changde: Any, shaoyang: Any, publish: Any) -> None:
    offer = publish(changde, "offer")
    publish(shaoyang, "need", **days(1, 2))
    [match] = queries.top_matches(chamber_id=changde.pk, listing_id=offer).matches
    assert match.profile.is_urgent


def test_the_owner_of_an_offer_sees_how_often_it_is_promised(
    changde: Any, shaoyang: Any, publish: Any, tell: Any
) -> None:
    from huiguan.keys import uuid7

    offer, need, key = publish(changde, "offer", slots=1), publish(shaoyang, "need"), str(uuid7())
    tell(shaoyang, "exchange.interest_sent", interest_id=key, need_id=str(need), offer_id=str(offer))
    assert queries.top_matches(chamber_id=changde.pk, listing_id=offer).held == 0
    tell(changde, "exchange.interest_answered", interest_id=key, answer="accept")
    assert queries.top_matches(chamber_id=changde.pk, listing_id=offer).held == 1
