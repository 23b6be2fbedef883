"""Late dues: asked for a reason, eased by a resolution, or taken up the ladder by the rules. [002 §3]"""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan.actors import NotAllowed, acting_as
from huiguan.states import WrongState

pytestmark = pytest.mark.django_db
RESOLUTION = {"body": "council", "resolution": "第二届十四次理事会", "resolved_on": localdate()}


def days(number: int) -> datetime.date:
    return localdate() + datetime.timedelta(days=number)


def propose(charge: Any, **said: Any) -> Any:
    from tenants.dues.forms.arrangements import ArrangementForm

    form = ArrangementForm({"charge": charge.pk, "reason": "经营暂时困难", **said})
    assert form.is_valid(), form.errors
    return form.save()


def late(charge: Any, by: int) -> Any:
    return charge(due=(localdate() - datetime.timedelta(days=by)).isoformat())


def test_a_waiver_counts_only_when_the_secretary_general_has_recorded_the_resolution(
    actor: Any, working: Any, charge: Any
) -> None:
    officer = actor("tan")
    working("qin")
    owed = charge(2_000)
    waiver = propose(owed, kind="waiver", amount_fen="500")
    with pytest.raises(NotAllowed), acting_as(officer):
        waiver.grant(**RESOLUTION)
    waiver.grant(**RESOLUTION)
    owed.refresh_from_db()
    assert (owed.open_fen, owed.entries.get(kind="waived").reason) == (150_000, "经营暂时困难（第二届十四次理事会）")


def test_a_waiver_of_more_than_is_open_is_refused_in_the_form(working: Any, charge: Any) -> None:
    from tenants.dues.forms.arrangements import ArrangementForm

    working("qin")
    said = {"charge": charge(1_000).pk, "kind": "waiver", "amount_fen": "1000.01", "reason": "难"}
    assert list(ArrangementForm(said).errors) == ["amount_fen"]


def test_instalments_are_whole_yuan_a_month_apart_and_add_up(working: Any, charge: Any) -> None:
    working("qin")
    owed = charge(1_000)
    plan = propose(owed, kind="instalments", number="3", first_on="2099-01-31")
    parts = list(plan.instalments.values_list("due_on", "amount_fen"))
    assert [fen for _day, fen in parts] == [33_300, 33_300, 33_400]
    assert [f"{day:%m-%d}" for day, _fen in parts] == ["01-31", "02-28", "03-31"]


def test_instalments_run_their_course(working: Any, charge: Any) -> None:
    from tenants.dues import payments

    working("qin")
    owed = charge(1_000)
    plan = propose(owed, kind="instalments", number="2", first_on=days(5))
    plan.grant(**RESOLUTION)
    owed.refresh_from_db()
    assert (owed.status, plan.next_due()) == ("eased", days(5))
    pay = {"member_id": owed.member_id, "method": "cash", "fen": 50_000, "received_on": localdate()}
    payments.record(**pay, reference="1")
    plan = type(plan).objects.get(pk=plan.pk)
    assert plan.next_due() > days(5)
    payments.record(**pay, reference="2")
    plan.refresh_from_db()
    owed.refresh_from_db()
    assert (plan.status, owed.status) == ("kept", "settled")


def test_an_easing_that_was_not_kept_puts_the_charge_back(working: Any, charge: Any) -> None:
    working("qin")
    owed = charge(1_000)
    deferral = propose(owed, kind="deferral", until=days(1))
    deferral.grant(**RESOLUTION)
    deferral.break_off()
    owed.refresh_from_db()
    assert owed.status == "open"


def test_one_easing_at_a_time(working: Any, charge: Any) -> None:
    from tenants.dues.forms.arrangements import ArrangementForm

    working("qin")
    owed = charge(1_000)
    propose(owed, kind="deferral", until=days(9))
    again = ArrangementForm({"charge": owed.pk, "kind": "deferral", "until": days(8), "reason": "再议"})
    assert not again.is_valid()


def test_no_step_of_the_ladder_is_taken_before_the_rules_allow(working: Any, rules: Any, charge: Any) -> None:
    working("qin")
    rules()
    owed = late(charge, 89)
    with pytest.raises(ValidationError):
        owed.suspend()
    owed = late(charge, 90)
    owed.suspend()
    with pytest.raises(ValidationError):
        owed.call_to_talk()
    with pytest.raises(WrongState):
        owed.propose_removal()


def test_the_board_says_which_step_is_due(working: Any, rules: Any, charge: Any) -> None:
    from tenants.dues.ladder import due_for_a_step

    working("qin")
    rules()
    for by in (10, 30, 100, 400):
        late(charge, by)
    assert [(c.days_late(), r.to) for c, r in due_for_a_step()] == [
        (400, "suspended"),
        (100, "suspended"),
        (30, "reminded"),
    ]


@pytest.mark.urls("huiguan.urls_chamber")
def test_what_waits_is_among_the_tasks_of_who_can_do_it(working: Any, rules: Any, charge: Any, actor: Any) -> None:
    from tenants.dues.waiting import waiting

    secretary, officer = actor("qin"), actor("tan")
    working("qin")
    rules()
    propose(late(charge, 100), kind="deferral", until=days(9))
    assert [item.level for item in waiting(secretary)] == ["waiting", "late"]
    assert [item.level for item in waiting(officer)] == ["late"]
