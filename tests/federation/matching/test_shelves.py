"""The shelf of a federation: what it shows at each question, and that nobody waits for whoever renews it."""

import datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import now

from federation.matching.models import Profile
from federation.matching.shelves import Place, Shelf
from huiguan.tenancy.binding import in_federation

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(hunan: Any) -> Place:
    return Place(hunan.pk)


def newest(place: Place) -> Shelf:
    with in_federation():
        return place.newest()


def offers(place: Place) -> set[UUID]:
    stock = newest(place).stock
    return {UUID(offer.id) for offer, kept in zip(stock.offers, stock.kept, strict=True) if kept}


def test_each_question_finds_what_was_published_changed_and_taken_back_before_it(
    place: Place, changde: Any, publish: Any, tell: Any
) -> None:
    assert offers(place) == set()
    first, need = publish(changde, "offer"), publish(changde, "need")
    assert (offers(place), set(newest(place).needs)) == ({first}, {str(need)})
    publish(changde, "offer", listing_id=first, title="财税讲座", version=2)
    assert newest(place).stock.offers[-1].title == "财税讲座"
    assert offers(place) == {first}
    tell(changde, "exchange.profile_withdrawn", listing_id=str(first), reason="withdrawn")
    tell(changde, "exchange.profile_withdrawn", listing_id=str(need), reason="paused")
    assert (offers(place), set(newest(place).needs)) == (set(), set())


def test_a_change_that_took_long_to_commit_is_taken_in(place: Place, changde: Any, publish: Any) -> None:
    """Its time is before that of what was seen already."""
    late, seen = publish(changde, "offer"), publish(changde, "offer")
    Profile.objects.filter(pk=late).update(status=Profile.Status.PAUSED)
    Profile.objects.filter(pk=seen).update(changed_at=now())
    assert offers(place) == {seen}
    moment = now() - datetime.timedelta(seconds=30)
    Profile.objects.filter(pk=late).update(status=Profile.Status.PUBLISHED, changed_at=moment)
    assert offers(place) == {seen, late}


def test_what_was_erased_is_not_there_any_more(place: Place, changde: Any, publish: Any) -> None:
    erased, left = publish(changde, "offer"), publish(changde, "offer")
    assert offers(place) == {erased, left}
    Profile.objects.filter(pk=erased).update(federation_id=changde.pk)
    assert offers(place) == {left}


def test_a_shelf_on_which_nothing_changed_costs_one_question(
    place: Place, changde: Any, publish: Any, django_assert_num_queries: Any
) -> None:
    publish(changde, "offer")
    newest(place)
    with in_federation():
        before = place.newest()
        with django_assert_num_queries(1):
            assert place.newest() is before


def test_while_one_renews_the_shelf_the_others_go_on_with_what_it_held(
    place: Place, changde: Any, publish: Any
) -> None:
    first = publish(changde, "offer")
    before = newest(place)
    second = publish(changde, "offer")
    with place.lock:
        assert newest(place) is before
    assert offers(place) == {first, second}
