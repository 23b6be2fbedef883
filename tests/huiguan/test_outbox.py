"""The outbox: what leaves a chamber leaves once, in order, word for word, and nothing is lost on the way."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils.timezone import now

from huiguan.actors import SYSTEM, Actor, acting_as, current_actor
from huiguan.inbox import handlers
from huiguan.inbox.handlers import Delivered, Refused, digest_of, hand_over
from huiguan.inbox.models import Receipt
from huiguan.journal.models import Entry as JournalEntry
from huiguan.outbox import delivery, tasks
from huiguan.outbox.delivery import deliver, publish
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import current_place, in_chamber
from huiguan.tenancy.models import Chamber
from tenants.members.models import Group
from tests.conftest import chamber
from tests.support.threads import together

FEDERATION = uuid.UUID("0190a000-0000-7000-8000-000000000001")
SECRETARY = Actor("秦若兰", permissions=frozenset({"*"}))
Handler = Callable[[Delivered], None]


class Mailroom:
    """What arrived at a handler of our own, and how it shall answer; `clock` is the time that delivery believes in."""

    def __init__(self) -> None:
        self.arrived: list[Delivered] = []
        self.woken: list[str] = []
        self.answer: Handler = lambda message: None
        self.clock = now()

    def receive(self, message: Delivered) -> None:
        self.arrived.append(message)
        self.answer(message)

    def texts(self) -> list[str]:
        return [m.content["text"] for m in self.arrived]


@pytest.fixture
def mailroom(monkeypatch: pytest.MonkeyPatch) -> Mailroom:
    room = Mailroom()
    handlers.handlers()
    monkeypatch.setitem(handlers._handlers, "test.said", room.receive)
    monkeypatch.setattr(tasks.deliver_messages, "delay", room.woken.append)
    monkeypatch.setattr(delivery, "now", lambda: room.clock)
    return room


def say(here: Chamber, text: str, about: Any = None, **content: Any) -> Message:
    """One message of a chamber, about a record of its own unless one is given."""
    with acting_as(SECRETARY), in_chamber(here):
        record = about or Group.objects.create(name=f"{text}组{uuid.uuid4().hex[:6]}")
        return publish(
            record, "test.said", to=FEDERATION, recipient="联席会议", content={"text": text, **content}, basis="约定"
        )


def ledger(here: Chamber) -> dict[str, Any]:
    with in_chamber(here):
        return {m.content["text"]: m for m in Message.objects.filter(name="test.said")}


def states(here: Chamber) -> dict[str, str]:
    return {text: m.state for text, m in ledger(here).items()}


def test_a_message_stands_in_the_ledger_in_the_transaction_of_the_change(changde: Any, mailroom: Mailroom) -> None:
    with pytest.raises(LookupError), acting_as(SECRETARY), in_chamber(changde):
        say(changde, "你好")
        assert Message.objects.filter(name="test.said").count() == 1
        raise LookupError
    assert ledger(changde) == {}
    assert deliver(changde) == 0
    assert mailroom.arrived == []


def test_the_worker_is_woken_only_after_the_commit(
    changde: Any, mailroom: Mailroom, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        say(changde, "你好")
        assert mailroom.woken == []
    assert mailroom.woken == [str(changde.pk)]


def test_a_broker_that_is_down_does_not_undo_the_change(
    changde: Any, mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def fail(chamber_id: str) -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks.deliver_messages, "delay", fail)
    with django_capture_on_commit_callbacks(execute=True):
        say(changde, "你好")
    assert tasks.sweep_messages() == 1
    assert mailroom.texts() == ["你好"]


def test_a_message_arrives_as_it_was_said_and_is_marked(changde: Any, mailroom: Mailroom) -> None:
    said = say(changde, "你好", amount=3, list=["甲", {"乙": None}])
    assert deliver(changde) == 1
    [arrived] = mailroom.arrived
    assert arrived.content == said.content
    assert (arrived.id, arrived.chamber_id, arrived.chamber_name) == (said.id, changde.pk, changde.name)
    assert (arrived.federation_id, arrived.sent_at) == (FEDERATION, said.created_at)
    message = ledger(changde)["你好"]
    assert (message.state, message.attempts, message.delivered_at) == ("delivered", 1, mailroom.clock)
    assert (message.sent_by, message.recipient, message.basis) == ("秦若兰", "联席会议", "约定")


def test_the_receipt_holds_the_digest_of_what_the_ledger_says(changde: Any, mailroom: Mailroom) -> None:
    say(changde, "你好", z=1.5, a=["乙", "甲"], nested={"b": 1, "a": 2})
    deliver(changde)
    message = ledger(changde)["你好"]
    receipt = Receipt.objects.get(pk=message.pk)
    assert receipt.digest == digest_of(message.content)
    assert digest_of({**message.content, "z": 2}) != receipt.digest


def test_a_handler_works_as_the_federation_in_the_name_of_the_chamber(changde: Any, mailroom: Mailroom) -> None:
    seen = []

    def look(message: Delivered) -> None:
        seen.append((current_place(), current_actor().name, current_actor().chamber_id, current_actor().federation_id))
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'select * from "{changde.schema_name}".members_group')

    mailroom.answer = look
    say(changde, "你好")
    deliver(changde)
    assert seen == [("federation", changde.name, changde.pk, FEDERATION)]
    assert states(changde) == {"你好": "delivered"}


def test_a_message_handed_over_twice_has_one_effect(changde: Any, mailroom: Mailroom) -> None:
    say(changde, "你好")
    deliver(changde)
    with in_chamber(changde):
        Message.objects.filter(name="test.said").update(state="pending", delivered_at=None)
    assert deliver(changde) == 1
    assert mailroom.texts() == ["你好"]
    assert states(changde) == {"你好": "delivered"}
    assert hand_over(mailroom.arrived[0]) is False


def test_what_the_federation_will_never_accept_is_kept_with_its_reason(changde: Any, mailroom: Mailroom) -> None:
    def refuse(message: Delivered) -> None:
        raise Refused("本会没有订阅这一事项")

    mailroom.answer = refuse
    say(changde, "你好")
    assert deliver(changde) == 1
    message = ledger(changde)["你好"]
    assert (message.state, message.last_error, message.delivered_at) == ("refused", "本会没有订阅这一事项", None)
    assert not Receipt.objects.filter(pk=message.pk).exists()
    assert deliver(changde) == 0


def test_a_handler_that_fails_undoes_its_own_effects_and_no_others(changde: Any, mailroom: Mailroom) -> None:
    def note_then_fail(message: Delivered) -> None:
        federation().save(verb=message.content["text"])
        if message.content["text"] == "坏":
            with connection.cursor() as cursor:
                cursor.execute("select 1 / 0")

    mailroom.answer = note_then_fail
    for text in ("好", "坏", "也好"):
        say(changde, text)
    assert deliver(changde) == 2
    assert states(changde) == {"好": "delivered", "坏": "pending", "也好": "delivered"}
    assert set(JournalEntry.objects.filter(verb__in=["好", "坏", "也好"]).values_list("verb", flat=True)) == {
        "好",
        "也好",
    }
    assert Receipt.objects.filter(name="test.said").count() == 2


def federation() -> Any:
    from federation.registry.models import Federation

    return Federation.objects.get()


def test_messages_about_one_record_arrive_in_order_while_others_go_on(changde: Any, mailroom: Mailroom) -> None:
    def fail_first(message: Delivered) -> None:
        if message.content["text"] == "一":
            raise LookupError

    with acting_as(SECRETARY), in_chamber(changde):
        group = Group.objects.create(name="一组")
    mailroom.answer = fail_first
    for text in ("一", "二", "三"):
        say(changde, text, about=group)
    say(changde, "别的")
    assert deliver(changde) == 1
    assert states(changde) == {"一": "pending", "二": "pending", "三": "pending", "别的": "delivered"}
    mailroom.answer, mailroom.clock = (lambda message: None), mailroom.clock + datetime.timedelta(seconds=6)
    mailroom.arrived.clear()
    assert deliver(changde) == 3
    assert mailroom.texts() == ["一", "二", "三"]


def test_a_refused_message_does_not_hold_back_the_next_about_its_record(changde: Any, mailroom: Mailroom) -> None:
    def refuse_first(message: Delivered) -> None:
        if message.content["text"] == "一":
            raise Refused("不收")

    with acting_as(SECRETARY), in_chamber(changde):
        group = Group.objects.create(name="一组")
    mailroom.answer = refuse_first
    for text in ("一", "二"):
        say(changde, text, about=group)
    deliver(changde)
    assert states(changde) == {"一": "refused", "二": "delivered"}


def test_a_failed_message_is_tried_again_later_and_later(changde: Any, mailroom: Mailroom) -> None:
    def fail(message: Delivered) -> None:
        raise LookupError("暂时不通")

    mailroom.answer = fail
    say(changde, "你好")
    for attempt, wait in enumerate((*delivery.RETRY_SECONDS, delivery.RETRY_SECONDS[-1]), start=1):
        assert deliver(changde) == 0
        message = ledger(changde)["你好"]
        assert (message.attempts, message.last_error) == (attempt, "LookupError: 暂时不通")
        assert message.next_attempt_at - mailroom.clock == datetime.timedelta(seconds=wait)
        mailroom.clock += datetime.timedelta(seconds=wait - 1)
        deliver(changde)
        assert len(mailroom.arrived) == attempt, "it was tried before its time"
        mailroom.clock += datetime.timedelta(seconds=1)


def test_a_message_that_nobody_receives_waits_for_the_next_release(changde: Any, mailroom: Mailroom) -> None:
    with acting_as(SECRETARY), in_chamber(changde):
        group = Group.objects.create(name="一组")
        publish(group, "test.nobody", to=FEDERATION, recipient="联席会议", content={}, basis="约定")
    assert deliver(changde) == 0
    with in_chamber(changde):
        assert Message.objects.get(name="test.nobody").state == "pending"


def test_the_sweep_finds_what_a_lost_wake_up_left(changde: Any, shaoyang: Any, mailroom: Mailroom) -> None:
    say(changde, "常德")
    say(shaoyang, "邵阳")
    assert tasks.sweep_messages() == 2
    assert sorted(mailroom.texts()) == ["常德", "邵阳"]


def test_one_chamber_in_trouble_does_not_keep_the_others_messages(
    changde: Any, shaoyang: Any, mailroom: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_for_changde(here: Chamber, **options: Any) -> int:
        if here == changde:
            raise DatabaseError("relation does not exist")
        return deliver(here, **options)

    monkeypatch.setattr(tasks, "deliver", fail_for_changde)
    say(shaoyang, "邵阳")
    assert tasks.sweep_messages() == 1
    assert mailroom.texts() == ["邵阳"]


def test_the_messages_of_a_suspended_chamber_wait(changde: Any, mailroom: Mailroom) -> None:
    say(changde, "你好")
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.SUSPENDED)
    assert (tasks.deliver_messages(str(changde.pk)), tasks.sweep_messages()) == (0, 0)
    assert states(changde) == {"你好": "pending"}
    Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.ACTIVE)
    assert tasks.deliver_messages(str(changde.pk)) == 1


def test_two_workers_deliver_each_message_once_and_in_order(own_database: str, mailroom: Mailroom) -> None:
    here = chamber("changde")
    with acting_as(SECRETARY), in_chamber(here):
        groups = [Group.objects.create(name=f"{n}组") for n in range(4)]
    for number in range(3):
        for group in groups:
            say(here, f"{group.name}{number}", about=group)

    def work(_number: int) -> None:
        while "pending" in states(here).values():
            with acting_as(SYSTEM):
                deliver(here)

    assert together(work, range(2)) == [None, None]
    texts = mailroom.texts()
    assert len(texts) == 12
    for group in groups:
        assert [t for t in texts if t.startswith(group.name)] == [f"{group.name}{n}" for n in range(3)]


def test_the_chamber_reads_word_for_word_what_left_to_whom_and_why(
    changde: Any, mailroom: Mailroom, signed_in: Any
) -> None:
    said = say(changde, "需要一位主讲嘉宾", budget="3000 元", when={"from": "2026-05-01"})
    page = signed_in("tao").get(f"/ledger/message/{said.pk}/").content.decode()
    for words in ("需要一位主讲嘉宾", "3000 元", "2026-05-01", "联席会议", "约定", "秦若兰", "&quot;budget&quot;"):
        assert words in page, words
    assert signed_in("nie", host="changde").get(f"/ledger/message/{said.pk}/").status_code == 403
    assert signed_in("nie").get(f"/ledger/message/{said.pk}/").status_code == 404


def test_nobody_in_the_chamber_can_change_or_remove_what_left(changde: Any, mailroom: Mailroom) -> None:
    say(changde, "你好")
    for change in (
        lambda q: q.update(content={"text": "另一句话"}),
        lambda q: q.update(recipient="别人"),
        lambda q: q.update(basis="本人同意"),
        lambda q: q.delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), in_chamber(changde):
            change(Message.objects.filter(name="test.said"))
    assert deliver(changde) == 1
    assert mailroom.texts() == ["你好"]


def test_a_message_cannot_be_published_outside_a_chamber(changde: Any, hunan: Any) -> None:
    with acting_as(SYSTEM), pytest.raises(RuntimeError):
        publish(hunan, "test.said", to=FEDERATION, recipient="联席会议", content={}, basis="约定")


def test_a_chamber_with_very_many_messages_gives_others_their_turn(
    mailroom: Mailroom, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    monkeypatch.setattr(delivery, "BATCH", 2)
    here = chamber("changde")
    for number in range(5):
        say(here, str(number))
    mailroom.woken.clear()
    assert tasks.deliver_messages(str(here.pk)) == 2
    assert mailroom.woken == [str(here.pk)]  # for the rest, behind whoever waits by then
