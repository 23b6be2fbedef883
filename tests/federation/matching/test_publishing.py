"""What chambers publish, and who finds it."""

from typing import Any
from uuid import UUID

import pytest

from federation.matching import queries
from federation.matching.models import MatchSuggestion, Profile, ProfileTerm
from federation.matching.models.evidence import NeverChanged
from huiguan.actors import SYSTEM, acting_as
from huiguan.inbox.handlers import Refused
from huiguan.tenancy.binding import in_federation

pytestmark = pytest.mark.django_db


def titles(chamber: Any, listing: UUID) -> list[str]:
    return [m.profile.title for m in queries.top_matches(chamber_id=chamber.pk, listing_id=listing).matches]


def test_a_chamber_outside_the_matching_publishes_nothing(hunan: Any, changde: Any, publish: Any) -> None:
    from federation.registry.models import Membership

    with acting_as(SYSTEM), in_federation():
        membership = Membership.objects.get(chamber_id=changde.pk)
        membership.accept(items=["liaison"], version=1, on=membership.joined_on)
    with pytest.raises(Refused):
        publish(changde, "offer")
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "太" * 41},
        {"category": "NO.SUCH"},
        {"category": ""},
        {"kind": "gift"},
        {"starts_on": "2026-02-01", "ends_on": "2026-01-01"},
        {"starts_on": "soon"},
        {"quantity": "many"},
        {"regions": ["sixty-one"]},
    ],
)
def test_content_that_nobody_could_use_is_refused_with_a_reason(
    changde: Any, publish: Any, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        publish(changde, wrong.pop("kind", "offer"), **wrong)
    assert str(refused.value)
    assert not Profile.objects.exists()


def test_a_need_finds_the_offer_and_says_why(shaoyang: Any, pair: tuple[UUID, UUID]) -> None:
    need, offer = pair
    found = queries.top_matches(chamber_id=shaoyang.pk, listing_id=need)
    best = found.matches[0]
    assert best.profile.id == str(offer)
    assert sum(part.max for part in best.parts) == 100
    assert best.score == sum(part.value for part in best.parts)
    assert "救场" in best.words


def test_an_offer_finds_the_need_by_the_same_score(changde: Any, shaoyang: Any, pair: tuple[UUID, UUID]) -> None:
    need, offer = pair
    [back] = queries.top_matches(chamber_id=changde.pk, listing_id=offer).matches
    [there] = queries.top_matches(chamber_id=shaoyang.pk, listing_id=need).matches
    assert back.profile.id == str(need)
    assert back.score == there.score


def test_another_chambers_listing_does_not_exist_for_me(changde: Any, pair: tuple[UUID, UUID]) -> None:
    need, _offer = pair
    assert queries.top_matches(chamber_id=changde.pk, listing_id=need).profile is None


def test_a_near_miss_is_told_with_its_reason(changde: Any, shaoyang: Any, publish: Any) -> None:
    publish(changde, "offer", title="经济学教授形势报告", price="9000")
    need = publish(shaoyang, "need", title="请教授讲经济形势", budget="5000")
    found = queries.top_matches(chamber_id=shaoyang.pk, listing_id=need)
    assert found.matches == ()
    assert [len(refusal.reasons) for refusal in found.refusals] == [1]


def test_an_offer_for_chosen_chambers_is_unknown_to_all_others(changde: Any, shaoyang: Any, publish: Any) -> None:
    publish(changde, "offer", visible_to=[str(changde.pk)])
    need = publish(shaoyang, "need")
    found = queries.top_matches(chamber_id=shaoyang.pk, listing_id=need)
    assert (found.matches, found.refusals) == ((), ())


def test_a_need_for_chosen_chambers_is_unknown_to_all_others(changde: Any, shaoyang: Any, publish: Any) -> None:
    offer = publish(changde, "offer")
    publish(shaoyang, "need", visible_to=[str(shaoyang.pk)])
    assert titles(changde, offer) == []


def test_published_without_a_name_nobody_reads_the_chambers(changde: Any, shaoyang: Any, publish: Any) -> None:
    publish(changde, "offer", anonymous=True)
    need = publish(shaoyang, "need")
    [match] = queries.top_matches(chamber_id=shaoyang.pk, listing_id=need).matches
    assert "常德" not in str(match)


def test_a_new_version_replaces_the_words_everywhere(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], publish: Any
) -> None:
    need, offer = pair
    assert titles(shaoyang, need) == ["经济学教授形势报告"]
    publish(changde, "offer", listing_id=offer, title="博士后经济论坛", version=2)
    assert titles(shaoyang, need) == ["博士后经济论坛"]
    terms = set(ProfileTerm.objects.filter(profile=offer).values_list("term", flat=True))
    assert "博士" in terms
    assert "救场" not in terms


def test_an_older_version_that_comes_late_changes_nothing(changde: Any, pair: tuple[UUID, UUID], publish: Any) -> None:
    _need, offer = pair
    publish(changde, "offer", listing_id=offer, title="第二版", version=2)
    publish(changde, "offer", listing_id=offer, title="第一版", version=1)
    assert Profile.objects.get(pk=offer).title == "第二版"


def test_a_listing_of_another_chamber_cannot_be_overwritten(
    shaoyang: Any, pair: tuple[UUID, UUID], publish: Any
) -> None:
    _need, offer = pair
    with pytest.raises(Refused):
        publish(shaoyang, "offer", listing_id=offer, title="抢注", version=2)
    assert Profile.objects.get(pk=offer).title == "经济学教授形势报告"


@pytest.mark.parametrize("reason", ["withdrawn", "paused", "fulfilled"])
def test_what_is_no_longer_offered_is_no_longer_found(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], tell: Any, reason: str
) -> None:
    need, offer = pair
    assert titles(shaoyang, need)
    tell(changde, "exchange.profile_withdrawn", listing_id=str(offer), reason=reason)
    assert titles(shaoyang, need) == []


def test_a_pause_ends_by_publishing_again_and_a_withdrawal_does_not(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], tell: Any, publish: Any
) -> None:
    need, offer = pair
    tell(changde, "exchange.profile_withdrawn", listing_id=str(offer), reason="paused")
    publish(changde, "offer", listing_id=offer, version=2)
    assert titles(shaoyang, need)
    tell(changde, "exchange.profile_withdrawn", listing_id=str(offer), reason="withdrawn")
    with pytest.raises(Refused):
        publish(changde, "offer", listing_id=offer, version=3)
    assert titles(shaoyang, need) == []


def test_a_chamber_that_takes_the_item_back_is_no_longer_found(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID]
) -> None:
    from federation.registry.models import Membership

    need, _offer = pair
    with acting_as(SYSTEM), in_federation():
        membership = Membership.objects.get(chamber_id=changde.pk)
        membership.accept(items=["directory"], version=1, on=membership.joined_on)
    assert titles(shaoyang, need) == []


def test_every_list_shown_is_kept_once_and_never_changed(shaoyang: Any, pair: tuple[UUID, UUID]) -> None:
    need, offer = pair
    for _time in range(2):
        queries.top_matches(chamber_id=shaoyang.pk, listing_id=need)
    [kept] = MatchSuggestion.objects.all()
    assert (kept.need_id, kept.offer_id, kept.rank) == (need, offer, 1)
    assert set(kept.parts) == {"text", "category", "region", "capacity", "budget"}
    assert set(kept.constraint_report) >= {"own_chamber", "window", "capacity"}
    kept.rank = 2
    with pytest.raises(NeverChanged):
        kept.save()
    with pytest.raises(NeverChanged):
        kept.delete()


def test_a_message_that_arrives_twice_publishes_once(changde: Any, tell: Any, publish: Any) -> None:
    from huiguan.keys import uuid7

    key, listing = uuid7(), uuid7()
    for _time in range(2):
        publish(changde, "offer", listing_id=listing, key=key)
    assert Profile.objects.get(pk=listing).version == 1
