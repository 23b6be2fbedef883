"""Where the federation wants it, another chamber reads first what is published."""

import datetime
from typing import Any
from uuid import UUID

import pytest

from federation.matching import actions, queries
from federation.matching.models import MatchingRules, Profile, ProfileReview
from federation.registry.items import Item
from federation.registry.models import Membership
from federation.registry.taking_back import Whose, carry_out
from huiguan.actors import SYSTEM, acting_as
from huiguan.inbox.handlers import Refused
from huiguan.keys import uuid7
from huiguan.tenancy.binding import in_federation

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2020, 1, 1)


@pytest.fixture
def rules(hunan: Any) -> Any:
    return MatchingRules.objects.create(federation_id=hunan.pk, is_reviewed=True)


@pytest.fixture
def third(hunan: Any) -> UUID:
    """Another chamber that takes part."""
    return UUID(
        str(
            Membership.objects.create(
                federation=hunan, chamber_id=uuid7(), chamber_name="怀化商会", joined_on=LONG_AGO, items=["matching"]
            ).chamber_id
        )
    )


@pytest.fixture
def offer(rules: Any, changde: Any, publish: Any) -> UUID:
    key: UUID = publish(changde, "offer")
    return key


@pytest.fixture
def say(tell: Any) -> Any:
    """`say(chamber, "approve")` of the reading that waits."""

    def answer(chamber: Any, verdict: str, *remarks: str, text: str = "") -> None:
        review = str(ProfileReview.objects.waiting().get().pk)
        said = {"review_id": review, "verdict": verdict, "remarks": list(remarks), "text": text}
        tell(chamber, "exchange.profile_reviewed", **said)

    return answer


def status(key: UUID) -> str:
    return str(Profile.objects.get(pk=key).status)


def reader() -> UUID:
    return UUID(str(ProfileReview.objects.waiting().get().reviewer_id))


def found(chamber: Any, need: UUID) -> bool:
    return bool(queries.top_matches(chamber_id=chamber.pk, listing_id=need).matches)


def test_nobody_reads_first_where_the_federation_does_not_want_it(changde: Any, publish: Any) -> None:
    assert status(publish(changde, "offer")) == "published"
    assert not ProfileReview.objects.exists()


def test_others_find_it_once_another_chamber_has_read_it(
    rules: Any, offer: UUID, shaoyang: Any, publish: Any, say: Any, changde: Any
) -> None:
    assert (status(offer), reader()) == ("in_review", shaoyang.pk)
    with pytest.raises(Refused):
        say(changde, "approve")
    say(shaoyang, "approve")
    assert status(offer) == "published"
    rules.is_reviewed = False
    rules.save()
    assert found(shaoyang, publish(shaoyang, "need"))


def test_before_that_nobody_finds_it(rules: Any, offer: UUID, shaoyang: Any, publish: Any) -> None:
    rules.is_reviewed = False
    rules.save()
    assert not found(shaoyang, publish(shaoyang, "need"))


def test_what_is_returned_says_why_and_a_new_version_is_read_again(
    offer: UUID, changde: Any, shaoyang: Any, publish: Any, say: Any
) -> None:
    with pytest.raises(Refused):
        say(shaoyang, "return")
    say(shaoyang, "return", "personal", "category", text="电话不要写")
    assert status(offer) == "returned"
    [back] = queries.returned_to(chamber_id=changde.pk)
    assert back.remark_labels() == ["含有姓名或号码", "类别不合适"]
    publish(changde, "offer", listing_id=offer, version=2)
    assert (status(offer), queries.returned_to(chamber_id=changde.pk)) == ("in_review", [])
    assert ProfileReview.objects.waiting().get().version == 2


def test_a_changed_version_is_hidden_until_it_was_read_and_the_older_reading_is_overtaken(
    offer: UUID, changde: Any, shaoyang: Any, publish: Any, say: Any
) -> None:
    say(shaoyang, "approve")
    publish(changde, "offer", listing_id=offer, version=2)
    publish(changde, "offer", listing_id=offer, version=3)
    assert status(offer) == "in_review"
    assert list(ProfileReview.objects.order_by("created_at").values_list("status", flat=True)) == [
        "approved",
        "dropped",
        "waiting",
    ]


def test_the_reader_is_who_may_see_it_and_has_the_fewest_to_read(
    rules: Any, changde: Any, shaoyang: Any, third: UUID, publish: Any
) -> None:
    publish(changde, "offer")
    publish(changde, "offer")
    assert set(ProfileReview.objects.values_list("reviewer_id", flat=True)) == {shaoyang.pk, third}
    shown = publish(changde, "offer", visible_to=[str(third)])
    assert ProfileReview.objects.get(profile=shown).reviewer_id == third


def test_what_its_reader_leaves_goes_to_another(offer: UUID, shaoyang: Any, third: UUID) -> None:
    first = reader()
    with acting_as(SYSTEM):
        assert actions.hand_on_reviews() == 0
        ProfileReview.objects.update(due_on=LONG_AGO)
        assert actions.hand_on_reviews() == 1
    assert {first, reader()} == {shaoyang.pk, third}


def test_a_reader_that_takes_part_no_more_keeps_nobody_waiting(
    rules: Any, offer: UUID, shaoyang: Any, hunan: Any
) -> None:
    Membership.objects.filter(chamber_id=shaoyang.pk).update(items=[])
    with acting_as(SYSTEM), in_federation():
        carry_out(Whose(shaoyang.pk, hunan.pk), [Item.MATCHING])
    assert status(offer) == "published"
    assert not ProfileReview.objects.waiting().exists()


def test_what_is_withdrawn_is_read_by_nobody(offer: UUID, changde: Any, shaoyang: Any, tell: Any) -> None:
    tell(changde, "exchange.profile_withdrawn", listing_id=str(offer), reason="withdrawn")
    assert (status(offer), queries.readings_of(chamber_id=shaoyang.pk)) == ("withdrawn", [])
