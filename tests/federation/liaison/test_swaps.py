"""A host asks another chamber to take its turn; the two agree, and the hosting counts for the one that hosts."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from federation.liaison import ledger
from federation.liaison.models import HostSwap, Session
from federation.registry.items import Item
from huiguan.actors import NotAllowed
from huiguan.inbox.handlers import Refused

WITHOUT = [item for item in Item.values if item != Item.LIAISON]
SOON = datetime.timedelta(days=20)


@pytest.fixture
def hengyang(member: Any) -> Any:
    return member("西安市衡阳商会")


@pytest.fixture
def session(series: Any, working: Any, hengyang: Any, changde: Any, deliver: Any) -> Any:
    """常德 has said that it hosts; there is a date, the notice is not out."""
    working("lian")
    made = series.convene(theme="秘书处建设")
    made.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.host_answered", session_id=made.pk, accepts=True)
    made.schedule(starts_at=now() + SOON, place="西安市常德商会")
    made.add_agenda_item(title="会费收取", minutes=30)
    return made


@pytest.fixture
def ask(session: Any, deliver: Any) -> Any:
    """`ask(changde, shaoyang)`: the swap that waits for an answer."""

    def asked(asker: Any, taker: Any) -> HostSwap:
        taker_id = getattr(taker, "chamber_id", None) or taker.pk
        deliver(asker, "meetings.swap_asked", session_id=session.pk, taker_id=taker_id, why="年会在即")
        return HostSwap.objects.unanswered().get(asker_name=asker.name if hasattr(asker, "name") else str(asker))

    return asked


@pytest.fixture
def answer(session: Any, deliver: Any) -> Any:
    def answered(taker: Any, swap: HostSwap, accepts: bool) -> Session:
        deliver(taker, "meetings.swap_answered", session_id=session.pk, swap_id=swap.pk, accepts=accepts)
        session.refresh_from_db()
        return session  # type: ignore[no-any-return]

    return answered


def test_who_is_not_asked_to_host_has_no_turn_to_pass_on(ask: Any, changde: Any, shaoyang: Any) -> None:
    with pytest.raises(Refused):
        ask(shaoyang, changde)


def test_the_coordinator_can_neither_ask_nor_answer_for_a_chamber(session: Any, changde: Any, shaoyang: Any) -> None:
    with pytest.raises(NotAllowed):
        session.ask_swap(chamber_id=changde.pk, taker_id=shaoyang.pk)


def test_a_third_chamber_cannot_answer(ask: Any, answer: Any, changde: Any, shaoyang: Any, hengyang: Any) -> None:
    swap = ask(changde, shaoyang)
    with pytest.raises(Refused):
        answer(hengyang, swap, True)


def test_a_host_asks_one_chamber_at_a_time(ask: Any, session: Any, changde: Any, shaoyang: Any, hengyang: Any) -> None:
    swap = ask(changde, shaoyang)
    with pytest.raises(Refused):
        ask(changde, hengyang)
    with pytest.raises(IntegrityError), transaction.atomic():
        HostSwap.objects.create(
            session=session, asker_id=swap.asker_id, asker_name="a", taker_id=hengyang.chamber_id, taker_name="b"
        )


def test_a_chamber_outside_the_meetings_cannot_be_asked(ask: Any, deliver: Any, changde: Any, shaoyang: Any) -> None:
    deliver(shaoyang, "affiliation.items_changed", items=WITHOUT, version=1)
    with pytest.raises(Refused):
        ask(changde, shaoyang)


def test_after_the_notice_nothing_is_swapped_and_what_waited_is_over(
    ask: Any, answer: Any, session: Any, changde: Any, shaoyang: Any
) -> None:
    swap = ask(changde, shaoyang)
    session.send_notice()
    with pytest.raises(Refused):
        answer(shaoyang, swap, True)
    with pytest.raises(Refused):
        ask(changde, shaoyang)
    swap.refresh_from_db()
    assert (swap.state, session.host_id) == ("withdrawn", changde.pk)


def test_the_turn_passes_and_the_place_is_set_anew(
    ask: Any, answer: Any, session: Any, changde: Any, shaoyang: Any
) -> None:
    before = session.sequence
    answer(shaoyang, ask(changde, shaoyang), True)
    assert (session.host_id, session.host_name, session.place) == (shaoyang.pk, shaoyang.name, "")
    assert session.sequence == before + 1
    assert session.proposals.get().state == "passed_on"
    with pytest.raises(ValidationError):
        session.send_notice()
    session.rearrange(starts_at=session.starts_at, place="陕西省邵阳商会")
    session.send_notice()
    assert session.status == "notice_sent"


def test_the_queue_and_the_ledger_count_the_chamber_that_hosts(
    ask: Any, answer: Any, session: Any, series: Any, changde: Any, shaoyang: Any
) -> None:
    answer(shaoyang, ask(changde, shaoyang), True)
    queue = {c.chamber: c for c in series.convene(theme="下一期").host_queue()}
    assert (queue[changde.pk].hosted, queue[changde.pk].refusals) == (0, 0)
    assert (queue[shaoyang.pk].hosted, queue[shaoyang.pk].since) == (1, 0)
    assert queue[changde.pk].balance < 0 < queue[shaoyang.pk].balance
    [past] = ledger.past(series.pk)
    assert (past.host, past.declined) == (shaoyang.name, ())
    assert past.swapped == (f"{changde.name} → {shaoyang.name}",)


def test_who_does_not_take_the_turn_keeps_its_own_claim(
    ask: Any, answer: Any, session: Any, series: Any, changde: Any, shaoyang: Any
) -> None:
    answer(shaoyang, ask(changde, shaoyang), False)
    assert session.host_id == changde.pk
    queue = {c.chamber: c for c in series.convene(theme="下一期").host_queue()}
    assert (queue[shaoyang.pk].refusals, queue[shaoyang.pk].standing) == (0, "ready")
    assert ledger.past(series.pk)[0].swapped == ()


def test_who_is_only_asked_to_host_can_pass_the_question_on(
    series: Any, working: Any, deliver: Any, changde: Any, shaoyang: Any
) -> None:
    working("lian")
    session = series.convene(theme="第二期")
    session.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.swap_asked", session_id=session.pk, taker_id=shaoyang.pk)
    swap = HostSwap.objects.get()
    deliver(shaoyang, "meetings.swap_answered", session_id=session.pk, swap_id=swap.pk, accepts=True)
    session.refresh_from_db()
    assert (session.host_id, session.open_proposal) == (shaoyang.pk, None)


@pytest.mark.parametrize("ending", ["declined", "withdrawn"])
def test_without_the_turn_the_question_is_over(
    ending: str, series: Any, working: Any, deliver: Any, changde: Any, shaoyang: Any
) -> None:
    working("lian")
    session = series.convene(theme="第二期")
    session.propose_host(chamber_id=changde.pk)
    deliver(changde, "meetings.swap_asked", session_id=session.pk, taker_id=shaoyang.pk)
    if ending == "declined":
        deliver(changde, "meetings.host_answered", session_id=session.pk, accepts=False)
    else:
        session.withdraw_proposal()
    assert HostSwap.objects.get().state == "withdrawn"


def test_host_and_co_host_swap_at_once_and_nobody_hosts_twice(
    ask: Any, answer: Any, session: Any, deliver: Any, changde: Any, shaoyang: Any, hengyang: Any
) -> None:
    session.propose_host(chamber_id=hengyang.chamber_id)
    deliver(hengyang, "meetings.host_answered", session_id=session.pk, accepts=True)
    of_host, of_co_host = ask(changde, shaoyang), ask(hengyang, shaoyang)
    answer(shaoyang, of_co_host, True)
    assert (session.host_id, session.co_host_id) == (changde.pk, shaoyang.pk)
    assert session.place
    with pytest.raises(Refused):
        answer(shaoyang, of_host, True)
    of_host.refresh_from_db()
    assert of_host.state == "asked"


def test_the_question_is_taken_back_by_who_asked(
    ask: Any, answer: Any, session: Any, deliver: Any, changde: Any, shaoyang: Any
) -> None:
    swap = ask(changde, shaoyang)
    with pytest.raises(Refused):
        deliver(shaoyang, "meetings.swap_withdrawn", session_id=session.pk)
    deliver(changde, "meetings.swap_withdrawn", session_id=session.pk)
    with pytest.raises(Refused):
        answer(shaoyang, swap, True)


def test_a_chamber_that_leaves_ends_what_it_asked_and_what_it_was_asked(
    ask: Any, session: Any, deliver: Any, changde: Any, shaoyang: Any
) -> None:
    swap = ask(changde, shaoyang)
    deliver(shaoyang, "affiliation.items_changed", items=WITHOUT, version=1)
    swap.refresh_from_db()
    session.refresh_from_db()
    assert (swap.state, session.host_id) == ("withdrawn", changde.pk)
    assert shaoyang.name in swap.note


def test_a_host_that_leaves_takes_its_question_with_it(
    ask: Any, answer: Any, session: Any, deliver: Any, changde: Any, shaoyang: Any
) -> None:
    swap = ask(changde, shaoyang)
    deliver(changde, "affiliation.items_changed", items=WITHOUT, version=1)
    with pytest.raises(Refused):
        answer(shaoyang, swap, True)
    session.refresh_from_db()
    assert session.host_id is None
