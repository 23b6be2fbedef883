"""What a chamber says: refused, invalid, said, heard by the others."""

import pytest
from django.core.exceptions import ValidationError

from federation.liaison import queries
from huiguan.actors import NotAllowed
from huiguan.outbox.models import Message
from tenants.meetings import actions
from tenants.meetings.models import ActionReport, Reply
from tests.tenants.meetings.conftest import said


def action_of(chamber):
    return queries.action_items(chamber_id=chamber.pk)[0]


def test_an_officer_cannot_take_on_hosting(as_, sight, convened, changde):
    with as_("lian"):
        convened.propose_host(chamber_id=changde.pk)
    with as_("tan"), pytest.raises(NotAllowed):
        actions.answer_host(session=sight("tan", convened).session, accepts=True)


def test_a_chamber_that_is_not_asked_has_nothing_to_answer(as_, sight, convened, changde):
    with as_("lian"):
        convened.propose_host(chamber_id=changde.pk)
    with as_("dai"), pytest.raises(ValidationError):
        actions.answer_host(session=sight("dai", convened).session, accepts=True)
    with as_("dai"):
        assert not said().exists()


def test_the_host_says_yes_by_a_message(as_, sight, arrive, convened, changde):
    with as_("lian"):
        convened.propose_host(chamber_id=changde.pk)
    with as_("qin"):
        reply = actions.answer_host(session=sight("qin", convened).session, accepts=True, note="欢迎")
        sent = said().get(record_id=reply.pk)
        assert (sent.content["accepts"], sent.content["note"], sent.recipient_id) == (True, "欢迎", reply.federation_id)
    assert arrive() == 1
    assert sight("dai", convened).session.host == changde.name


def test_nothing_leaves_when_the_act_fails(as_, sight, invited):
    from django.db import transaction

    with as_("qin"):
        session = sight("qin", invited).session
        with pytest.raises(RuntimeError), transaction.atomic():
            actions.answer_attendance(session=session, coming=True, head="秦若兰", people=2)
            raise RuntimeError
        assert not Reply.objects.exists()
        assert not said().exists()


def test_a_delegation_is_named_only_when_it_comes(as_, sight, arrive, invited):
    with as_("tan"):
        who = {"head": "秦若兰", "people": 3, "is_online": False, "note": "有事"}
        actions.answer_attendance(session=sight("tan", invited).session, coming=False, **who)
        assert "秦若兰" not in str(said().get().content)
    arrive()
    assert sight("dai", invited).roll[0].status == "away"


def test_a_topic_is_proposed_by_one_and_seconded_by_the_other(as_, arrive, convened, changde, shaoyang):
    with as_("tan"):
        series = queries.series_of(chamber_id=changde.pk)[0]
        actions.propose_topic(series=series, title="会费收取", detail="收缴难")
    arrive()
    with as_("dai"):
        topic = queries.topics(chamber_id=shaoyang.pk)[0]
        actions.second_topic(topic=topic)
    arrive()
    with as_("qin"):
        topic = queries.topics(chamber_id=changde.pk)[0]
        assert (topic.title, topic.backing, topic.is_ours, topic.seconded_by) == ("会费收取", 2, True, (shaoyang.name,))
        with pytest.raises(ValidationError):
            actions.second_topic(topic=topic)


def test_minutes_are_adopted_when_both_have_approved(as_, sight, arrive, held):
    for key in ("qin", "dai"):
        with as_(key):
            actions.approve_minutes(meeting=sight(key, held))
        arrive()
    seen = sight("qin", held)
    assert seen.session.status == "adopted"
    with as_("lian"):
        held.refresh_from_db()
        assert seen.digest == held.minutes.digest


def test_approving_words_that_were_taken_back_is_refused_and_the_ledger_says_so(as_, sight, arrive, held):
    with as_("qin"):
        actions.approve_minutes(meeting=sight("qin", held))
    with as_("lian"):
        held.revise_minutes()
    arrive()
    with as_("qin"):
        message = said().get()
        assert message.state == Message.State.REFUSED
        assert message.last_error


def test_an_amendment_reaches_the_coordinator(as_, sight, arrive, held):
    with as_("qin"):
        actions.ask_amendment(meeting=sight("qin", held), text="第二条有误")
    arrive()
    with as_("lian"):
        assert held.current_approvals().amendments().get().text == "第二条有误"
    assert sight("qin", held).session.amendment == "第二条有误"
    assert sight("dai", held).session.amendment == ""


def test_work_on_an_action_item_is_reported_and_its_notes_stay(as_, arrive, held, changde):
    with as_("tan"):
        actions.start_action(action=action_of(changde))
        actions.finish_action(action=action_of(changde), evidence="分工表已发", remark="小彭做的，下次早点")
        assert [m.content["state"] for m in said().order_by("id")] == ["in_progress", "done"]
        assert "小彭" not in str([m.content for m in said().all()])
        assert ActionReport.objects.get().remark
    arrive()
    with as_("lian"):
        action = held.action_items.get()
        assert (action.status, action.evidence) == ("done", "分工表已发")


def test_what_was_sent_back_is_reported_again(as_, arrive, held, changde):
    with as_("tan"):
        actions.finish_action(action=action_of(changde), evidence="口头")
    arrive()
    with as_("lian"):
        held.action_items.get().send_back(reason="请附文件")
    with as_("tan"):
        assert action_of(changde).answer == "请附文件"
        actions.finish_action(action=action_of(changde), evidence="文件")
    arrive()
    with as_("lian"):
        held.action_items.get().verify()
    with as_("tan"), pytest.raises(ValidationError):
        actions.finish_action(action=action_of(changde), evidence="再来")


def test_delivered_twice_has_one_effect(as_, sight, arrive, invited, changde):
    from huiguan.inbox.models import Receipt

    with as_("tan"):
        actions.answer_attendance(session=sight("tan", invited).session, coming=True, head="秦若兰", people=3)
    arrive()
    with as_("tan"):
        said().update(state="pending")
    with as_("lian"):
        invited.roll.filter(chamber_id=changde.pk).update(people=5)
    assert arrive() == 1
    with as_("lian"):
        assert invited.roll.get(chamber_id=changde.pk).people == 5
        assert Receipt.objects.filter(name="meetings.attendance_answered").count() == 1


def test_a_chamber_that_left_sees_nothing_and_is_not_heard(as_, sight, arrive, held, hunan, changde):
    from federation.registry.models import Membership

    meeting = sight("qin", held)
    with as_("lian"):
        Membership.objects.filter(chamber_id=changde.pk).update(items=["directory"])
    with as_("qin"):
        assert queries.sessions(chamber_id=changde.pk) == []
        assert queries.action_items(chamber_id=changde.pk) == []
        assert queries.topics(chamber_id=changde.pk) == []
        actions.approve_minutes(meeting=meeting)
    arrive()
    with as_("qin"):
        assert said().get().state == Message.State.REFUSED
    with as_("lian"):
        assert held.current_approvals().waiting().count() == 2
