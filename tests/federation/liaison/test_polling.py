"""The day of a session: offered, answered by every chamber, chosen by a rule that can be read."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from federation.liaison import polls
from federation.liaison.choosing import Option, Word, ranked
from huiguan.inbox.handlers import Refused
from huiguan.states import WrongState

A, B, C, D = (uuid.UUID(int=n) for n in range(1, 5))
DAY = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
LETTERS = {"y": Word.YES, "m": Word.MAYBE, "n": Word.NO}


def option(day, words):
    """`words`: what A, B, C and D say, "-" for silence."""
    said = {c: LETTERS[w] for c, w in zip((A, B, C, D), words, strict=True) if w != "-"}
    return Option(uuid.uuid4(), DAY + datetime.timedelta(days=day), said)


@pytest.mark.parametrize(
    ("why", "best", "other"),
    [
        ("more chambers can come", "nymy", "yynn"),
        ("if need be counts as able", "mmmn", "yynn"),
        ("nobody is left out twice in a row", "yyny", "yyyn"),
        ("it suits the host", "ymyn", "myyn"),
        ("silence is no refusal", "yyn-", "yy-n"),
        ("the answers are more certain", "yyyn", "yymn"),
    ],
)
def test_the_rule_takes_the_date_where(why, best, other):
    """D could not come on the date before; A hosts. The better one is the later: the calendar decides nothing."""
    good, bad = option(5, best), option(1, other)
    assert ranked([bad, good], host=A, left_out_before={D})[0] is good


def test_of_equal_dates_the_earlier_is_taken():
    early, late = option(1, "yyyy"), option(2, "yyyy")
    assert ranked([late, early], host=A, left_out_before=())[0] is early


@pytest.fixture
def hosted(series, changde, working):
    """Convened, and 常德 hosts."""
    working("lian")
    session = series.convene(theme="增进湘情")
    session.host_id, session.host_name = changde.pk, changde.name
    session.save()
    return session


def in_days(*days):
    return [now() + datetime.timedelta(days=n) for n in days]


@pytest.fixture
def polled(hosted):
    hosted.open_poll(times=in_days(20, 21), answer_by=localdate() + datetime.timedelta(days=7))
    return hosted


def say(deliver, session, chamber, words, **more):
    keys = [str(pk) for pk in session.options.values_list("pk", flat=True)]
    said = dict(zip(keys, words, strict=True)) | more
    return deliver(chamber, "meetings.dates_answered", session_id=session.pk, words=said)


def test_a_poll_offers_two_dates_ahead_of_a_session_that_has_a_host(series, hosted):
    soon = localdate() + datetime.timedelta(days=2)
    with pytest.raises(ValidationError):
        series.convene(theme="还没有承办").open_poll(times=in_days(9, 10), answer_by=soon)
    for times, answer_by in (
        (in_days(9), soon),
        (in_days(-1, 9), soon),
        (in_days(1, 9), soon),
        (in_days(8, 9), localdate() - datetime.timedelta(days=1)),
    ):
        with pytest.raises(ValidationError):
            hosted.open_poll(times=times, answer_by=answer_by)
    assert hosted.status == "planned"
    assert not hosted.options.exists()


def test_an_answer_speaks_of_every_date_in_words_that_are_known(polled, changde, deliver):
    with pytest.raises(Refused):
        say(deliver, polled, changde, ["yes", "perhaps"])
    with pytest.raises(Refused):
        deliver(changde, "meetings.dates_answered", session_id=polled.pk, words={})
    with pytest.raises(Refused):
        say(deliver, polled, changde, ["yes", "no"], **{str(uuid.uuid4()): "yes"})
    with pytest.raises(Refused):
        deliver(changde, "meetings.dates_answered", session_id=polled.pk, words=["yes", "no"])
    assert len(polls.silent(polled)) == 2


def test_a_chamber_speaks_for_itself_and_may_change_its_mind(polled, changde, shaoyang, deliver):
    say(deliver, polled, shaoyang, ["no", "yes"])
    say(deliver, polled, changde, ["yes", "no"])
    say(deliver, polled, changde, ["no", "yes"])
    first, second = polls.rows(polled)
    assert (first.able, first.has_quorum) == ((changde.name, shaoyang.name), True)
    assert (second.unable, second.has_quorum) == ((changde.name, shaoyang.name), False)
    assert not polls.silent(polled)


def test_the_date_is_set_by_hand_and_ends_the_poll(polled, changde, deliver):
    polled.schedule(starts_at=polled.ranked_options()[0].starts_at, place="常德商会")
    with pytest.raises(Refused):
        say(deliver, polled, changde, ["yes", "yes"])
    with pytest.raises(WrongState):
        polled.withdraw_poll()


def test_another_poll_asks_about_its_own_dates_only(polled, changde, deliver):
    say(deliver, polled, changde, ["yes", "no"])
    polled.withdraw_poll()
    polled.open_poll(times=in_days(30, 31), answer_by=localdate() + datetime.timedelta(days=7))
    assert [len(option.answers) for option in polled.ranked_options()] == [0, 0]


def test_who_could_not_come_on_the_last_date_is_spared_and_named(series, polled, changde, shaoyang, deliver):
    say(deliver, polled, shaoyang, ["no", "no"])
    polled.schedule(starts_at=polled.ranked_options()[0].starts_at, place="常德商会")
    following = series.convene(theme="下一期")
    following.host_id = changde.pk
    following.save()
    following.open_poll(times=in_days(60, 61), answer_by=localdate() + datetime.timedelta(days=7))
    say(deliver, following, changde, ["yes", "no"])
    say(deliver, following, shaoyang, ["no", "yes"])
    first, second = polls.rows(following)
    assert first.able == (shaoyang.name,), "equal numbers: the host's wish comes after"
    assert shaoyang.name in second.why


def test_a_date_proposed_from_a_calendar_is_a_yes_to_it(polled, changde, shaoyang, deliver):
    with pytest.raises(Refused):
        deliver(changde, "meetings.date_proposed", session_id=polled.pk, starts_at=str(now()))
    for chamber in (changde, shaoyang, changde):
        deliver(chamber, "meetings.date_proposed", session_id=polled.pk, starts_at="2099-03-01T09:30:00+08:00")
    first = polls.rows(polled)[0]
    assert (first.starts_at.year, first.able) == (2099, (changde.name, shaoyang.name))


def test_a_change_of_time_or_place_counts_for_calendars_and_nothing_else_does(polled):
    first, second = in_days(20, 21)
    polled.schedule(starts_at=first, place="常德商会")
    polled.rearrange(starts_at=first, place="常德商会")
    assert polled.sequence == 0
    polled.rearrange(starts_at=second, place="常德商会")
    polled.rearrange(starts_at=second, place="邵阳商会")
    polled.postpone(reason="展会")
    polled.schedule(starts_at=first, place="邵阳商会")
    assert polled.sequence == 3
    polled.cancel(reason="改为线上")
    assert polled.sequence == 4
