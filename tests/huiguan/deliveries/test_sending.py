"""Sending: nothing is lost, nothing uncertain is repeated in silence, one that fails holds up none."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError

from huiguan.actors import SYSTEM, acting_as
from huiguan.deliveries import sending, tasks
from huiguan.deliveries.carriers import Down, Later, Letter, Never, Unsure
from huiguan.deliveries.models import Channel, Delivery, OptOut
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber
from tests.huiguan.deliveries.conftest import SECRETARY, log_of, send, states, write
from tests.huiguan.deliveries.test_delivering import PHONE
from tests.support.threads import together


def fail_for(subject: str, error: Exception) -> Any:
    def answer(letter: Letter) -> str:
        if letter.subject == subject:
            raise error
        return "流水号"

    return answer


class Killed(BaseException):
    """The process ends where it is."""


def test_a_message_is_sent_and_its_row_says_so(changde: Any, courier: Any, clock: Any) -> None:
    write(changde)
    assert send(changde) == 1
    sent = log_of(changde)["会费提醒"]
    assert (sent.status, sent.attempts, sent.sent_at, sent.reference) == ("sent", 1, clock(), "流水号")
    assert sent.words == courier.letters[0].text
    assert send(changde) == 0


def test_no_transaction_is_open_while_a_provider_is_waited_for(own_database: str, courier: Any) -> None:
    here = chamber("changde")
    for number in range(3):
        write(here, f"第{number}封")
    send(here)
    assert courier.in_transaction == [False, False, False]


def test_one_that_fails_holds_up_none(changde: Any, courier: Any) -> None:
    courier.answer = fail_for("坏", Never("地址不存在"))
    for subject in ("好", "坏", "也好"):
        write(changde, subject)
    send(changde)
    assert states(changde) == {"好": "sent", "坏": "failed", "也好": "sent"}
    assert log_of(changde)["坏"].last_error == "地址不存在"


def test_messages_go_out_in_the_order_in_which_they_were_written(changde: Any, courier: Any) -> None:
    for number in range(5):
        write(changde, f"第{number}封")
    send(changde)
    assert courier.subjects() == [f"第{number}封" for number in range(5)]


def test_a_failed_attempt_is_repeated_later_and_later_and_then_has_failed(
    changde: Any, courier: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "quiet_until", lambda at, settings: None)
    courier.answer = fail_for("会费提醒", Later("服务商繁忙"))
    write(changde)
    for attempt, wait in enumerate(sending.RETRY_SECONDS, start=1):
        assert send(changde) == 1
        row = log_of(changde)["会费提醒"]
        assert (row.status, row.attempts, row.last_error) == ("retrying", attempt, "服务商繁忙")
        assert row.next_attempt_at - clock() == datetime.timedelta(seconds=wait)
        clock.pass_by(seconds=wait - 1)
        assert send(changde) == 0, "it was tried before its time"
        clock.pass_by(seconds=1)
    send(changde)
    assert (states(changde), len(courier.letters)) == ({"会费提醒": "failed"}, len(sending.RETRY_SECONDS) + 1)


def test_a_provider_that_is_down_is_asked_once_and_not_for_every_message(
    changde: Any, courier: Any, clock: Any
) -> None:
    def down_for_mail(letter: Letter) -> str:
        if letter.channel == Channel.EMAIL:
            raise Down("连接不上")
        return "流水号"

    courier.answer = down_for_mail
    for number in range(4):
        write(changde, f"第{number}封")
    write(changde, "短信", channel=Channel.SMS, to=PHONE)
    send(changde)
    assert courier.subjects() == ["第0封", "短信"]
    assert states(changde) == {
        "第0封": "retrying",
        "第1封": "waiting",
        "第2封": "waiting",
        "第3封": "waiting",
        "短信": "sent",
    }
    courier.answer = lambda letter: ""
    clock.pass_by(seconds=60)
    send(changde)
    assert set(states(changde).values()) == {"sent"}


def test_a_lost_wake_up_loses_nothing(changde: Any, shaoyang: Any, courier: Any, woken: list[str]) -> None:
    write(changde, "常德")
    write(shaoyang, "邵阳")
    assert tasks.sweep_deliveries() == 2
    assert sorted(woken) == sorted([str(changde.pk), str(shaoyang.pk)])
    for key in woken:
        tasks.send_deliveries(key)
    assert (states(changde), states(shaoyang)) == ({"常德": "sent"}, {"邵阳": "sent"})
    assert tasks.sweep_deliveries() == 0


def test_a_mail_whose_sender_was_killed_is_sent_again(changde: Any, courier: Any, clock: Any, woken: list[str]) -> None:
    courier.answer = fail_for("会费提醒", Killed())  # type: ignore[arg-type]
    write(changde)
    with pytest.raises(Killed):
        send(changde)
    assert states(changde) == {"会费提醒": "sending"}
    tasks.sweep_deliveries()
    assert states(changde) == {"会费提醒": "sending"}, "whoever sends it may be waiting for the provider"
    clock.pass_by(minutes=11)
    tasks.sweep_deliveries()
    assert states(changde) == {"会费提醒": "retrying"}
    courier.answer = lambda letter: ""
    clock.pass_by(minutes=1)
    tasks.sweep_deliveries()
    assert woken == [str(changde.pk)]
    send(changde)
    assert states(changde) == {"会费提醒": "sent"}
    assert courier.letters[0].id == courier.letters[1].id


@pytest.mark.parametrize("how", [Unsure("没有答复"), ZeroDivisionError(), Killed()])
def test_a_text_message_that_was_perhaps_sent_is_left_to_a_person(
    changde: Any, courier: Any, clock: Any, woken: list[str], how: Any
) -> None:
    courier.may_repeat, courier.answer = False, fail_for("会费提醒", how)
    write(changde, channel=Channel.SMS, to=PHONE)
    if isinstance(how, Killed):
        with pytest.raises(Killed):
            send(changde)
    else:
        send(changde)
    clock.pass_by(minutes=11)
    for _sweep in range(3):
        tasks.sweep_deliveries()
        send(changde)
        clock.pass_by(minutes=300)
    assert (states(changde), len(courier.letters), woken) == ({"会费提醒": "uncertain"}, 1, [])


def test_a_sender_taken_for_dead_does_not_undo_what_was_decided_since(changde: Any, courier: Any, clock: Any) -> None:
    def very_slowly(letter: Letter) -> str:
        clock.pass_by(minutes=11)
        with acting_as(SYSTEM):
            sending.recover(changde)
        return "太晚"

    courier.answer = very_slowly
    write(changde)
    assert send(changde, limit=1) == 1
    assert states(changde) == {"会费提醒": "retrying"}


def test_who_opts_out_while_a_message_waits_does_not_get_it(changde: Any, courier: Any) -> None:
    write(changde)
    with acting_as(SECRETARY), in_chamber(changde):
        OptOut.objects.create(channel="email", address="zhou@example.com", purpose="")
    send(changde)
    assert (states(changde), courier.letters) == ({"会费提醒": "refused"}, [])


def test_a_message_that_was_late_into_the_night_waits_for_the_morning(changde: Any, courier: Any, clock: Any) -> None:
    write(changde)
    clock.at(23)
    send(changde)
    assert (states(changde), courier.letters) == ({"会费提醒": "held"}, [])
    clock.pass_by(hours=9)
    send(changde)
    assert states(changde) == {"会费提醒": "sent"}


def test_the_messages_of_a_suspended_chamber_wait(changde: Any, courier: Any, woken: list[str]) -> None:
    write(changde)
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.SUSPENDED)
    assert (tasks.send_deliveries(str(changde.pk)), tasks.sweep_deliveries()) == (0, 0)
    assert (states(changde), courier.letters) == ({"会费提醒": "waiting"}, [])


def test_one_chamber_in_trouble_does_not_keep_the_others_messages(
    changde: Any, shaoyang: Any, courier: Any, woken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_for_changde(here: Chamber) -> int:
        if here == changde:
            raise DatabaseError("relation does not exist")
        return 0

    write(changde)
    write(shaoyang)
    monkeypatch.setattr(tasks, "recover", fail_for_changde)
    tasks.sweep_deliveries()
    assert woken == [str(shaoyang.pk)]


def test_a_chamber_with_much_to_send_lets_others_have_their_turn(
    changde: Any, courier: Any, woken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    for number in range(3):
        write(changde, f"第{number}封")
    assert (tasks.send_deliveries(str(changde.pk)), woken) == (2, [str(changde.pk)])
    assert (tasks.send_deliveries(str(changde.pk)), woken) == (1, [str(changde.pk)])


def test_two_workers_send_each_message_once(own_database: str, courier: Any) -> None:
    here = chamber("changde")
    for number in range(8):
        write(here, f"第{number}封")
    together(lambda _n: send(here), range(3))
    assert sorted(courier.subjects()) == [f"第{number}封" for number in range(8)]
    assert set(states(here).values()) == {"sent"}


def test_without_a_provider_a_message_is_shown_and_never_said_to_be_sent(
    changde: Any, woken: list[str], settings: Any
) -> None:
    settings.EMAIL_LEAVES, settings.SMS_URL = False, ""
    write(changde, "邮件")
    write(changde, "短信", channel=Channel.SMS, to=PHONE)
    send(changde)
    assert states(changde) == {"邮件": "kept", "短信": "kept"}
    assert "请于年底前缴纳会费。" in log_of(changde)["邮件"].words
    with in_chamber(changde):
        assert not Delivery.objects.filter(status="sent").exists()
