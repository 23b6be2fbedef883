"""A data call from the federation to a chamber and back: read, drafted, signed, withdrawn, returned, accepted."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan.actors import NotAllowed, acting_as
from huiguan.tenancy.binding import in_chamber, in_federation

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(hunan: Any, actor: Any) -> Any:
    """Sent, with one figure asked."""
    from federation.calls.models import Call

    with acting_as(actor("lian")), in_federation():
        made = Call(federation_id=hunan.pk, title="报送招商引资情况", issuer="省商务服务中心", text="请报送。")
        made.due_on = localdate() + datetime.timedelta(days=7)
        made.save()
        made.ask(label="引进项目数", kind="number", unit="个")
        made.send()
    return made


def _seen(call: Any, chamber: Any) -> Any:
    from federation.calls import queries

    return queries.call(chamber_id=chamber.pk, call_id=call.pk)


def _draft(call: Any, chamber: Any, said: str = "3") -> Any:
    from tenants.reporting import actions

    seen = _seen(call, chamber)
    return actions.save_draft(call=seen, words={str(seen.questions[0].id): said})


def _sign(call: Any, chamber: Any, said: str = "3") -> None:
    from tenants.reporting import actions

    answer, seen = _draft(call, chamber, said), _seen(call, chamber)
    actions.sign(call=seen, digest=actions.digest_of(actions.leaving(seen, answer)))


def _arrive(chamber: Any) -> None:
    from huiguan.outbox.delivery import deliver

    deliver(chamber)


def _receipt(call: Any, chamber: Any) -> Any:
    with in_federation():
        return call.receipts.get(chamber_id=chamber.pk)


def test_only_the_secretary_general_signs(call: Any, changde: Any, actor: Any) -> None:
    with acting_as(actor("tan")), in_chamber(changde), pytest.raises(NotAllowed):
        _sign(call, changde)


def test_an_answer_with_a_gap_or_another_preview_is_not_signed(call: Any, changde: Any, actor: Any) -> None:
    from tenants.reporting import actions

    with acting_as(actor("qin")), in_chamber(changde):
        with pytest.raises(ValidationError):
            _sign(call, changde, "")
        _draft(call, changde)
        with pytest.raises(ValidationError):
            actions.sign(call=_seen(call, changde), digest="0" * 64)


def test_what_leaves_stands_word_for_word_in_the_ledger(call: Any, changde: Any, actor: Any) -> None:
    from huiguan.outbox.models import Message

    with acting_as(actor("qin")), in_chamber(changde):
        _sign(call, changde)
        content = Message.objects.get(name="reporting.answer_signed").content
    assert [(a["question"], a["answer"], a["unit"]) for a in content["answers"]] == [("引进项目数", "3", "个")]


def test_reading_is_said_once(call: Any, changde: Any, actor: Any) -> None:
    from huiguan.outbox.models import Message
    from tenants.reporting import actions

    with acting_as(actor("tan")), in_chamber(changde):
        for _again in range(2):
            actions.confirm_read(call=_seen(call, changde))
        assert Message.objects.filter(name="reporting.call_seen").count() == 1
    _arrive(changde)
    assert _receipt(call, changde).status == "seen"


def test_a_returned_answer_comes_again_as_a_new_version_and_both_stay(call: Any, changde: Any, actor: Any) -> None:
    with acting_as(actor("qin")), in_chamber(changde):
        _sign(call, changde)
    _arrive(changde)
    with acting_as(actor("lian")), in_federation():
        call.receipts.get(chamber_id=changde.pk).send_back(reason="请核对")
    with acting_as(actor("qin")), in_chamber(changde):
        assert _seen(call, changde).reason == "请核对"
        _sign(call, changde, "4")
    _arrive(changde)
    with acting_as(actor("lian")), in_federation():
        receipt = call.receipts.get(chamber_id=changde.pk)
        receipt.accept()
        assert [list(s.answers.values()) for s in receipt.submissions.all()] == [["4"], ["3"]]


def test_an_answer_is_withdrawn_until_the_deadline(call: Any, changde: Any, actor: Any) -> None:
    from tenants.reporting import actions

    with acting_as(actor("qin")), in_chamber(changde):
        _sign(call, changde)
    _arrive(changde)
    with acting_as(actor("qin")), in_chamber(changde):
        actions.withdraw(call=_seen(call, changde))
    _arrive(changde)
    receipt = _receipt(call, changde)
    assert receipt.status == "seen"
    with in_federation():
        type(call).objects.filter(pk=call.pk).update(due_on=localdate() - datetime.timedelta(days=1))
    with acting_as(actor("qin")), in_chamber(changde):
        _sign(call, changde)
    _arrive(changde)
    with acting_as(actor("qin")), in_chamber(changde), pytest.raises(ValidationError):
        actions.withdraw(call=_seen(call, changde))


def test_another_chamber_sees_its_own_state_alone(call: Any, changde: Any, shaoyang: Any, actor: Any) -> None:
    with acting_as(actor("qin")), in_chamber(changde):
        _sign(call, changde)
    _arrive(changde)
    assert _seen(call, changde).status == "submitted"
    assert _seen(call, shaoyang).status == "not_seen"


def test_what_was_sent_is_not_changed(call: Any, signed_in: Any) -> None:
    said = {"title": "别的", "issuer": "别人", "text": "别的", "due_on": str(call.due_on), "names_chambers": "on"}
    page = signed_in("lian").post(f"/calls/call/{call.pk}/edit/", said)
    assert page.status_code == 200 and "已发出的不再修改" in page.content.decode()
    call.refresh_from_db()
    assert (call.title, call.names_chambers) == ("报送招商引资情况", False)


@pytest.mark.parametrize(
    ("said", "is_taken"), [("3", True), ("0", True), ("12.50", True), ("-1", False), ("三个", False), ("NaN", False)]
)
def test_a_figure_is_a_number_from_nought(call: Any, said: str, is_taken: bool) -> None:
    with in_federation():
        assert call.questions.get().takes(said) == is_taken


def test_who_answered_is_not_asked_to_confirm_the_reading(call: Any, changde: Any, actor: Any) -> None:
    from huiguan.outbox.models import Message
    from tenants.reporting import actions

    with acting_as(actor("qin")), in_chamber(changde):
        assert _seen(call, changde).is_to_confirm
        _sign(call, changde)
    _arrive(changde)
    with acting_as(actor("qin")), in_chamber(changde):
        actions.confirm_read(call=_seen(call, changde))
        assert not Message.objects.filter(name="reporting.call_seen").exists()
