"""What the federation does not take leaves the chamber's copy where it was; what it sends back is told."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.outbox.delivery import deliver
from huiguan.tenancy.binding import in_federation
from tests.federation.calls.conftest import receipt_of, seen_by

pytestmark = pytest.mark.django_db
FIGURE = {"label": "引进项目数", "kind": "number", "unit": "个"}


def _status(at_work: Any, chamber: Any) -> str:
    from tenants.reporting.models import Answer

    with at_work(chamber):
        return str(Answer.objects.get().status)


def _withdraw(at_work: Any, chamber: Any, call: Any) -> None:
    from tenants.reporting import actions

    with at_work(chamber):
        actions.withdraw(call=seen_by(chamber, call))


def test_a_withdrawal_that_crosses_an_acceptance_leaves_the_answer_signed(
    sent: Any, answered: Any, at_work: Any, coordinating: Any, changde: Any
) -> None:
    call = sent(FIGURE)
    answered(call, changde, "3")
    _withdraw(at_work, changde, call)
    with coordinating():
        call.receipts.get(chamber_id=changde.pk).accept()
    assert _status(at_work, changde) == "draft"
    deliver(changde)
    assert _status(at_work, changde) == "signed"
    assert receipt_of(call, changde).status == "accepted"


def test_a_withdrawal_that_crosses_a_return_leaves_the_answer_to_be_corrected(
    sent: Any, answered: Any, at_work: Any, coordinating: Any, changde: Any
) -> None:
    call = sent(FIGURE)
    answered(call, changde, "3")
    _withdraw(at_work, changde, call)
    with coordinating():
        call.receipts.get(chamber_id=changde.pk).send_back(reason="请核对")
    deliver(changde)
    assert _status(at_work, changde) == "returned"
    answered(call, changde, "4")
    assert _status(at_work, changde) == "signed" and receipt_of(call, changde).version == 2


def test_an_answer_to_a_call_that_was_closed_meanwhile_is_a_draft_again(
    sent: Any, at_work: Any, coordinating: Any, changde: Any
) -> None:
    from tenants.reporting import actions

    call = sent(FIGURE)
    with at_work(changde):
        seen = seen_by(changde, call)
        draft = actions.save_draft(call=seen, words={str(seen.questions[0].id): "3"})
        actions.sign(call=seen, digest=actions.digest_of(actions.leaving(seen, draft)))
    with coordinating():
        call.close()
    deliver(changde)
    assert _status(at_work, changde) == "draft"


def test_a_withdrawal_signed_in_time_and_delivered_late_is_refused_and_said_so(
    sent: Any, answered: Any, at_work: Any, changde: Any
) -> None:
    from huiguan.outbox.models import Message

    call = sent(FIGURE)
    answered(call, changde, "3")
    _withdraw(at_work, changde, call)
    with in_federation():
        type(call).objects.filter(pk=call.pk).update(due_on=localdate() - datetime.timedelta(days=1))
    deliver(changde)
    with at_work(changde):
        assert Message.objects.get(name="reporting.answer_withdrawn").state == "refused"
    assert _status(at_work, changde) == "signed"
