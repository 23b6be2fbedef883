"""Moves: refused without the right or from the wrong state, made once however many try, and told in the trail."""

import threading
from typing import Any

import pytest

from huiguan.actors import SYSTEM, Actor, NotAllowed, acting_as
from huiguan.audit.models import Entry
from huiguan.states import WrongState, moves, moves_of
from huiguan.tenancy.binding import in_chamber
from tenants.members.models import Member
from tests.conftest import chamber
from tests.support.threads import together

READER = Actor("陶远山", permissions=frozenset({"members.view"}))


@pytest.fixture
def member(working: Any) -> Member:
    working("qin")
    Member.objects.create(name="湘味餐饮")
    return Member.objects.get()


def verbs(record: Any) -> list[str]:
    return list(Entry.objects.filter(record_id=record.pk).order_by("number").values_list("verb", flat=True))


def test_a_move_without_the_right_is_refused_and_nothing_happens(member: Member) -> None:
    with acting_as(READER), pytest.raises(NotAllowed):
        member.leave(reason="歇业")
    assert Member.objects.get().status == "active"
    assert verbs(member) == ["created"]


def test_a_move_from_another_state_is_refused_and_says_where_the_record_stands(member: Member) -> None:
    with pytest.raises(WrongState, match="会员"):
        member.readmit()
    assert verbs(member) == ["created"]


def test_a_move_goes_by_the_row_and_not_by_what_was_loaded(member: Member) -> None:
    stale = Member.objects.get()
    member.leave(reason="歇业")
    with pytest.raises(WrongState):
        stale.leave(reason="再退一次")
    assert Member.objects.get().left_reason == "歇业"


def test_a_move_does_not_write_what_its_caller_had_changed_before(member: Member) -> None:
    member.name = "未经确认的名称"
    member.leave(reason="歇业")
    assert Member.objects.get().name == "湘味餐饮"


def test_a_move_leaves_its_name_its_facts_and_both_states(member: Member) -> None:
    member.leave(reason="歇业")
    entry = Entry.objects.filter(record_id=member.pk).latest("number")
    assert (entry.verb, entry.facts, entry.actor) == ("leave", {"why": "other", "reason": "歇业"}, "秦若兰")
    assert entry.changes["status"] == ["active", "left"]
    assert entry.changes["left_reason"] == ["", "歇业"]


def test_a_move_whose_work_fails_leaves_nothing(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    from tenants.members.models import belonging

    def fail() -> None:
        raise LookupError

    monkeypatch.setattr(belonging, "localdate", fail)
    with pytest.raises(LookupError):
        member.leave(reason="歇业")
    assert (Member.objects.get().status, verbs(member)) == ("active", ["created"])


def test_a_move_of_a_record_that_is_gone_is_refused(member: Member) -> None:
    Member.objects.all().delete()
    with pytest.raises(Member.DoesNotExist):
        member.leave(reason="歇业")
    assert not Member.objects.exists()


def test_what_can_be_done_now_goes_by_state_and_right(member: Member) -> None:
    secretary = Actor("秦若兰", permissions=frozenset({"members.change"}))
    assert [m.name for m in moves_of(member, secretary)] == ["confirm", "leave", "choose_layer"]
    assert moves_of(member, READER) == []
    member.leave(reason="歇业")
    assert [m.name for m in moves_of(member, secretary)] == ["readmit"]


def test_a_move_that_asks_a_person_something_says_so() -> None:
    asks = {m.name: (m.needs_form, m.parameters, m.danger) for m in moves(Member)}
    assert asks["leave"] == (True, ("reason",), True)
    assert asks["readmit"] == (False, (), False)


def test_of_two_moves_at_once_one_is_made_and_the_other_finds_another_state(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        Member.objects.create(name="湘味餐饮")

    def leave(reason: str) -> str:
        with acting_as(SYSTEM), in_chamber(here):
            member = Member.objects.get()
            loaded.wait()
            member.leave(reason=reason)
        return reason

    loaded = threading.Barrier(2, timeout=60)
    outcomes = together(leave, ["歇业", "迁出"])
    [won] = [reason for reason in outcomes if isinstance(reason, str)]
    [refused] = [error for error in outcomes if isinstance(error, Exception)]
    assert isinstance(refused, WrongState)
    with in_chamber(here):
        member = Member.objects.get()
        assert member.left_reason == won
        assert verbs(member) == ["created", "leave"]


def test_a_person_without_the_right_gets_a_403_and_one_in_the_wrong_state_is_told(
    signed_in: Any, as_person: Any
) -> None:
    with as_person("qin"):
        member = Member.objects.create(name="湘味餐饮")
    address = f"/members/member/{member.pk}/moves/readmit/"
    assert signed_in("tao").post(address).status_code == 403
    answer = signed_in("qin").post(address, follow=True)
    assert "现在不能这样做" in answer.content.decode()
    with as_person("qin"):
        assert verbs(member) == ["created"]


def test_a_bulk_move_is_made_for_all_or_for_none(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        gone, there = Member.objects.create(name="湘味餐饮"), Member.objects.create(name="沅江建材")
        gone.leave(reason="歇业")

    def readmit(*members: Member, by: str = "qin") -> tuple[int, str]:
        chosen = {"action": "readmit", "chosen": [str(m.pk) for m in members]}
        answer = signed_in(by).post("/members/member/bulk/", chosen)
        with as_person("qin"):
            return answer.status_code, Member.objects.get(pk=gone.pk).status

    assert readmit(gone, by="tao") == (403, "left")
    assert readmit(gone, there) == (302, "left")
    assert readmit(gone) == (302, "active")
