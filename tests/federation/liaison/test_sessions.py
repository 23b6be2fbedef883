"""Numbers without gaps, and the way from the plan to the meeting."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from huiguan.actors import Actor, NotAllowed, acting_as
from huiguan.states import WrongState
from tests.support.threads import overlapping, together

SOON = datetime.timedelta(days=20)


def test_only_a_coordinator_convenes(series, working):
    working("qiao")
    with pytest.raises(NotAllowed):
        series.convene(theme="秘书处建设")


def test_sessions_are_numbered_from_one(series, working):
    working("lian")
    assert [series.convene(theme=f"主题{n}").number for n in range(3)] == [1, 2, 3]


def test_a_number_of_a_failed_session_is_used_by_the_next(series, working):
    working("lian")
    series.convene(theme="第一")
    with pytest.raises(IntegrityError), transaction.atomic():
        series.convene(theme="会失败")
        series.sessions.model(series=series, federation_id=series.federation_id, number=2, theme="重号").save()
    assert series.convene(theme="第二").number == 2
    assert sorted(series.sessions.values_list("number", flat=True)) == [1, 2]


def test_a_cancelled_session_keeps_its_number(series, working):
    working("lian")
    series.convene(theme="取消").cancel(reason="疫情")
    assert series.convene(theme="下一次").number == 2


@pytest.fixture
def counted(own_database):
    """A series in a database of its own, whose coordinators work in threads; `counted.convene()` returns the number."""
    from types import SimpleNamespace

    from federation.liaison.models import Series, Session
    from huiguan.actors import SYSTEM
    from huiguan.tenancy.binding import in_federation
    from tests.conftest import federation

    with acting_as(SYSTEM), in_federation():
        series = Series(federation_id=federation().pk, name="系列")
        series.save()

    def convene():
        with acting_as(SYSTEM), in_federation():
            return series.convene(theme="秘书处建设").number

    def numbers():
        with in_federation():
            return sorted(Session.objects.values_list("number", flat=True)), Series.objects.get().last_number

    return SimpleNamespace(convene=convene, numbers=numbers)


def test_two_coordinators_at_once_get_two_numbers(counted):
    """The second waits for the first, whose session is not yet there for anyone to see."""
    assert overlapping(counted.convene, counted.convene) == [1, 2]
    assert counted.numbers() == ([1, 2], 2)


def test_the_number_of_one_who_fails_goes_to_the_other_who_waited(counted):
    def fail():
        counted.convene()
        raise LookupError

    failed, number = overlapping(fail, counted.convene)
    assert isinstance(failed, LookupError)
    assert number == 1
    assert counted.numbers() == ([1], 1)


def test_many_at_once_leave_no_gap(counted):
    assert sorted(together(lambda convene: convene(), [counted.convene] * 6)) == [1, 2, 3, 4, 5, 6]
    assert counted.numbers() == ([1, 2, 3, 4, 5, 6], 6)


def test_no_date_without_a_host(series, working):
    working("lian")
    session = series.convene(theme="秘书处建设")
    with pytest.raises(ValidationError):
        session.schedule(starts_at=now() + SOON, place="西安")
    with pytest.raises(WrongState):
        session.send_notice()


def test_the_notice_needs_a_topic_and_calls_every_member(series, changde, working):
    working("lian")
    session = series.convene(theme="秘书处建设")
    session.host_id = changde.pk
    session.save()
    session.schedule(starts_at=now() + SOON, place="西安")
    with pytest.raises(ValidationError):
        session.send_notice()
    assert session.status == "scheduled"
    session.add_agenda_item(title="分工", minutes=20)
    session.send_notice()
    assert {a.chamber_name for a in session.roll.all()} == {"西安市常德商会", "陕西省邵阳商会"}


def test_another_time_asks_the_chambers_again(invited, changde, deliver):
    deliver(changde, "meetings.attendance_answered", session_id=invited.pk, coming=True, head="秦若兰", people=3)
    invited.rearrange(starts_at=invited.starts_at, place="换个地方")
    assert invited.roll.get(chamber_id=changde.pk).answer == "coming"
    invited.rearrange(starts_at=now() + SOON, place="换个地方")
    assert invited.roll.get(chamber_id=changde.pk).answer == "none"


def test_a_meeting_that_has_not_begun_is_not_over(invited, changde):
    with pytest.raises(ValidationError):
        invited.hold()  # nobody is there
    invited.check_in(chamber_id=changde.pk)
    invited.rearrange(starts_at=now() + SOON, place="西安")
    with pytest.raises(ValidationError):
        invited.hold()


def test_a_postponed_session_gets_another_date(invited):
    invited.postpone(reason="与年会冲突")
    assert (invited.status, invited.starts_at, invited.host_name) == ("postponed", None, "西安市常德商会")
    invited.schedule(starts_at=now() + SOON, place="西安")
    assert (invited.status, invited.reason) == ("scheduled", "")


def test_a_delegate_moves_nothing(invited):
    with acting_as(Actor("乔望舒", permissions=frozenset({"liaison.view"}))), pytest.raises(NotAllowed):
        invited.postpone(reason="不行")
    assert invited.status == "notice_sent"
