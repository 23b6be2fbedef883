"""Who comes, who is there, what is said and decided."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan.inbox.handlers import Refused
from huiguan.states import WrongState


def test_a_chamber_answers_with_its_delegation_and_may_change_its_mind(invited, changde, deliver):
    deliver(changde, "meetings.attendance_answered", session_id=invited.pk, coming=True, head="秦若兰", people=4)
    line = invited.roll.get(chamber_id=changde.pk)
    assert (line.answer, line.head, line.people) == ("coming", "秦若兰", 4)
    deliver(changde, "meetings.attendance_answered", session_id=invited.pk, coming=False, head="秦若兰", people=4)
    line.refresh_from_db()
    assert (line.answer, line.head, line.people) == ("away", "", 0)


def test_who_is_not_on_the_roll_cannot_answer(invited, member, deliver):
    late = member("湘潭商会")
    with pytest.raises(Refused):
        deliver(late, "meetings.attendance_answered", session_id=invited.pk, coming=True)


def test_a_message_that_cannot_be_read_is_refused(invited, changde, deliver):
    with pytest.raises(Refused):
        deliver(changde, "meetings.attendance_answered", session_id="not a key", coming=True)
    with pytest.raises(Refused):
        deliver(changde, "meetings.attendance_answered", session_id=uuid.uuid4(), coming=True)


def test_half_of_the_chambers_is_no_quorum(invited, changde, shaoyang):
    invited.check_in(chamber_id=changde.pk)
    assert not invited.is_quorate
    with pytest.raises(WrongState):
        invited.record_decision(text="每季度一次")
    with pytest.raises(WrongState):
        invited.assign_action(title="整理", chamber_id=changde.pk, due_on=localdate())
    invited.note_statement(chamber_id=changde.pk, text="可以讨论")
    invited.check_in(chamber_id=shaoyang.pk)
    assert invited.is_quorate
    invited.record_decision(text="每季度一次")
    invited.undo_check_in(chamber_id=shaoyang.pk)
    assert not invited.is_quorate


def test_a_delegation_of_ten_is_one_chamber(invited, changde, deliver):
    deliver(changde, "meetings.attendance_answered", session_id=invited.pk, coming=True, head="秦若兰", people=10)
    invited.check_in(chamber_id=changde.pk)
    assert not invited.is_quorate


def test_a_chamber_that_joins_online_counts_and_so_does_one_that_became_a_member_since_the_notice(
    invited, changde, shaoyang, member, deliver
):
    newcomer = member("衡阳商会")
    deliver(
        shaoyang, "meetings.attendance_answered",
        session_id=invited.pk, coming=True, head="戴星河", people=1, is_online=True,
    )  # fmt: skip
    invited.check_in(chamber_id=shaoyang.pk)
    assert not invited.is_quorate, "one of three"
    invited.check_in(chamber_id=newcomer.chamber_id)
    assert invited.is_quorate


def test_only_who_is_there_has_a_word_in_the_minutes(invited, changde):
    with pytest.raises(ValidationError):
        invited.note_statement(chamber_id=changde.pk, text="不在场")
    assert not invited.statements.exists()


def test_a_statement_is_filed_as_a_problem_or_as_a_practice(invited, changde):
    invited.check_in(chamber_id=changde.pk)
    with pytest.raises(ValidationError):
        invited.note_statement(chamber_id=changde.pk, text="两样都是", is_practice=True, is_problem=True)
    invited.note_statement(chamber_id=changde.pk, text="会费收不齐", is_problem=True)
    assert invited.statements.get().is_problem


def test_a_vote_needs_two_thirds_of_the_chambers_present(invited, changde, shaoyang, member):
    third = member("衡阳商会")
    invited.call_roll()
    for chamber in (changde.pk, shaoyang.pk, third.chamber_id):
        invited.check_in(chamber_id=chamber)
    with pytest.raises(ValidationError):
        invited.record_decision(text="一票", votes_for=1, votes_against=2)
    with pytest.raises(ValidationError):
        invited.record_decision(text="票数多于商会", votes_for=3, votes_against=1)
    invited.record_decision(text="两票", votes_for=2, votes_against=1)
    invited.record_decision(text="一致")
    assert list(invited.decisions.values_list("number", "text")) == [(1, "两票"), (2, "一致")]


def test_the_count_is_frozen_when_the_meeting_is_over(held, member):
    member("来得晚的商会")
    held.refresh_from_db()
    assert (held.status, held.present_count, held.active_count) == ("held", 2, 2)


def test_an_action_item_is_late_then_escalated(held):
    action = held.action_items.get()
    for days, expected in ((0, (False, False)), (1, (True, False)), (7, (True, False)), (8, (True, True))):
        action.due_on = localdate() - datetime.timedelta(days=days)
        assert (action.is_overdue, action.is_escalated) == expected


def test_only_its_owner_reports_an_action_item(held, changde, shaoyang, deliver):
    action = held.action_items.get()
    with pytest.raises(Refused):
        deliver(shaoyang, "meetings.action_reported", action_id=action.pk, state="done", evidence="冒充")
    with pytest.raises(Refused):
        deliver(changde, "meetings.action_reported", action_id=action.pk, state="done", evidence="")
    deliver(changde, "meetings.action_reported", action_id=action.pk, state="in_progress")
    deliver(changde, "meetings.action_reported", action_id=action.pk, state="done", evidence="分工表第二版")
    action.refresh_from_db()
    assert (action.status, action.evidence, action.done_on) == ("done", "分工表第二版", localdate())


def test_the_coordinator_sends_it_back_with_a_reason_or_verifies_it(held, changde, deliver):
    action = held.action_items.get()
    deliver(changde, "meetings.action_reported", action_id=action.pk, state="done", evidence="口头")
    action.send_back(reason="请附上文件")
    assert (action.status, action.done_on, action.answer) == ("in_progress", None, "请附上文件")
    deliver(changde, "meetings.action_reported", action_id=action.pk, state="done", evidence="文件")
    action.verify()
    assert action.status == "verified"
    with pytest.raises(Refused):
        deliver(changde, "meetings.action_reported", action_id=action.pk, state="done", evidence="再报一次")
