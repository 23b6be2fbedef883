"""A chamber is asked to host by the rule, and answers for itself only."""

import pytest
from django.core.exceptions import ValidationError

from huiguan.actors import NotAllowed
from huiguan.inbox.handlers import Refused


@pytest.fixture
def session(series, working):
    working("lian")
    return series.convene(theme="秘书处建设")


def test_the_coordinator_cannot_answer_for_a_chamber(session, changde):
    session.propose_host(chamber_id=changde.pk)
    with pytest.raises(NotAllowed):
        session.answer_host(chamber_id=changde.pk, accepts=True)


def test_one_chamber_is_asked_at_a_time(session, changde, shaoyang):
    session.propose_host(chamber_id=changde.pk)
    with pytest.raises(ValidationError):
        session.propose_host(chamber_id=shaoyang.pk)
    session.withdraw_proposal()
    session.propose_host(chamber_id=shaoyang.pk)
    assert session.open_proposal.chamber_id == shaoyang.pk


def test_the_reason_is_kept_in_numbers(session, changde):
    session.propose_host(chamber_id=changde.pk)
    figures = session.open_proposal.figures
    assert figures == {"entitled": 0.5, "hosted": 0, "balance": -0.5, "since": None, "standing": "ready"}


def test_another_chamber_cannot_accept(session, changde, shaoyang, deliver):
    session.propose_host(chamber_id=changde.pk)
    with pytest.raises(Refused):
        deliver(shaoyang, "meetings.host_answered", session_id=session.pk, accepts=True)
    session.refresh_from_db()
    assert session.host_id is None


def test_the_chamber_that_was_asked_accepts(session, changde, deliver):
    session.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.host_answered", session_id=session.pk, accepts=True)
    session.refresh_from_db()
    assert (session.host_id, session.host_name) == (changde.pk, changde.name)


def test_a_second_one_becomes_co_host(session, changde, shaoyang, deliver):
    for chamber in (changde, shaoyang):
        session.propose_host(chamber_id=chamber.pk)
        deliver(chamber, "meetings.host_answered", session_id=session.pk, accepts=True)
    session.refresh_from_db()
    assert (session.host_id, session.co_host_id) == (changde.pk, shaoyang.pk)


def test_who_declines_is_last_for_this_session_and_first_for_the_next(session, series, changde, shaoyang, deliver):
    session.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.host_answered", session_id=session.pk, accepts=False, note="年会在即")
    assert [c.chamber for c in session.host_queue()] == [shaoyang.pk, changde.pk]
    session.propose_host(chamber_id=shaoyang.pk)
    deliver(shaoyang, "meetings.host_answered", session_id=session.pk, accepts=True)
    following = series.convene(theme="下一期")
    assert following.host_queue()[0].chamber == changde.pk
    assert session.proposals.get(chamber_id=changde.pk).note == "年会在即"


def test_a_cancelled_session_is_no_turn(session, series, changde, deliver):
    session.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.host_answered", session_id=session.pk, accepts=True)
    session.cancel(reason="人数不足")
    assert all(c.hosted == 0 for c in series.convene(theme="重来").host_queue())


def test_the_ledger_says_why(session, series, changde, deliver):
    from django.utils.translation import override

    from federation.liaison import ledger

    session.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.host_answered", session_id=session.pk, accepts=True)
    with override("en"):
        rows = ledger.rows(series.convene(theme="下一期"))
    assert [r.name for r in rows] == ["陕西省邵阳商会", "西安市常德商会"]
    assert rows[0].why == "Entitled to 1.00, hosted 0: −1.00. It has never hosted."
    assert "rests for 2 sessions" in rows[1].why
