"""A call to both chambers, and what they do with it."""

import datetime
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.actors import acting_as
from huiguan.tenancy.binding import in_chamber, in_federation


@pytest.fixture
def coordinating(actor: Any) -> Any:
    """`with coordinating():` as the coordinator."""

    @contextmanager
    def enter() -> Any:
        with acting_as(actor("lian")), in_federation():
            yield

    return enter


@pytest.fixture
def at_work(actor: Any) -> Any:
    """`with at_work(changde):` as its secretary-general, or as somebody else of the cast."""

    @contextmanager
    def enter(chamber: Any, key: str = "") -> Any:
        with acting_as(actor(key or {"changde": "qin", "shaoyang": "dai"}[chamber.slug])), in_chamber(chamber):
            yield

    return enter


@pytest.fixture
def written(hunan: Any, coordinating: Any) -> Callable[..., Any]:
    """A draft that asks the given questions."""

    def write(*questions: dict[str, Any], days: int = 7, **fields: Any) -> Any:
        from federation.calls.models import Call

        with coordinating():
            made = Call(
                federation_id=hunan.pk, title="报送招商引资情况", issuer="省商务服务中心", text="请报送。", **fields
            )
            made.due_on = localdate() + datetime.timedelta(days=days)
            made.save()
            for question in questions:
                made.ask(**question)
        return made

    return write


@pytest.fixture
def sent(written: Any, coordinating: Any) -> Callable[..., Any]:
    def send(*questions: dict[str, Any], **fields: Any) -> Any:
        made = written(*questions, **fields)
        with coordinating():
            made.send()
        return made

    return send


@pytest.fixture
def answered(at_work: Any) -> Callable[..., Any]:
    """`answered(call, changde, "3", …)`: signed in the order of the questions, and delivered."""

    def answer(call: Any, chamber: Any, *said: Any) -> None:
        from huiguan.outbox.delivery import deliver
        from tenants.reporting import actions

        with at_work(chamber):
            seen = seen_by(chamber, call)
            words = {str(q.id): word for q, word in zip(seen.questions, said, strict=True)}
            draft = actions.save_draft(call=seen, words=words)
            actions.sign(call=seen, digest=actions.digest_of(actions.leaving(seen, draft)))
        deliver(chamber)

    return answer


def seen_by(chamber: Any, call: Any) -> Any:
    from federation.calls import queries

    return queries.call(chamber_id=chamber.pk, call_id=call.pk)


def receipt_of(call: Any, chamber: Any) -> Any:
    with in_federation():
        return call.receipts.get(chamber_id=chamber.pk)
