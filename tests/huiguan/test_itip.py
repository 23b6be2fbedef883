"""Invitations as another calendar program reads them, and its answers as we read them."""

import datetime
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import IcsCalendarStream

from huiguan import itip
from huiguan.itip import Event, Guest

HERE = ZoneInfo("Asia/Shanghai")
BEGINS = datetime.datetime(2026, 12, 12, 9, 30, tzinfo=HERE)
ORGANIZER = Guest("在陕湘籍商会联席会议", "calendar@example.com")
QIN, TAN = Guest("秦若兰", "qin@example.com"), Guest("谭一鸣", "tan@example.com", is_required=False)


def event(sequence=0, starts_at=BEGINS):
    return Event(
        uid="session@example.com", sequence=sequence, starts_at=starts_at, minutes=150, summary="第三期 增进湘情",
        place="西安市，常德商会", description="议程：\n1. 会费；收取", organizer=ORGANIZER, guests=[QIN, TAN],
        url="http://changde.localhost/meetings/",
    )  # fmt: skip


def test_another_program_reads_the_invitation():
    written = itip.request(event(sequence=2))
    assert "BEGIN:VTIMEZONE" in written
    assert "DTSTART;TZID=Asia/Shanghai:20261212T093000" in written
    calendar = IcsCalendarStream.calendar_from_ics(written)
    [seen] = calendar.events
    assert (calendar.method, seen.uid, seen.sequence) == ("REQUEST", "session@example.com", 2)
    assert (seen.dtstart, seen.dtend - seen.dtstart) == (BEGINS, datetime.timedelta(minutes=150))
    assert (seen.summary, seen.location) == ("第三期 增进湘情", "西安市，常德商会")
    assert seen.description == "议程：\n1. 会费；收取"
    assert str(seen.organizer.uri) == "mailto:calendar@example.com"
    guests = [(str(g.uri), g.common_name, g.role, g.status, g.rsvp) for g in seen.attendees]
    assert guests[0] == ("mailto:qin@example.com", "秦若兰", "REQ-PARTICIPANT", "NEEDS-ACTION", True)
    assert guests[1][2] == "OPT-PARTICIPANT"


def test_a_cancellation_keeps_what_it_is_known_by():
    calendar = IcsCalendarStream.calendar_from_ics(itip.cancel(event(sequence=3)))
    [seen] = calendar.events
    assert (calendar.method, seen.uid, seen.sequence, seen.status) == ("CANCEL", "session@example.com", 3, "CANCELLED")


def mail(content, sender="秦若兰 <QIN@example.com>", method="REPLY"):
    message = EmailMessage(policy=default)
    message["From"], message["To"] = sender, "calendar@example.com"
    message.set_content("已接受")
    message.add_alternative(content.encode(), maintype="text", subtype="calendar", params={"method": method})
    return message


def replied(status="ACCEPTED", method="REPLY", **changes):
    """As the other program writes it, from the invitation that it got."""
    calendar = IcsCalendarStream.calendar_from_ics(itip.request(event(sequence=1)))
    [seen] = calendar.events
    guest = seen.attendees[0].model_copy(update={"status": status})
    calendar.method, calendar.events = method, [seen.model_copy(update={"attendees": [guest], **changes})]
    return IcsCalendarStream.calendar_to_ics(calendar)


@pytest.mark.parametrize("status", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_the_answer_of_another_program_is_read(status):
    answer = itip.read(mail(replied(status)))
    assert (answer.method, answer.uid, answer.address) == ("REPLY", "session@example.com", "qin@example.com")
    assert (answer.standing, answer.sequence, answer.starts_at) == (status, 1, None)


def test_a_counter_says_which_other_time_is_wished():
    wished = BEGINS + datetime.timedelta(days=1)
    moved = replied("TENTATIVE", "COUNTER", dtstart=wished, dtend=wished + datetime.timedelta(hours=2))
    assert itip.read(mail(moved)).starts_at == wished


def test_what_is_no_answer_or_speaks_for_another_is_passed_over():
    letter = EmailMessage()
    letter.set_content("你好")
    for message in (
        letter,
        mail(itip.request(event())),
        mail("BEGIN:VCALENDAR\nMETHOD:REPLY\nnonsense"),
        mail("BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR"),
        mail(replied(), sender="tan@example.com"),
    ):
        assert itip.read(message) is None
