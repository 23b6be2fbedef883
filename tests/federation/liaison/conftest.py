"""A series of the cast's federation, more member chambers than have a schema, and messages as they arrive."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import now


@pytest.fixture
def series(hunan: Any, changde: Any, shaoyang: Any) -> Any:
    """Nothing convened yet. The chambers are looked up first: the federation's role cannot."""
    from federation.liaison.models import Series
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.binding import in_federation

    with acting_as(SYSTEM), in_federation():
        made = Series(federation_id=hunan.pk, name="在陕湘籍商会秘书长联席会议", convening="陕西省湖南商会")
        made.save()
    return made


@pytest.fixture
def member(hunan: Any) -> Callable[[str], Any]:
    """`member("衡阳商会")`: one more member chamber, which accepted the item `liaison`."""

    def join(name: str) -> Any:
        from federation.registry.models import Membership
        from huiguan.tenancy.binding import in_federation

        with in_federation():
            made = Membership(federation=hunan, chamber_id=uuid.uuid4(), chamber_name=name)
            made.save()
            made.items = ["liaison"]
            made.save()
        return made

    return join


@pytest.fixture
def deliver(hunan: Any) -> Callable[..., Any]:
    """`deliver(changde, "meetings.…", key=…)`: a message of a chamber arrives."""
    from huiguan.inbox.handlers import Delivered, hand_over

    def arrive(chamber: Any, name: str, *, message_id: Any = None, **content: Any) -> bool:
        key = getattr(chamber, "chamber_id", None) or chamber.pk
        plain = {k: str(v) if isinstance(v, uuid.UUID) else v for k, v in content.items()}
        message = Delivered(message_id or uuid.uuid4(), name, key, str(chamber), hunan.pk, plain, now())
        return hand_over(message)

    return arrive


@pytest.fixture
def invited(series: Any, changde: Any, working: Any) -> Any:
    """A session with host, date, one topic and the notice sent, as the coordinator left it; it began an hour ago."""
    working("lian")
    session = series.convene(theme="增进湘情、凝聚共识、助力发展", question="如何加强商会秘书处工作？")
    session.propose_host(chamber_id=changde.pk)
    session.proposals.update(state="accepted")
    session.host_id, session.host_name = changde.pk, changde.name
    session.save()
    session.schedule(starts_at=now() - datetime.timedelta(hours=1), place="西安市常德商会")
    session.add_agenda_item(title="会费收取", minutes=30)
    session.send_notice()
    return session


@pytest.fixture
def held(invited: Any, changde: Any, shaoyang: Any) -> Any:
    """Both chambers were there; there is an action item of 常德; the meeting is over."""
    for chamber in (changde, shaoyang):
        invited.check_in(chamber_id=chamber.pk)
    invited.note_statement(
        chamber_id=shaoyang.pk, speaker="戴星河", text="一年几个节点，早筹划、早安排。", is_practice=True
    )
    invited.record_decision(text="每季度召开一次联席会议。")
    invited.assign_action(
        title="整理秘书处分工表", chamber_id=changde.pk, due_on=now().date() + datetime.timedelta(days=20)
    )
    invited.hold()
    return invited
