"""The delivery log as people see it: what was sent word for word, masked in lists, and what can be done with it."""

from typing import Any

import pytest

from huiguan.actors import acting_as
from huiguan.audit.models import Entry
from huiguan.deliveries.carriers import Later, Never, Unsure
from huiguan.deliveries.models import Channel, Delivery, SendingSettings
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_chamber
from tests.huiguan.deliveries.conftest import ALARM, SECRETARY, Courier, log_of, send, states, write
from tests.huiguan.deliveries.test_delivering import PHONE
from tests.huiguan.deliveries.test_sending import fail_for


def move(here: Any, name: str) -> None:
    with acting_as(SECRETARY), in_chamber(here):
        getattr(Delivery.objects.get(), name)()


def test_a_list_masks_addresses_and_the_page_of_one_message_tells_it_all(
    changde: Any, courier: Courier, signed_in: Any
) -> None:
    written, browser = write(changde, channel=Channel.SMS, to=PHONE), signed_in("tan")
    listed = browser.get("/deliveries/delivery/").content.decode()
    assert ("138****5678" in listed, "13800005678" in listed) == (True, False)
    shown = browser.get(f"/deliveries/delivery/{written.pk}/").content.decode()
    assert ("13800005678" in shown, "请于年底前缴纳会费。" in shown, "一组" in shown) == (True, True, True)


def test_an_export_masks_addresses_too(changde: Any, courier: Courier, signed_in: Any) -> None:
    import io

    import openpyxl

    write(changde, channel=Channel.SMS, to=PHONE)
    answer = signed_in("qin").get("/deliveries/delivery/export/")
    cells = str(list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values))
    assert ("138****5678" in cells, "13800005678" in cells) == (True, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"channel": "sms"}, {"乙封"}),
        ({"status": "sent"}, {"甲封"}),
        ({"purpose": "test.alarm"}, {"丙封"}),
        ({"q": "湘味"}, {"乙封", "甲封", "丙封"}),
        ({"q": "1380000"}, {"乙封"}),
    ],
)
def test_the_log_is_narrowed_by_channel_state_and_purpose(
    changde: Any, courier: Courier, clock: Any, signed_in: Any, query: dict[str, str], found: set[str]
) -> None:
    write(changde, "甲封")
    send(changde)
    write(changde, "乙封", channel=Channel.SMS, to=PHONE)
    write(changde, "丙封", purpose=ALARM)
    page = signed_in("tan").get("/deliveries/delivery/", query).content.decode()
    assert {subject for subject in ("乙封", "甲封", "丙封") if f">{subject}<" in page} == found


def test_many_that_failed_are_sent_again_with_one_click(changde: Any, courier: Courier, signed_in: Any) -> None:
    for number in range(3):
        write(changde, f"第{number}封")
    courier.answer = lambda letter: (_ for _ in ()).throw(Never("退信"))
    send(changde)
    chosen = [str(delivery.pk) for delivery in log_of(changde).values()]
    signed_in("tan").post("/deliveries/delivery/bulk/", {"action": "resend", "chosen": chosen})
    assert set(states(changde).values()) == {"waiting"}
    courier.answer = lambda letter: ""
    send(changde)
    assert set(states(changde).values()) == {"sent"}


def test_what_people_do_is_told_in_the_trail_without_words_and_address(
    changde: Any, courier: Courier, signed_in: Any
) -> None:
    written = write(changde)
    signed_in("tan").post(f"/deliveries/delivery/{written.pk}/moves/cancel/")
    with in_chamber(changde):
        [entry] = Entry.objects.filter(record_id=written.pk)
    assert (entry.verb, entry.actor, entry.changes) == ("cancel", "谭一鸣", {})
    assert send(changde) == 0


def test_a_message_that_was_perhaps_sent_is_sent_again_or_confirmed_only_by_a_person(
    changde: Any, courier: Courier
) -> None:
    courier.may_repeat, courier.answer = False, fail_for("会费提醒", Unsure("没有答复"))
    write(changde, channel=Channel.SMS, to=PHONE)
    send(changde)
    with pytest.raises(WrongState):
        move(changde, "resend")
    move(changde, "confirm")
    assert states(changde) == {"会费提醒": "sent"}
    move(changde, "send_again")
    courier.answer = lambda letter: ""
    send(changde)
    assert (states(changde), len(courier.letters)) == ({"会费提醒": "sent"}, 2)


def test_what_is_held_for_the_morning_can_be_sent_in_spite_of_it(changde: Any, courier: Courier, clock: Any) -> None:
    clock.at(23)
    write(changde)
    move(changde, "release")
    send(changde)
    assert states(changde) == {"会费提醒": "sent"}


def test_what_waits_for_another_attempt_is_tried_at_once_when_asked_for(changde: Any, courier: Courier) -> None:
    courier.answer = fail_for("会费提醒", Later("繁忙"))
    write(changde)
    send(changde)
    courier.answer = lambda letter: ""
    move(changde, "resend")
    send(changde)
    assert states(changde) == {"会费提醒": "sent"}


@pytest.mark.parametrize("name", ["arrive", "keep", "begin", "put_off", "give_up", "doubt", "hold", "refuse"])
def test_nobody_can_write_what_only_the_worker_knows(changde: Any, courier: Courier, signed_in: Any, name: str) -> None:
    written = write(changde)
    said = {"reference": "x", "reason": "x", "words": "x", "until": "2026-11-25"}
    assert signed_in("qin").post(f"/deliveries/delivery/{written.pk}/moves/{name}/", said).status_code == 403
    assert states(changde) == {"会费提醒": "waiting"}


def test_the_log_says_that_nothing_leaves_this_installation(changde: Any, signed_in: Any, settings: Any) -> None:
    settings.EMAIL_LEAVES, settings.SMS_URL = False, ""
    page = signed_in("tan").get("/deliveries/delivery/").content.decode()
    assert "尚未在本系统配置" in page
    settings.EMAIL_LEAVES, settings.SMS_URL = True, "aliyun://id:secret@host"
    assert "尚未在本系统配置" not in signed_in("tan").get("/deliveries/delivery/").content.decode()


def test_the_settings_are_one_row_and_only_the_administrators(changde: Any, signed_in: Any) -> None:
    said = {"sender_name": "秘书处", "reply_to": "", "quiet_from": "22:00", "quiet_until": "07:30", "sms_signature": ""}
    assert signed_in("tan").post("/sending/settings/", said).status_code == 403
    for name in ("秘书处", "商会秘书处"):
        assert signed_in("qin").post("/sending/settings/", {**said, "sender_name": name}).status_code == 302
    with in_chamber(changde):
        kept = SendingSettings.objects.get()
    assert (kept.sender_name, kept.quiet_from.hour, kept.quiet_until.minute) == ("商会秘书处", 22, 30)
    wrong = signed_in("qin").post("/sending/settings/", {**said, "sms_signature": "【商会】"}).content.decode()
    assert ("请不要填写括号" in wrong, "【商会】" in wrong) == (True, True)


def test_the_settings_are_not_another_chambers(changde: Any, shaoyang: Any, signed_in: Any) -> None:
    said = {"sender_name": "常德", "quiet_from": "22:00", "quiet_until": "07:30"}
    signed_in("qin").post("/sending/settings/", said)
    assert "常德" not in signed_in("dai").get("/sending/settings/").content.decode()
    assert signed_in("qin", host="shaoyang").get("/sending/settings/").status_code == 403
