"""Chambers are reminded 7, 3 and 1 days before, once each; the coordinator learns who is late, and how often."""

import datetime
from typing import Any

import pytest
from django.urls import set_urlconf
from django.utils.timezone import localdate, now

from huiguan.tenancy.binding import in_federation
from tests.federation.calls.conftest import receipt_of

pytestmark = pytest.mark.django_db
FIGURE = {"label": "引进项目数", "kind": "number", "unit": "个"}


@pytest.fixture
def remind(changde: Any) -> Any:
    """As the worker does it; gives back who has been written to, and of what."""
    from huiguan.deliveries.models import Delivery
    from huiguan.tenancy.binding import in_chamber
    from tenants.reporting import tasks

    def run() -> list[tuple[str, str]]:
        tasks.remind_chamber(str(changde.pk))
        with in_chamber(changde):
            return list(Delivery.objects.order_by("created_at").values_list("recipient", "subject"))

    return run


def _move_due(call: Any, days: int) -> None:
    with in_federation():
        type(call).objects.filter(pk=call.pk).update(due_on=localdate() + datetime.timedelta(days=days))


def test_each_step_is_told_once_to_those_who_answer_calls(sent: Any, remind: Any) -> None:
    call = sent(FIGURE, days=8)
    assert remind() == []
    told = []
    for days in (7, 6, 4, 3, 3, 2, 1, 0):
        _move_due(call, days)
        told.append(len(remind()))
    people = told[0]
    assert told == [people, people, people, 2 * people, 2 * people, 2 * people, 3 * people, 3 * people]
    assert {name for name, _subject in remind()} == {"秦若兰", "谭一鸣", "彭小满"}
    assert all("报送招商引资情况" in subject for _name, subject in remind())


def test_a_step_that_was_missed_is_told_the_next_day_and_no_two_at_once(sent: Any, remind: Any) -> None:
    call = sent(FIGURE, days=2)
    people = len(remind())
    assert people == 3
    _move_due(call, 1)
    assert len(remind()) == 2 * people


def test_who_has_answered_is_not_reminded(sent: Any, answered: Any, remind: Any, changde: Any) -> None:
    call = sent(FIGURE, days=3)
    answered(call, changde, "3")
    assert remind() == []


def test_a_return_is_told_and_the_copy_says_so(
    sent: Any, answered: Any, coordinating: Any, at_work: Any, remind: Any, changde: Any
) -> None:
    from tenants.reporting.models import Answer

    call = sent(FIGURE, days=30)
    answered(call, changde, "3")
    with coordinating():
        call.receipts.get(chamber_id=changde.pk).send_back(reason="请核对")
    assert len(remind()) == len(remind()) == 3
    with at_work(changde):
        assert Answer.objects.get().status == "returned"


def _items(actor: Any) -> list[Any]:
    """What stands on the coordinator's workbench."""
    from federation.calls import waiting

    coordinator = actor("lian")
    set_urlconf("huiguan.urls_federation")
    try:
        with in_federation():
            return list(waiting.items(coordinator))
    finally:
        set_urlconf(None)


def test_the_coordinator_reads_who_has_not_read_and_then_who_is_late(
    sent: Any, answered: Any, actor: Any, changde: Any
) -> None:
    call = sent(FIGURE, days=7)
    assert _items(actor) == []
    _move_due(call, 3)
    [unread] = _items(actor)
    assert unread.level == "due" and "常德" in unread.why and "邵阳" in unread.why
    answered(call, changde, "3")
    _move_due(call, -1)
    look, late = _items(actor)
    assert (look.level, late.level) == ("waiting", "late")
    assert "邵阳" in late.why and "常德" not in late.why


def test_what_was_signed_in_time_is_in_time_though_it_arrives_late(
    sent: Any, at_work: Any, changde: Any, shaoyang: Any, hunan: Any
) -> None:
    from federation.calls.punctuality import punctuality
    from huiguan.outbox.delivery import deliver
    from huiguan.outbox.models import Message
    from tenants.reporting import actions
    from tests.federation.calls.conftest import seen_by

    call = sent(FIGURE, days=0)
    with at_work(changde):
        seen = seen_by(changde, call)
        draft = actions.save_draft(call=seen, words={str(seen.questions[0].id): "3"})
        actions.sign(call=seen, digest=actions.digest_of(actions.leaving(seen, draft)))
        Message.objects.update(created_at=now() - datetime.timedelta(days=1))
    _move_due(call, -1)
    deliver(changde)
    assert receipt_of(call, changde).timeliness() == "按时"
    with in_federation():
        counted = {p.chamber_id: (p.in_time, p.of) for p in punctuality(hunan.pk)}
    assert counted == {changde.pk: (1, 1), shaoyang.pk: (0, 1)}


def test_a_chamber_reads_its_own_punctuality_and_no_other(
    sent: Any, answered: Any, changde: Any, shaoyang: Any, signed_in: Any, hunan: Any
) -> None:
    from federation.calls import queries

    call = sent(FIGURE, days=0)
    answered(call, changde, "3")
    _move_due(call, -1)
    [(_name, own)] = queries.punctuality(chamber_id=changde.pk)
    assert own.chamber_id == changde.pk and (own.in_time, own.of) == (0, 1)
    assert "1 次中按时 0 次" in signed_in("qin").get("/reporting/").content.decode()


def test_an_edition_closed_before_its_day_counts_against_nobody(sent: Any, coordinating: Any, hunan: Any) -> None:
    from federation.calls.punctuality import punctuality

    call = sent(FIGURE, days=2)
    with coordinating():
        call.close()
        type(call).objects.filter(pk=call.pk).update(due_on=localdate() - datetime.timedelta(days=1))
        type(call).objects.filter(pk=call.pk).update(closed_at=now() - datetime.timedelta(days=2))
        assert punctuality(hunan.pk) == []
