"""T16: who asks is known to the mentor alone, who the mentor is to the mentee once it agreed, and to nobody else."""

import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.benchmarking import mentoring
from federation.benchmarking.exchanges import exchanges_of
from federation.benchmarking.models import Pairing
from federation.benchmarking.pairing import Asking, Receiving, assign, likeness
from federation.registry.items import Item
from huiguan.actors import NotAllowed
from huiguan.inbox.handlers import Refused, hand_over
from huiguan.tenancy.binding import in_federation

WITHOUT = [item for item in Item.values if item != Item.BENCHMARKING]
TODAY = datetime.date.today().isoformat()
REPORT = {"held_on": TODAY, "way": "visit", "title": "按月催缴", "text": "每月第一周致电。"}
FACETS = st.fixed_dictionaries(
    {"size": st.sampled_from("ab"), "kind": st.sampled_from("xy"), "province": st.just("61")}
)


@pytest.fixture
def chambers(house: Any) -> list[UUID]:
    """Twelve in a release, from the lowest figure to the highest."""
    opened, found = house.opened(), [house.joined() for _n in range(12)]
    for number, chamber_id in enumerate(found):
        house.send(chamber_id, 40.0 + 5 * number)
    house.frozen(opened)
    return found


@pytest.fixture
def says(house: Any) -> Any:
    """`says(chamber, "exchange_asked", …)`: its message arrives."""
    return lambda who, name, **content: hand_over(house.said(who, f"benchmarks.{name}", **content))


@pytest.fixture
def offer(says: Any) -> Any:
    card = {"code": "K02", "title": "按月电话提醒", "text": "每月第一周由联络员致电。"}
    return lambda who, takes_mentees=True: says(who, "practice_shared", **card, takes_mentees=takes_mentees)


@pytest.fixture
def ask(says: Any) -> Any:
    def asked(who: UUID, code: str = "K02") -> UUID:
        key = uuid4()
        says(who, "exchange_asked", pairing_id=str(key), code=code, wish="想听听怎么催缴")
        return key

    return asked


@pytest.fixture
def sees(house: Any) -> Any:
    return lambda who: exchanges_of(chamber_id=who, federation_id=house.id)


def test_the_weights_are_those_of_the_rule() -> None:
    one = {"size": "50-199", "kind": "native_place", "province": "61"}
    assert likeness(one, one) == 1.0
    assert likeness(one, {**one, "size": "200+"}) == pytest.approx(0.5)
    assert likeness({}, {}) == 0


@given(st.lists(FACETS, max_size=5), st.lists(FACETS, max_size=4))
def test_as_many_as_can_be_find_a_mentor_nobody_itself_and_none_has_more_than_its_places(
    asking: list[dict[str, str]], receiving: list[dict[str, str]]
) -> None:
    mentees = [Asking(f"a{n}", facets) for n, facets in enumerate(asking)]
    mentors = [Receiving(f"r{n}", facets, 2) for n, facets in enumerate(receiving)]
    found = assign(mentees, mentors)
    assert len(found) == min(len(asking), 2 * len(receiving))
    assert all(list(found.values()).count(mentor.key) <= mentor.places for mentor in mentors)
    assert found == assign(mentees, list(reversed(mentors)))


def test_the_more_alike_are_paired_and_whoever_declined_is_not_asked_again() -> None:
    alike, other = {"size": "10-49", "kind": "x"}, {"size": "200+", "kind": "x"}
    mentors = [Receiving("small", alike, 1), Receiving("large", other, 1)]
    assert assign([Asking("a", other), Asking("b", alike)], mentors) == {"a": "large", "b": "small"}
    assert assign([Asking("a", alike, frozenset(["small"]))], mentors) == {"a": "large"}
    assert assign([Asking("small", alike)], mentors[:1]) == {}


def test_only_a_chamber_that_is_behind_asks_and_once_for_a_figure(ask: Any, house: Any, chambers: list[UUID]) -> None:
    for who in (chambers[-1], chambers[7], house.joined()):
        with pytest.raises(Refused):
            ask(who)
    with pytest.raises(Refused):
        ask(chambers[0], "K04")
    ask(chambers[0])
    with pytest.raises(Refused):
        ask(chambers[0])


def test_t16_without_the_switch_nobody_is_asked_and_turning_it_off_removes_at_once(
    ask: Any, offer: Any, says: Any, sees: Any, chambers: list[UUID]
) -> None:
    weak, best = chambers[0], chambers[-1]
    offer(best, takes_mentees=False)
    ask(weak)
    assert sees(best) == []
    offer(best)
    assert [each.status for each in sees(best)] == ["proposed"]
    offer(best, takes_mentees=False)
    assert sees(best) == []
    offer(best)
    says(best, "practice_ended", code="K02")
    assert sees(best) == []
    assert [(each.status, each.partner) for each in sees(weak)] == [("waiting", "")]


def test_the_mentee_sees_the_same_with_no_mentor_with_one_asked_and_after_a_refusal(
    ask: Any, offer: Any, says: Any, sees: Any, chambers: list[UUID]
) -> None:
    weak, best = chambers[0], chambers[-1]
    key = ask(weak)
    alone = sees(weak)
    offer(best)
    assert sees(weak) == alone
    says(best, "exchange_answered", pairing_id=str(key), accepts=False)
    assert sees(weak) == alone
    assert sees(best) == []
    offer(chambers[-2])
    assert [each.status for each in sees(chambers[-2])] == ["proposed"]


def test_a_chamber_that_is_neither_hears_nothing_and_is_not_heard(
    ask: Any, offer: Any, says: Any, sees: Any, chambers: list[UUID]
) -> None:
    key = str(ask(chambers[0]))
    offer(chambers[-1])
    for who in (chambers[0], chambers[5], chambers[-2]):
        with pytest.raises(Refused):
            says(who, "exchange_answered", pairing_id=key, accepts=True)
    with pytest.raises(Refused):
        says(chambers[5], "exchange_ended", pairing_id=key)
    assert sees(chambers[5]) == []


def test_from_the_question_to_both_ratings(ask: Any, offer: Any, says: Any, sees: Any, chambers: list[UUID]) -> None:
    weak, best = chambers[0], chambers[-1]
    offer(best)
    key = str(ask(weak))
    with pytest.raises(Refused):
        says(best, "exchange_reported", pairing_id=key, **REPORT)
    says(best, "exchange_answered", pairing_id=key, accepts=True, answer="欢迎来")
    assert (sees(weak)[0].partner, sees(best)[0].partner) == ("第12商会", "第1商会")
    with pytest.raises(Refused):
        says(best, "exchange_reported", pairing_id=key, **{**REPORT, "held_on": "2999-01-01"})
    says(best, "exchange_reported", pairing_id=key, **REPORT)
    says(weak, "exchange_targeted", pairing_id=key, target=70, target_by="2027-06-30")
    says(weak, "exchange_rated", pairing_id=key, stars=5, words="很有启发")
    assert (sees(best)[0].theirs, sees(best)[0].may_rate) == (None, True)
    with in_federation(), pytest.raises(NotAllowed):
        Pairing.objects.get().close()  # the coordinator moves none of it
    says(best, "exchange_rated", pairing_id=key, stars=4)
    [mentee], [mentor] = sees(weak), sees(best)
    assert (mentee.status, mentee.theirs.stars, mentor.theirs.words) == ("closed", 4, "很有启发")
    assert (mentor.title, mentor.target) == ("按月催缴", 70)


def test_a_mentor_receives_two_in_a_half_year_and_one_that_came_to_nothing_is_not_counted(
    ask: Any, offer: Any, says: Any, sees: Any, chambers: list[UUID]
) -> None:
    best = chambers[-1]
    offer(best)
    keys = [str(ask(who)) for who in chambers[:3]]
    assert len(sees(best)) == 2
    says(chambers[0], "exchange_ended", pairing_id=keys[0])
    assert {each.partner for each in sees(best)} == {"第2商会", "第3商会"}
    says(best, "exchange_answered", pairing_id=keys[1], accepts=True)
    says(chambers[1], "exchange_ended", pairing_id=keys[1])
    ask(chambers[3])
    assert {each.partner for each in sees(best) if each.is_unfinished} == {"第3商会"}


def test_whoever_takes_the_item_back_is_out_on_either_side(
    ask: Any, offer: Any, says: Any, house: Any, sees: Any, chambers: list[UUID]
) -> None:
    best, second = chambers[-1], chambers[-2]
    offer(best)
    agreed, asked = str(ask(chambers[0])), str(ask(chambers[1]))
    says(best, "exchange_answered", pairing_id=agreed, accepts=True)
    house.accept(best, WITHOUT)
    with in_federation():
        assert Pairing.objects.get(pk=agreed).status == "ended"
        assert Pairing.objects.get(pk=asked).status == "waiting"
    offer(second)
    assert [each.partner for each in sees(second)] == ["第2商会"]
    house.accept(chambers[1], WITHOUT)
    assert [each for each in sees(second) if each.is_unfinished] == []


def test_the_coordinator_is_told_a_band_of_the_last_half_year_and_never_a_name(
    ask: Any, house: Any, chambers: list[UUID]
) -> None:
    from tests.federation.benchmarking.test_doors import browser

    ask(chambers[0])
    with in_federation():
        since = mentoring.half_year_of(datetime.date.today())
        lately = since - datetime.timedelta(days=20)
        for n in range(5):
            assert "5" not in mentoring.concluded_lately(house.id)
            Pairing.objects.create(federation_id=house.id, code="K02", mentee_id=UUID(int=n), closed_on=lately)
        assert mentoring.concluded_lately(house.id) == "5-9"
        Pairing.objects.create(federation_id=house.id, code="K02", mentee_id=UUID(int=9), closed_on=since)
        assert mentoring.concluded_lately(house.id) == "5-9"
        release = house.opened(2)
    for key in ("lian", "qiao"):
        seen = browser(key).get(f"/benchmarking/release/{release.pk}/").content.decode()
        assert "第1商会" not in seen


def test_no_journal_tells_who_asked(ask: Any, offer: Any, chambers: list[UUID]) -> None:
    from huiguan.journal.models import Entry

    offer(chambers[-1])
    ask(chambers[0])
    with in_federation():
        told = [str(vars(entry)) for entry in Entry.objects.filter(model__icontains="pairing")]
    assert told == []
