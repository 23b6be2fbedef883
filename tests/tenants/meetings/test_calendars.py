"""Delegates' calendars: over a real mail server, read and answered by another calendar program."""

import datetime
import email
import mailbox
import smtplib
import socket
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from ical.calendar_stream import IcsCalendarStream

from huiguan.actors import NotAllowed
from huiguan.deliveries.models import Delivery
from tenants.meetings import calendars
from tenants.meetings.models import Delegate
from tenants.meetings.tasks import read_calendar_mail
from tests.tenants.meetings.conftest import said


class Post:
    """A mail server whose letters all lie in one Maildir, and a calendar program that looks into it."""

    def __init__(self, path, port):
        self.box, self.port = mailbox.Maildir(path / "mail"), port

    def letters(self, to):
        keys = sorted(self.box.keys(), key=lambda key: self.box.get_message(key).get_date())
        found = [email.message_from_bytes(self.box.get_bytes(key), policy=default) for key in keys]
        return [m for m in found if m["To"] and to in m["To"]]

    def calendar(self, to):
        """What the newest letter to an address says to their calendar."""
        newest = self.letters(to)[-1]
        [part] = [p for p in newest.walk() if p.get_content_type() == "text/calendar"]
        calendar = IcsCalendarStream.calendar_from_ics(part.get_content())
        assert part.get_param("method") == calendar.method
        return calendar

    def answer(self, to, status, method="REPLY", **changes):
        """Written by the program, from the invitation it has got, and sent to the organiser."""
        calendar = self.calendar(to)
        [event] = calendar.events
        mine = next(g for g in event.attendees if str(g.uri) == f"mailto:{to}").model_copy(update={"status": status})
        stamp = {"dtstamp": datetime.datetime.now(tz=datetime.UTC), "attendees": [mine]}
        calendar.method, calendar.events = method, [event.model_copy(update={**stamp, **changes})]
        letter = EmailMessage(policy=default)
        letter["From"], letter["To"] = to, str(event.organizer.uri).removeprefix("mailto:")
        letter.set_content("答复")
        content = IcsCalendarStream.calendar_to_ics(calendar).encode()
        letter.add_alternative(content, maintype="text", subtype="calendar", params={"method": method})
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.send_message(letter)


@pytest.fixture
def post(tmp_path, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Mailbox(tmp_path / "mail"), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", port,
    )  # fmt: skip
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.CALENDAR_MAILBOX, settings.CALENDAR_ADDRESS = f"maildir://{tmp_path}/mail", "calendar@example.com"
    yield Post(tmp_path, port)
    controller.stop()


@pytest.fixture
def send(as_):
    """What the worker does: carry what waits for 常德."""
    from huiguan.deliveries.carriers.mail import Mail
    from huiguan.deliveries.models import SendingSettings
    from huiguan.deliveries.sending import Sender, letter_of

    def carry():
        with as_("qin"):
            sender = Sender("常德", "西安市常德商会", "常德商会", "changde.localhost", SendingSettings.current())
            waiting = Delivery.objects.filter(purpose="meetings.calendar", sent_at=None).order_by("id")
            for delivery in waiting:
                Mail().carry(letter_of(delivery, sender))
                Delivery.objects.filter(pk=delivery.pk).update(sent_at=now())

    return carry


@pytest.fixture
def ahead(as_, invited):
    """The notice is out, for a day three weeks from now."""
    with as_("lian"):
        invited.rearrange(starts_at=(now() + datetime.timedelta(days=21)).replace(microsecond=0), place="常德商会")
    return invited


@pytest.fixture
def named(as_, ahead, sight, post, send):
    """Head and substitute of 常德 have been invited."""
    meeting = sight("qin", ahead)
    with as_("tan"):
        calendars.name_delegate(meeting=meeting, name="秦若兰", role="head", email="Qin@example.com")
        calendars.name_delegate(meeting=meeting, name="谭一鸣", role="substitute", email="tan@example.com")
        calendars.name_delegate(meeting=meeting, name="陶远山", role="member")
    send()
    return ahead


def delegate(as_, name):
    with as_("qin"):
        return Delegate.objects.get(name=name)


def test_one_head_one_substitute_and_each_address_once(as_, named, sight):
    meeting = sight("qin", named)
    for name, role, address in (("甲", "head", ""), ("乙", "substitute", ""), ("丙", "member", "QIN@example.com")):
        with as_("tan"), pytest.raises(ValidationError):
            calendars.name_delegate(meeting=meeting, name=name, role=role, email=address)
    with as_("ruan"), pytest.raises(NotAllowed):
        calendars.name_delegate(meeting=meeting, name="丁", role="member")


def test_nobody_is_invited_before_the_notice(as_, convened, sight):
    with as_("tan"):
        meeting = sight("tan", convened)
        calendars.name_delegate(meeting=meeting, name="秦若兰", role="head", email="qin@example.com")
        assert not Delivery.objects.exists()


def test_the_invitation_stands_in_the_calendar_with_all_of_the_delegation_and_nobody_else(named, post):
    calendar = post.calendar("tan@example.com")
    [event] = calendar.events
    assert (calendar.method, event.sequence, event.location) == ("REQUEST", named.sequence, "常德商会")
    assert event.dtstart == named.starts_at
    assert [g.common_name for g in event.attendees] == ["秦若兰", "谭一鸣"]
    assert event.organizer.common_name == "在陕湘籍商会联席会议"
    assert event.uid == post.calendar("qin@example.com").events[0].uid


def test_an_answer_is_read_back_and_the_federation_hears_nothing_of_it(as_, named, post):
    post.answer("qin@example.com", "ACCEPTED")
    read_calendar_mail()
    assert delegate(as_, "秦若兰").standing == "ACCEPTED"
    assert delegate(as_, "谭一鸣").standing == "NEEDS-ACTION"
    with as_("qin"):
        assert not said().exists()


def test_a_change_comes_with_the_same_uid_and_a_higher_sequence_and_a_late_answer_is_passed_over(
    as_, named, post, send, changde
):
    old = post.calendar("qin@example.com").events[0]
    post.answer("qin@example.com", "ACCEPTED")
    with as_("lian"):
        named.rearrange(starts_at=named.starts_at + datetime.timedelta(days=1), place="邵阳商会")
    for _again in range(2):
        with as_("qin"):
            calendars.keep_all_right(changde.pk)
    read_calendar_mail()
    assert delegate(as_, "秦若兰").standing == "NEEDS-ACTION"
    send()
    assert len(post.letters("qin@example.com")) == 2, "told once of each"
    new = post.calendar("qin@example.com").events[0]
    assert (new.uid, new.sequence, new.location) == (old.uid, old.sequence + 1, "邵阳商会")
    post.answer("qin@example.com", "DECLINED")
    read_calendar_mail()
    assert delegate(as_, "秦若兰").standing == "DECLINED"


@pytest.mark.parametrize("end", ["cancel", "postpone"])
def test_everybody_invited_is_told_that_it_does_not_take_place(as_, named, post, send, changde, end):
    uid = post.calendar("qin@example.com").events[0].uid
    with as_("lian"):
        getattr(named, end)(reason="与展会冲突")
    with as_("qin"):
        assert calendars.keep_all_right(changde.pk) == 2
        assert calendars.keep_all_right(changde.pk) == 0
    send()
    for to in ("qin@example.com", "tan@example.com"):
        calendar = post.calendar(to)
        assert (calendar.method, calendar.events[0].uid) == ("CANCEL", uid)
        assert calendar.events[0].sequence == named.sequence


def test_who_is_left_out_is_told_and_no_longer_heard(as_, named, sight, post, send):
    meeting, tan = sight("qin", named), delegate(as_, "谭一鸣")
    with as_("qin"):
        calendars.leave_out(meeting=meeting, delegate=tan)
    post.answer("tan@example.com", "ACCEPTED")
    send()
    read_calendar_mail()
    assert post.calendar("tan@example.com").method == "CANCEL"
    assert delegate(as_, "谭一鸣").standing == "NEEDS-ACTION"


def test_another_time_that_the_head_proposes_is_a_vote_of_the_chamber(as_, named, post, arrive, changde):
    wished = named.starts_at + datetime.timedelta(days=2)
    for to in ("qin@example.com", "tan@example.com"):
        post.answer(to, "TENTATIVE", "COUNTER", dtstart=wished, dtend=wished + datetime.timedelta(hours=2))
    read_calendar_mail()
    assert delegate(as_, "谭一鸣").proposes_at == wished
    arrive()
    with as_("lian"):
        [option] = named.options.all()
        assert (option.starts_at, option.as_option().able) == (wished, {changde.pk})


def test_who_takes_no_part_any_more_is_called_off_in_every_calendar(as_, named, hunan, changde, post, send):
    from federation.registry.taking_back import Whose, carry_out, foretold

    whose = Whose(chamber_id=changde.pk, federation_id=hunan.pk)
    with as_("qin"):
        assert "3 位参会人员取消出席" in foretold(whose, ["liaison"])["liaison"]
        carry_out(whose, ["liaison"])
        assert not Delegate.objects.going_to(named.pk).exists()
        carry_out(whose, ["liaison"])
    send()
    for address in ("qin@example.com", "tan@example.com"):
        assert post.calendar(address).method == "CANCEL"
        assert len(post.letters(address)) == 2, "invited once, called off once"
