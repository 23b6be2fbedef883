"""E-mail, against a server that speaks SMTP on this machine."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest

from huiguan.actors import acting_as
from huiguan.deliveries.actions import Recipient
from huiguan.deliveries.models import SendingSettings
from huiguan.tenancy.binding import in_chamber
from tests.huiguan.deliveries.conftest import REMOVAL, SECRETARY, log_of, send, states, write
from tests.support.sinks import SmtpSink, closed_port, smtp_sink


@pytest.fixture
def server(settings: Any, woken: list[str]) -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND, settings.EMAIL_LEAVES = "django.core.mail.backends.smtp.EmailBackend", True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_TIMEOUT = False, "", 5
        settings.DEFAULT_FROM_EMAIL = "huiguan@example.org"
        yield sink


def read(mail: bytes) -> Any:
    return message_from_bytes(mail, policy=policy.default)


def test_a_mail_says_who_writes_to_whom_and_how_to_want_no_more(changde: Any, server: SmtpSink) -> None:
    with acting_as(SECRETARY), in_chamber(changde):
        SendingSettings.objects.create(sender_name="常德商会秘书处", reply_to="office@example.org")
    written = write(changde)
    send(changde)
    mail = read(server.mails[0])
    assert mail["From"] == "常德商会秘书处 <huiguan@example.org>"
    assert mail["To"] == "湘味餐饮 周先生 <zhou@example.com>"
    assert (mail["Subject"], mail["Reply-To"]) == ("会费提醒", "office@example.org")
    assert mail["Message-ID"] == f"<{written.pk}@example.org>"
    text = mail.get_content()
    assert text.startswith("请于年底前缴纳会费。")
    assert "常德商会秘书处" in text
    link = mail["List-Unsubscribe"].strip(" <>")
    assert link.startswith("http://changde.localhost")
    assert link in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_cannot_be_refused_offers_no_way_to_refuse_it(changde: Any, server: SmtpSink) -> None:
    write(changde, purpose=REMOVAL)
    send(changde)
    mail = read(server.mails[0])
    assert mail["List-Unsubscribe"] is None
    assert "/deliveries/o/" not in mail.get_content()


def test_a_second_attempt_is_known_by_the_same_number(changde: Any, server: SmtpSink, clock: Any) -> None:
    """At least once: whoever gets a mail twice can tell that it is one."""
    server.answers["END"] = "451 4.3.0 try again later"
    write(changde)
    send(changde)
    assert states(changde) == {"会费提醒": "retrying"}
    server.answers.clear()
    clock.pass_by(minutes=1)
    send(changde)
    assert states(changde) == {"会费提醒": "sent"}
    assert read(server.mails[0])["Message-ID"] == read(server.mails[1])["Message-ID"]


@pytest.mark.parametrize(
    ("command", "says", "becomes"),
    [
        ("RCPT", "550 5.1.1 no such user", "failed"),
        ("RCPT", "450 4.2.2 mailbox full", "retrying"),
        ("MAIL", "553 5.7.1 sender refused", "failed"),
        ("DATA", "421 4.3.2 closing", "retrying"),
        ("END", "554 5.6.0 content refused", "failed"),
    ],
)
def test_what_the_server_answers_decides_what_becomes_of_it(
    changde: Any, server: SmtpSink, command: str, says: str, becomes: str
) -> None:
    server.answers[command] = says
    write(changde)
    send(changde)
    row = log_of(changde)["会费提醒"]
    assert (row.status, says.split(" ", 1)[1].split()[-1] in row.last_error) == (becomes, True)


def test_a_server_that_is_not_there_is_tried_again(changde: Any, server: SmtpSink, settings: Any) -> None:
    settings.EMAIL_PORT = closed_port()
    write(changde, "一")
    write(changde, "二")
    send(changde)
    assert states(changde) == {"一": "retrying", "二": "waiting"}
    assert log_of(changde)["一"].last_error == "邮件服务器连接不上，或拒绝登录。"


def test_a_name_or_subject_cannot_add_headers(changde: Any, server: SmtpSink) -> None:
    write(changde, "会费\r\nBcc: all@example.com", to=Recipient("周\r\nBcc: x@example.com", "zhou@example.com"))
    send(changde)
    mail = read(server.mails[0])
    assert (mail["Bcc"], mail["Subject"]) == (None, "会费 Bcc: all@example.com")


@pytest.mark.parametrize("status", [None, 401, 429, 500, 503])
def test_a_provider_without_an_answer_is_asked_again_and_a_no_is_a_no(status: int | None) -> None:
    from anymail.exceptions import AnymailRequestsAPIError

    from huiguan.deliveries.carriers import Down, Never
    from huiguan.deliveries.carriers.mail import _by_the_provider

    assert isinstance(_by_the_provider(AnymailRequestsAPIError(status_code=status)), Down)
    assert isinstance(_by_the_provider(AnymailRequestsAPIError(status_code=422)), Never)
