"""The task list and the key figures."""

import datetime

import pytest
from django.utils.timezone import localdate

from huiguan.kpis import Period
from tenants.meetings import actions, kpis, waiting

YEAR = Period.year_to(localdate() + datetime.timedelta(days=30))


@pytest.fixture
def tasks(as_, actor, settings):
    """`tasks("qin")`: the titles of what waits for her from liaison meetings."""
    settings.ROOT_URLCONF = "huiguan.urls_chamber"
    actors = {key: actor(key) for key in ("qin", "tan", "dai")}

    def of(key):
        with as_(key):
            return [item.title for item in waiting.items(actors[key])]

    return of


def test_hosting_waits_for_the_secretary_general_alone(tasks, as_, convened, changde):
    assert tasks("qin") == []
    with as_("lian"):
        convened.propose_host(chamber_id=changde.pk)
    assert len(tasks("qin")) == 1
    assert tasks("tan") == tasks("dai") == []


def test_an_invitation_waits_until_it_is_answered(tasks, as_, sight, arrive, invited):
    assert len(tasks("tan")) == 1
    with as_("tan"):
        actions.answer_attendance(session=sight("tan", invited).session, coming=True, head="秦若兰", people=2)
    assert tasks("tan") == []  # on its way already counts
    arrive()
    assert tasks("tan") == []
    assert len(tasks("dai")) == 1


def test_minutes_wait_for_who_was_there(tasks, as_, sight, arrive, held):
    assert len(tasks("dai")) == 1
    with as_("dai"):
        actions.approve_minutes(meeting=sight("dai", held))
    arrive()
    assert tasks("dai") == []


def test_an_action_item_stands_in_its_owners_list_until_it_is_reported(tasks, as_, arrive, held, changde):
    from federation.liaison import queries

    assert "整理分工表" in tasks("tan")
    assert "整理分工表" not in tasks("dai")
    with as_("tan"):
        actions.finish_action(action=queries.action_items(chamber_id=changde.pk)[0], evidence="见附件")
    arrive()
    assert "整理分工表" not in tasks("tan")


def test_items_done_in_time_are_counted_of_those_that_fell_due(as_, held, changde):
    today = localdate()
    with as_("lian"):
        for title, due, done in (("早", 10, 12), ("晚", 10, 8), ("未", 5, None), ("将", -5, None)):
            held.action_items.create(
                federation_id=held.federation_id,
                title=title,
                chamber_id=changde.pk,
                chamber_name=changde.name,
                due_on=today - datetime.timedelta(days=due),
                done_on=done and today - datetime.timedelta(days=done),
            )
    with as_("qin"):
        measured = kpis.done_in_time(YEAR)
        assert (measured.numerator, measured.denominator) == (1, 3)
        assert kpis.KPIS[0].measure(YEAR).value == pytest.approx(100 / 3)


def test_attendance_counts_only_sessions_that_were_held(as_, held, invited):
    with as_("qin"):
        assert kpis.attendance(YEAR) == (100, 1, 1, 1.0)
        assert kpis.KPIS[1].measure(YEAR).value is None  # one session says nothing yet
        before = Period.year_to(localdate() - datetime.timedelta(days=2))  # an hour ago may have been yesterday
        assert kpis.attendance(before).value is None
