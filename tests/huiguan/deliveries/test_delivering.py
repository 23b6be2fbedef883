"""Writing a message down: once, in the transaction of its cause, and never against the recipient's will."""

import datetime
from typing import Any

import pytest

from huiguan.actors import acting_as
from huiguan.deliveries.actions import Recipient
from huiguan.deliveries.models import Channel, Delivery, OptOut
from huiguan.tenancy.binding import in_chamber
from tests.conftest import chamber
from tests.huiguan.deliveries.conftest import ALARM, REMOVAL, SECRETARY, log_of, send, states, write
from tests.support.threads import together

PHONE = Recipient("湘味餐饮 周先生", "+86 138-0000-5678")


def test_a_message_is_a_row_in_the_transaction_of_its_cause(changde: Any, courier: Any) -> None:
    with pytest.raises(LookupError), acting_as(SECRETARY), in_chamber(changde):
        write(changde)
        assert Delivery.objects.count() == 1
        raise LookupError
    assert (states(changde), send(changde), courier.letters) == ({}, 0, [])


def test_the_row_says_who_wrote_what_to_whom_about_what(changde: Any, courier: Any) -> None:
    written = write(changde)
    assert (written.recipient, written.address) == ("湘味餐饮 周先生", "zhou@example.com")
    assert (written.sent_by, written.record_text, written.record_label) == ("秦若兰", "一组", "members.Group")
    assert (written.status, written.subject, written.body) == ("waiting", "会费提醒", "请于年底前缴纳会费。")
    assert written.record_url() == f"/members/group/{written.record_id}/"


def test_the_worker_is_woken_after_the_commit_and_not_before(
    changde: Any, courier: Any, woken: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(changde)
        assert woken == []
    assert woken == [str(changde.pk)]


def test_the_worker_is_not_woken_for_what_is_for_later(
    changde: Any, courier: Any, clock: Any, woken: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(changde, not_before=clock() + datetime.timedelta(hours=2))
    assert (woken, send(changde)) == ([], 0)
    clock.pass_by(hours=2)
    assert send(changde) == 1
    assert states(changde) == {"会费提醒": "sent"}


def test_the_same_message_asked_for_twice_is_one(changde: Any, courier: Any) -> None:
    first = write(changde, dedupe="dues.reminder:1:email")
    again = write(changde, "另一句", dedupe="dues.reminder:1:email")
    assert (again.pk, again.subject) == (first.pk, "会费提醒")
    send(changde)
    assert write(changde, dedupe="dues.reminder:1:email").status == "sent"
    send(changde)
    assert courier.subjects() == ["会费提醒"]


def test_messages_without_a_mark_are_each_their_own(changde: Any, courier: Any) -> None:
    assert write(changde).pk != write(changde).pk
    assert send(changde) == 2


def test_two_who_ask_for_the_same_message_at_once_make_one(own_database: str, courier: Any) -> None:
    here = chamber("changde")
    made = together(lambda n: write(here, f"第{n}次", dedupe="一次").pk, range(4))
    assert len(set(made)) == 1
    assert len(log_of(here)) == 1


@pytest.mark.parametrize(
    ("channel", "address", "reason"),
    [
        (Channel.EMAIL, "", "没有有效的电子邮箱"),
        (Channel.EMAIL, "周先生", "没有有效的电子邮箱"),
        (Channel.EMAIL, "zhou@example.com\nBcc: all@example.com", "没有有效的电子邮箱"),
        (Channel.SMS, "", "没有有效的手机号码"),
        (Channel.SMS, "0731-84410000", "没有有效的手机号码"),
        (Channel.SMS, "+852 9123 4567", "没有有效的手机号码"),
    ],
)
def test_without_an_address_the_row_says_why_nothing_is_sent(
    changde: Any, courier: Any, channel: Channel, address: str, reason: str
) -> None:
    written = write(changde, channel=channel, to=Recipient("周先生", address))
    assert (written.status, send(changde)) == ("refused", 0)
    assert reason in written.last_error


@pytest.mark.parametrize(
    "typed", ["13800005678", "138 0000 5678", "+8613800005678", "0086-138-0000-5678", "86 13800005678", "(138)00005678"]
)
def test_a_mobile_number_is_read_however_it_is_written(changde: Any, courier: Any, typed: str) -> None:
    assert write(changde, channel=Channel.SMS, to=Recipient("周先生", typed)).address == "13800005678"


def test_who_opted_out_of_a_purpose_is_not_written_to_for_it(changde: Any, courier: Any) -> None:
    with acting_as(SECRETARY), in_chamber(changde):
        OptOut.objects.create(channel="email", address="zhou@example.com", purpose="test.reminder")
    refused = write(changde)
    assert (refused.status, "已退订" in refused.last_error) == ("refused", True)
    assert write(changde, "短信", channel=Channel.SMS, to=PHONE).status == "waiting"
    assert write(changde, "另一事", purpose=ALARM).status == "waiting"


def test_who_opted_out_of_everything_still_hears_what_the_law_wants_told(changde: Any, courier: Any) -> None:
    with acting_as(SECRETARY), in_chamber(changde):
        OptOut.objects.create(channel="email", address="zhou@example.com", purpose="")
    assert write(changde).status == "refused"
    assert write(changde, "除名", purpose=REMOVAL).status == "waiting"
    send(changde)
    assert courier.subjects() == ["除名"]


def test_an_opt_out_that_was_taken_back_keeps_nothing(changde: Any, courier: Any) -> None:
    with acting_as(SECRETARY), in_chamber(changde):
        OptOut.objects.create(channel="email", address="zhou@example.com", purpose="").withdraw()
    assert write(changde).status == "waiting"


def test_the_night_holds_a_message_until_the_morning(changde: Any, courier: Any, clock: Any) -> None:
    clock.at(22, 30)
    held = write(changde)
    assert held.status == "held"
    assert (held.next_attempt_at - clock()) == datetime.timedelta(hours=9, minutes=30)
    assert send(changde) == 0
    clock.pass_by(hours=9, minutes=30)
    assert send(changde) == 1
    assert states(changde) == {"会费提醒": "sent"}


def test_what_is_urgent_goes_out_at_night(changde: Any, courier: Any, clock: Any) -> None:
    clock.at(3)
    write(changde, purpose=ALARM)
    assert (send(changde), states(changde)) == (1, {"会费提醒": "sent"})


def test_another_chambers_messages_are_not_seen(changde: Any, shaoyang: Any, courier: Any) -> None:
    write(changde, dedupe="一次")
    assert write(shaoyang, "邵阳", dedupe="一次").subject == "邵阳"
    assert (states(changde), states(shaoyang)) == ({"会费提醒": "waiting"}, {"邵阳": "waiting"})
