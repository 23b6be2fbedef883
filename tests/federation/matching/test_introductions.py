"""From interest to contact: both sides agree first."""

import datetime
from typing import Any
from uuid import UUID

import pytest

from federation.matching import actions, queries
from federation.matching.introductions import Contact, Introduction
from federation.matching.models import ContactDisclosure, ExpressionOfInterest
from huiguan.inbox.handlers import Refused
from huiguan.keys import uuid7
from huiguan.workdays import add_working_days

pytestmark = pytest.mark.django_db
STATES = ExpressionOfInterest.Status


@pytest.fixture
def interest(shaoyang: Any, pair: tuple[UUID, UUID], tell: Any) -> UUID:
    """邵阳 asks 常德 for the speaker."""
    key = uuid7()
    need, offer = map(str, pair)
    tell(
        shaoyang,
        "exchange.interest_sent",
        interest_id=str(key),
        need_id=need,
        offer_id=offer,
        message="明天上午能来吗?",
    )
    return key


def state(interest: UUID) -> str:
    return str(ExpressionOfInterest.objects.get(pk=interest).status)


def seen_by(chamber: Any, interest: UUID) -> Introduction:
    found = queries.introduction(chamber_id=chamber.pk, interest_id=interest)
    assert found is not None
    return found


def disclose(tell: Any, chamber: Any, interest: UUID, name: str) -> None:
    tell(
        chamber, "exchange.contact_disclosed", interest_id=str(interest), contact_name=name, contact_phone="02900001111"
    )


def test_nobody_is_introduced_to_themselves(changde: Any, pair: tuple[UUID, UUID], publish: Any, tell: Any) -> None:
    own_need = publish(changde, "need")
    with pytest.raises(Refused):
        tell(
            changde, "exchange.interest_sent", interest_id=str(uuid7()), need_id=str(own_need), offer_id=str(pair[1])
        )  # fmt: skip


def test_a_pair_that_fits_no_more_is_refused_with_the_reason(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], publish: Any, tell: Any
) -> None:
    need, offer = pair
    publish(changde, "offer", listing_id=offer, price="9000", version=2)
    with pytest.raises(Refused):
        tell(shaoyang, "exchange.interest_sent", interest_id=str(uuid7()), need_id=str(need), offer_id=str(offer))


def test_one_interest_in_a_pair_is_enough(shaoyang: Any, pair: tuple[UUID, UUID], interest: UUID, tell: Any) -> None:
    need, offer = map(str, pair)
    with pytest.raises(Refused):
        tell(shaoyang, "exchange.interest_sent", interest_id=str(uuid7()), need_id=need, offer_id=offer)
    assert ExpressionOfInterest.objects.count() == 1


def test_the_asked_chamber_has_a_task_and_the_asking_one_waits(changde: Any, shaoyang: Any, interest: UUID) -> None:
    assert [i.interest.pk for i in queries.waiting_for(chamber_id=changde.pk)] == [interest]
    assert queries.waiting_for(chamber_id=shaoyang.pk) == []


def test_a_third_chamber_sees_nothing_of_it(hunan: Any, interest: UUID) -> None:
    assert queries.introduction(chamber_id=uuid7(), interest_id=interest) is None


def test_only_the_asked_chamber_can_accept(shaoyang: Any, interest: UUID, tell: Any) -> None:
    with pytest.raises(Refused):
        tell(shaoyang, "exchange.interest_answered", interest_id=str(interest), answer="accept")
    assert state(interest) == STATES.SENT


def test_contacts_are_seen_by_both_only_when_both_have_given_theirs(
    changde: Any, shaoyang: Any, interest: UUID, tell: Any
) -> None:
    with pytest.raises(Refused):
        disclose(tell, changde, interest, "秦若兰")
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="accept", text="可以")
    disclose(tell, changde, interest, "秦若兰")
    assert state(interest) == STATES.ACCEPTED
    assert seen_by(shaoyang, interest).contact is None
    assert seen_by(shaoyang, interest).is_waiting_for_me
    disclose(tell, shaoyang, interest, "戴星河")
    assert state(interest) == STATES.CONTACTS_EXCHANGED
    assert seen_by(shaoyang, interest).contact == Contact(changde.name, "秦若兰", "02900001111")
    assert seen_by(changde, interest).contact == Contact(shaoyang.name, "戴星河", "02900001111")


def test_a_contact_stands_in_no_trail(changde: Any, interest: UUID, tell: Any) -> None:
    from huiguan.journal.models import Entry

    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="accept")
    disclose(tell, changde, interest, "秦若兰")
    assert ContactDisclosure.objects.get().contact_name == "秦若兰"
    assert not [entry for entry in Entry.objects.all() if "秦若兰" in str(entry.changes) + str(entry.facts)]


def test_a_declined_interest_keeps_its_reason_and_gives_no_contact(
    changde: Any, shaoyang: Any, interest: UUID, tell: Any
) -> None:
    tell(
        changde,
        "exchange.interest_answered",
        interest_id=str(interest),
        answer="decline",
        reason="dates",
        text="已有安排",
    )
    found = seen_by(shaoyang, interest)
    assert (found.interest.status, found.interest.reason, found.contact) == (STATES.DECLINED, "dates", None)
    with pytest.raises(Refused):
        disclose(tell, shaoyang, interest, "戴星河")


def test_the_first_answer_is_the_one_that_is_timed(changde: Any, shaoyang: Any, interest: UUID, tell: Any) -> None:
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="more_info", text="讲多久?")
    first = seen_by(changde, interest).interest.answered_at
    tell(shaoyang, "exchange.interest_answered", interest_id=str(interest), answer="tell_more", text="一小时")
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="accept")
    assert first is not None
    assert seen_by(changde, interest).interest.answered_at == first


def test_a_question_goes_back_and_the_answer_returns(changde: Any, shaoyang: Any, interest: UUID, tell: Any) -> None:
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="more_info", text="讲多久?")
    assert seen_by(shaoyang, interest).is_waiting_for_me
    tell(shaoyang, "exchange.interest_answered", interest_id=str(interest), answer="tell_more", text="一小时")
    assert seen_by(changde, interest).is_waiting_for_me
    assert "一小时" in seen_by(changde, interest).interest.message


def test_a_withdrawn_offer_ends_what_waits_for_an_answer_with_a_notice(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], interest: UUID, tell: Any
) -> None:
    tell(changde, "exchange.profile_withdrawn", listing_id=str(pair[1]), reason="withdrawn")
    found = seen_by(shaoyang, interest).interest
    assert found.status == STATES.WITHDRAWN
    assert "经济学教授形势报告" in found.notice


def test_a_withdrawn_need_ends_also_what_was_accepted_and_deletes_the_contact_given(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], interest: UUID, tell: Any
) -> None:
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="accept", text="可以")
    disclose(tell, changde, interest, "秦若兰")
    tell(shaoyang, "exchange.profile_withdrawn", listing_id=str(pair[0]), reason="withdrawn")
    found = seen_by(changde, interest).interest
    assert (found.status, found.answer) == (STATES.WITHDRAWN, "可以")
    assert not ContactDisclosure.objects.exists()
    with pytest.raises(Refused):
        disclose(tell, shaoyang, interest, "戴星河")


def test_a_fulfilled_need_leaves_the_introduction_that_was_accepted(
    changde: Any, shaoyang: Any, pair: tuple[UUID, UUID], interest: UUID, tell: Any
) -> None:
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="accept", text="可以")
    tell(shaoyang, "exchange.profile_withdrawn", listing_id=str(pair[0]), reason="fulfilled")
    assert state(interest) == STATES.ACCEPTED


def test_who_steps_back_is_told_to_the_other_side_for_some_days(
    changde: Any, shaoyang: Any, interest: UUID, tell: Any
) -> None:
    tell(shaoyang, "exchange.interest_answered", interest_id=str(interest), answer="withdraw", text="已另有安排")
    [news] = queries.news_for(chamber_id=changde.pk)
    assert news.interest.notice == "已另有安排"
    assert queries.news_for(chamber_id=shaoyang.pk) == []
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    ExpressionOfInterest.objects.update(ended_at=long_ago)
    assert queries.news_for(chamber_id=changde.pk) == []


def test_an_offer_is_accepted_only_as_often_as_it_can_be_given(
    changde: Any, shaoyang: Any, publish: Any, tell: Any
) -> None:
    offer, needs = publish(changde, "offer", slots=1), [publish(shaoyang, "need") for _n in range(2)]
    asked = [(uuid7(), need) for need in needs]
    for key, need in asked:
        tell(shaoyang, "exchange.interest_sent", interest_id=str(key), need_id=str(need), offer_id=str(offer))
    first, second = (str(key) for key, _need in asked)
    tell(changde, "exchange.interest_answered", interest_id=first, answer="accept")
    with pytest.raises(Refused):
        tell(changde, "exchange.interest_answered", interest_id=second, answer="accept")
    assert [queries.top_matches(chamber_id=shaoyang.pk, listing_id=need).matches != () for need in needs] == [
        True,
        False,
    ]
    tell(shaoyang, "exchange.interest_answered", interest_id=first, answer="withdraw")
    tell(changde, "exchange.interest_answered", interest_id=second, answer="accept")


def test_no_interest_in_what_is_given_away(changde: Any, shaoyang: Any, publish: Any, tell: Any) -> None:
    offer, need = publish(changde, "offer", slots=1), publish(shaoyang, "need")
    first = uuid7()
    tell(shaoyang, "exchange.interest_sent", interest_id=str(first), need_id=str(need), offer_id=str(offer))
    tell(changde, "exchange.interest_answered", interest_id=str(first), answer="accept")
    another = publish(shaoyang, "need")
    with pytest.raises(Refused):
        tell(
            shaoyang, "exchange.interest_sent", interest_id=str(uuid7()), need_id=str(another), offer_id=str(offer)
        )  # fmt: skip


def test_what_was_answered_a_moment_before_does_not_stop_the_others_from_lapsing(
    changde: Any, interest: UUID, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huiguan.actors import SYSTEM, acting_as

    late = list(ExpressionOfInterest.objects.all())
    tell(changde, "exchange.interest_answered", interest_id=str(interest), answer="accept")
    manager = type(ExpressionOfInterest.objects)
    monkeypatch.setattr(manager, "late", lambda self, on: late)
    with acting_as(SYSTEM):
        assert actions.lapse_interests() == 0
    assert state(interest) == STATES.ACCEPTED


def test_who_is_silent_for_five_working_days_is_not_waited_for(interest: UUID) -> None:
    assert actions.lapse_interests() == 0
    ExpressionOfInterest.objects.update(answer_by=datetime.date(2020, 1, 1))
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        assert actions.lapse_interests() == 1
    assert state(interest) == STATES.LAPSED


def test_working_days_skip_the_weekend() -> None:
    friday = datetime.date(2025, 11, 21)
    assert add_working_days(friday, 5) == datetime.date(2025, 11, 28)
    assert add_working_days(friday, 1) == datetime.date(2025, 11, 24)


def test_names_of_an_anonymous_side_appear_with_the_acceptance(
    changde: Any, shaoyang: Any, publish: Any, tell: Any
) -> None:
    offer = publish(changde, "offer", anonymous=True)
    need = publish(shaoyang, "need")
    key = uuid7()
    tell(shaoyang, "exchange.interest_sent", interest_id=str(key), need_id=str(need), offer_id=str(offer))
    assert "常德" not in seen_by(shaoyang, key).other_name
    tell(changde, "exchange.interest_answered", interest_id=str(key), answer="accept")
    assert seen_by(shaoyang, key).other_name == changde.name
