"""Minutes: drafted from the facts, approved by each that was there, then never changed."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from federation.liaison.models.minutes import digest_of
from huiguan.inbox.handlers import Refused
from huiguan.states import WrongState
from huiguan.workdays import add_working_days


@pytest.fixture
def out(held):
    held.draft_minutes()
    held.send_minutes()
    return held


def approve(deliver, chamber, session, **other):
    said = {"session_id": session.pk, "version": session.minutes.version, "digest": session.minutes.digest}
    return deliver(chamber, "meetings.minutes_approved", **{**said, **other})


def test_five_working_days_from_a_friday_end_on_a_friday():
    assert add_working_days(datetime.date(2026, 11, 20), 5) == datetime.date(2026, 11, 27)
    assert add_working_days(datetime.date(2026, 11, 21), 1) == datetime.date(2026, 11, 23)


def test_the_draft_is_made_of_the_facts(held):
    held.draft_minutes()
    text = held.minutes.text
    for fact in ("增进湘情", "西安市常德商会", "陕西省邵阳商会戴星河", "早筹划", "每季度召开一次", "整理秘书处分工表"):
        assert fact in text


def test_minutes_are_edited_only_while_they_are_a_draft(out):
    with pytest.raises(WrongState):
        out.edit_minutes(text="改了")
    out.revise_minutes()
    out.edit_minutes(text="改了")
    assert out.minutes.text == "改了"


def test_one_chamber_cannot_approve_for_another(out, member, changde, deliver):
    outsider = member("没到会的商会")
    with pytest.raises(Refused):
        approve(deliver, outsider, out)
    approve(deliver, changde, out)
    states = dict(out.current_approvals().values_list("chamber_id", "state"))
    assert states.pop(changde.pk) == "approved"
    assert set(states.values()) == {"waiting"}


def test_other_words_than_those_that_are_out_cannot_be_approved(out, changde, deliver):
    with pytest.raises(Refused):
        approve(deliver, changde, out, digest=digest_of("别的文字"))
    out.revise_minutes()
    out.edit_minutes(text="新的文字")
    out.send_minutes()
    with pytest.raises(Refused):
        approve(deliver, changde, out, version=1)


def test_the_last_approval_adopts_and_the_words_are_hashed(out, changde, shaoyang, deliver):
    approve(deliver, changde, out)
    with pytest.raises(WrongState):
        out.adopt_minutes()
    approve(deliver, shaoyang, out)
    out.refresh_from_db()
    assert out.status == "adopted"
    assert out.minutes.digest == digest_of(out.minutes.text)


def test_adopted_words_are_never_changed(out, changde, shaoyang, deliver):
    approve(deliver, changde, out)
    approve(deliver, shaoyang, out)
    out.refresh_from_db()
    for change in (lambda: out.edit_minutes(text="改"), out.revise_minutes):
        with pytest.raises(WrongState):
            change()
    out.minutes.text += "。"
    with pytest.raises(IntegrityError), transaction.atomic():
        out.minutes.save()


def test_words_changed_together_with_their_digest_are_seen_by_both_sides(out, changde, shaoyang, deliver):
    """By a hand in the database: the trail, which is only added to, has the digest of the adoption."""
    from federation.liaison.queries import meeting

    approve(deliver, changde, out)
    approve(deliver, shaoyang, out)
    minutes = type(out.minutes).objects.get()
    assert minutes.are_as_adopted()
    assert meeting(chamber_id=changde.pk, session_id=out.pk).is_as_adopted
    type(out.minutes).objects.update(text="改了", digest=digest_of("改了"))
    minutes.refresh_from_db()
    minutes.save(verb="adopted", facts={"digest": minutes.digest})
    assert not minutes.are_as_adopted()
    assert not meeting(chamber_id=changde.pk, session_id=out.pk).is_as_adopted


@pytest.mark.parametrize(("is_as_adopted", "level"), [(True, "alert-success"), (False, "alert-danger")])
def test_a_page_says_whether_the_words_are_those_that_were_adopted(is_as_adopted, level):
    from django.template.loader import render_to_string

    said = {"adopted_at": localdate(), "is_as_adopted": is_as_adopted}
    assert level in render_to_string("liaison/_adopted.html", said)


def test_minutes_that_were_never_adopted_are_not_as_adopted(out):
    assert not out.minutes.are_as_adopted()


def test_every_chamber_that_was_there_is_asked_and_no_other(held, member, changde, shaoyang):
    member("没到会的商会")
    held.draft_minutes()
    held.send_minutes()
    assert {a.chamber_id for a in held.current_approvals()} == {changde.pk, shaoyang.pk}


def test_minutes_that_one_chamber_has_not_approved_are_not_adopted_before_the_window_is_over(out, changde, deliver):
    approve(deliver, changde, out)
    out.refresh_from_db()
    assert out.status == "minutes_out"
    with pytest.raises(WrongState):
        out.adopt_minutes()


def test_an_amendment_asked_for_after_the_silent_were_counted_stops_the_adoption_and_no_other(out, changde, deliver):
    from federation.liaison import actions
    from federation.liaison.models import Session

    close_window(out)
    [counted] = Session.objects.all()
    assert counted.can_adopt()
    deliver(changde, "meetings.amendment_asked", session_id=out.pk, version=1, text="写错了")
    assert actions._adopt(counted) is False
    out.refresh_from_db()
    assert out.status == "minutes_out"


def test_an_approval_delivered_twice_counts_once(out, changde, deliver):
    import uuid

    key = uuid.uuid4()
    assert approve(deliver, changde, out, message_id=key)
    assert not approve(deliver, changde, out, message_id=key)
    assert out.current_approvals().waiting().count() == 1


def test_an_amendment_stops_the_adoption_even_when_the_window_is_over(out, changde, shaoyang, deliver):
    approve(deliver, changde, out)
    deliver(shaoyang, "meetings.amendment_asked", session_id=out.pk, version=1, text="第二条写错了商会名称")
    close_window(out)
    with pytest.raises(WrongState):
        out.adopt_minutes()
    out.revise_minutes()
    out.edit_minutes(text=out.minutes.text.replace("每季度", "每半年"))
    out.send_minutes()
    assert out.minutes.version == 2
    assert out.current_approvals().waiting().count() == 2


def test_silence_approves_after_five_working_days(out, changde, deliver):
    from federation.liaison.tasks import adopt_minutes

    approve(deliver, changde, out)
    assert out.minutes.respond_by == add_working_days(localdate(), 5)
    assert adopt_minutes() == 0
    close_window(out)
    assert adopt_minutes() == 1
    out.refresh_from_db()
    assert out.status == "adopted"
    assert sorted(out.current_approvals().values_list("state", flat=True)) == ["approved", "silent"]
    assert adopt_minutes() == 0


def close_window(session):
    session.minutes.respond_by = localdate() - datetime.timedelta(days=1)
    session.minutes.save()
