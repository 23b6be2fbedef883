"""Numbers without gaps, and the way from the plan to the meeting."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from huiguan.actors import Actor, NotAllowed, acting_as
from huiguan.states import WrongState

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


def test_two_coordinators_at_once_get_two_numbers(own_database):
    from federation.liaison.models import Series, Session
    from federation.registry.models import Federation
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.binding import in_federation

    with acting_as(SYSTEM), in_federation():
        key = Federation.objects.get(slug="hunan").pk
        series = Series(federation_id=key, name="系列")
        series.save()

    def convene(n):
        try:
            with acting_as(SYSTEM), in_federation():
                return series.convene(theme=f"主题{n}").number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        numbers = sorted(threads.map(convene, range(6)))
    assert numbers == [1, 2, 3, 4, 5, 6]
    with in_federation():
        assert Session.objects.count() == Series.objects.get(pk=series.pk).last_number == 6


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
