"""T15: a release suggests a topic when five that agreed are far behind, and says neither who nor how many."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.benchmarking.gaps import gap, weight_as_topic
from federation.benchmarking.models import Suggestion
from federation.registry.suggestions import suggestions
from huiguan.tenancy.binding import in_federation

STRONG, WEAK = 90.0, 30.0


@given(st.lists(st.floats(0.51, 50), max_size=4), st.lists(st.floats(-50, 0.5), max_size=30))
def test_t15_fewer_than_five_far_behind_weigh_nothing(weak: list[float], others: list[float]) -> None:
    assert weight_as_topic([*weak, *others]) == 0


@given(st.lists(st.floats(0.51, 50), min_size=5, max_size=20))
def test_no_single_chamber_makes_a_topic_heavy(weak: list[float]) -> None:
    assert 0 < weight_as_topic(weak) <= 2 * len(weak)


def test_where_less_is_better_more_is_behind_and_where_nothing_is_published_nobody_is() -> None:
    days = {"median": 10.0, "lower": 8.0, "upper": 12.0, "unit": "d"}
    assert gap(14.0, direction=-1, **days) == 1.0
    assert gap(14.0, direction=1, **days) == -1.0
    assert gap(14.0, direction=0, **days) is None
    assert gap(14.0, median=10.0, lower=None, upper=None, unit="d", direction=-1) is None
    assert gap(9.0, median=10.0, lower=10.0, upper=10.0, unit="%", direction=1) == 1.0


def released(house: Any, agreeing: int, *, weak: int = 5) -> Any:
    """Fifteen chambers, some of them weak; of the weak so many agreed that it may count."""
    opened = house.opened()
    for number in range(15):
        chamber_id: UUID = house.joined()
        topics = ["K02"] if number < agreeing else []
        house.send(chamber_id, WEAK if number < weak else STRONG + number % 7, for_topics=topics)
    return house.frozen(opened)


@pytest.mark.parametrize(("agreeing", "count"), [(1, 0), (2, 0), (4, 0), (5, 1)])
def test_t15_only_those_who_agreed_are_counted(house: Any, agreeing: int, count: int) -> None:
    released(house, agreeing)
    with in_federation():
        assert Suggestion.objects.count() == len(suggestions(house.id)) == count


def test_t15_a_suggestion_has_no_place_for_a_name_a_gap_or_a_number(house: Any) -> None:
    released(house, 5)
    fields = {field.name for field in Suggestion._meta.concrete_fields}
    assert fields == {"id", "created_at", "changed_at", "release", "code", "rank", "taken_up_at"}
    with in_federation():
        [said] = suggestions(house.id)
    assert "5" not in said.title + said.detail.replace("2026", "")
    assert "商会" not in said.title


def test_the_coordinator_makes_it_a_topic_by_one_action_and_once(house: Any) -> None:
    from federation.liaison.models import Series, Topic
    from huiguan.actors import Actor, acting_as

    released(house, 5)
    coordinator = Actor("连若谷", permissions=frozenset({"liaison.change"}), federation_id=house.id)
    with acting_as(coordinator), in_federation():
        series = Series.objects.create(federation_id=house.id, name="联席会议")
        [said] = suggestions(house.id)
        topic = series.take_up(said.key)
        assert (topic.title, topic.chamber_id) == (said.title, None)
        assert list(Topic.objects.waiting()) == [topic]
        assert suggestions(house.id) == []
        assert series.take_up(said.key) is None


def test_on_the_page_of_the_series_it_is_one_button_for_the_coordinator_alone(house: Any) -> None:
    from federation.liaison.models import Series, Topic
    from huiguan.accounts.models import Person
    from tests.conftest import sign_in
    from tests.support import cast

    released(house, 5)
    with in_federation():
        series = Series.objects.create(federation_id=house.id, name="联席会议")
        [said] = suggestions(house.id)
    lian, qiao = (
        sign_in(Person.objects.get(email=cast.email(key)), cast.COORDINATORS[key][1]) for key in ("lian", "qiao")
    )
    url = f"/liaison/series/{series.pk}/suggestions/{said.key}/"
    assert url in lian.get(f"/liaison/series/{series.pk}/").content.decode()
    assert qiao.post(url).status_code == 403
    assert lian.get(url).status_code == 405
    assert lian.post(url).status_code == 302
    with in_federation():
        assert Topic.objects.filter(series=series).count() == 1
    assert url not in lian.get(f"/liaison/series/{series.pk}/").content.decode()
