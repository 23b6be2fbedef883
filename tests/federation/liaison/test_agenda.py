"""Topics of chambers, and the agenda made of them."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from federation.liaison.models import Topic
from huiguan.inbox.handlers import Refused


@pytest.fixture
def topic(series, changde, deliver):
    key = uuid.uuid4()
    deliver(changde, "meetings.topic_proposed", message_id=key, series_id=series.pk, title="会费收取", detail="收缴难")
    return Topic.objects.get(pk=key)


def test_a_topic_without_a_title_is_refused(series, changde, deliver, working):
    working("lian")
    with pytest.raises(Refused):
        deliver(changde, "meetings.topic_proposed", series_id=series.pk, title="")
    with pytest.raises(Refused):
        deliver(changde, "meetings.topic_proposed", series_id=uuid.uuid4(), title="别的系列")


def test_a_topic_delivered_twice_is_there_once(series, changde, deliver, working):
    working("lian")
    key = uuid.uuid4()
    assert deliver(changde, "meetings.topic_proposed", message_id=key, series_id=series.pk, title="会费收取")
    assert not deliver(changde, "meetings.topic_proposed", message_id=key, series_id=series.pk, title="会费收取")
    assert series.topics.count() == 1


def test_nobody_seconds_twice_or_its_own(topic, changde, shaoyang, deliver, working):
    working("lian")
    with pytest.raises(Refused):
        deliver(changde, "meetings.topic_seconded", topic_id=topic.pk)
    deliver(shaoyang, "meetings.topic_seconded", topic_id=topic.pk)
    with pytest.raises(Refused):
        deliver(shaoyang, "meetings.topic_seconded", topic_id=topic.pk)
    assert topic.seconds.count() == 1


def test_the_most_wanted_topic_comes_first_then_the_oldest(series, changde, shaoyang, deliver, working):
    working("lian")
    keys = [uuid.uuid4() for _ in range(3)]
    for n, key in enumerate(keys):
        deliver(changde, "meetings.topic_proposed", message_id=key, series_id=series.pk, title=f"议题{n}")
    deliver(shaoyang, "meetings.topic_seconded", topic_id=keys[2])
    ranked = list(series.topics.waiting())
    assert [(t.title, t.backing) for t in ranked] == [("议题2", 2), ("议题0", 1), ("议题1", 1)]


def test_a_topic_is_on_one_agenda_and_waits_again_when_it_is_taken_off(topic, series, working):
    working("lian")
    session, other = series.convene(theme="本期"), series.convene(theme="下期")
    session.take_topic(topic_id=topic.pk)
    assert not series.topics.waiting().exists()
    with pytest.raises(ValidationError):
        other.take_topic(topic_id=topic.pk)
    session.drop_agenda_item(item_id=session.agenda.get().pk)
    assert list(series.topics.waiting()) == [topic]
    other.take_topic(topic_id=topic.pk)
    other.cancel(reason="取消")
    assert list(series.topics.waiting()) == [topic]


def test_its_chamber_speaks_to_a_topic(topic, series, changde, working):
    working("lian")
    session = series.convene(theme="本期")
    session.take_topic(topic_id=topic.pk)
    item = session.agenda.get()
    assert (item.title, item.chamber_id, item.minutes) == ("会费收取", changde.pk, 30)


def test_the_next_session_begins_with_what_became_of_the_last(held, series):
    from federation.liaison.models import ActionItem

    following = series.convene(theme="第二期")
    first = following.agenda.first()
    assert first.kind == "follow_up"
    assert [a.title for a in ActionItem.objects.before(following)] == ["整理秘书处分工表"]
    with pytest.raises(ValidationError):
        following.drop_agenda_item(item_id=first.pk)


def test_what_was_settled_before_is_not_brought_up_again(held, series, changde, deliver):
    from federation.liaison.models import ActionItem

    action = held.action_items.get()
    deliver(changde, "meetings.action_reported", action_id=action.pk, state="done", evidence="见附件")
    action.verify()
    assert not ActionItem.objects.before(series.convene(theme="第二期")).exists()


def test_items_move_up_and_begin_when_those_before_end(series, changde, working):
    working("lian")
    session = series.convene(theme="本期")
    session.host_id = changde.pk
    session.save()
    for title in ("甲", "乙", "丙"):
        session.add_agenda_item(title=title, minutes=30)
    session.raise_agenda_item(item_id=session.agenda.last().pk)
    assert [i.title for i in session.agenda.all()] == ["甲", "丙", "乙"]
    start = now()
    session.schedule(starts_at=start, place="西安")
    assert [(at - start).seconds // 60 for at, _item in session.timed_agenda()] == [0, 30, 60]


def test_the_agenda_stands_once_the_notice_is_out(invited, topic):
    from huiguan.states import WrongState

    with pytest.raises(WrongState):
        invited.take_topic(topic_id=topic.pk)
