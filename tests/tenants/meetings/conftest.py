"""Both sides of a liaison meeting: the coordinator in the federation, and the people of two chambers."""

import datetime
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils.timezone import now

from huiguan.actors import acting_as
from huiguan.tenancy.binding import in_chamber, in_federation
from tests.conftest import chamber
from tests.support import cast


@pytest.fixture
def as_(actor: Callable[[str], Any], hunan: Any) -> Callable[[str], Any]:
    """`with as_("qin"):` in her chamber as her; `with as_("lian"):` in the federation."""
    actors = {key: actor(key) for key in ("qin", "tan", "ruan", "dai", "lian")}
    places = {key: chamber(cast.PEOPLE[key][1]) for key in actors if key in cast.PEOPLE}

    @contextmanager
    def enter(key: str) -> Any:
        with acting_as(actors[key]), in_chamber(places[key]) if key in places else in_federation():
            yield

    return enter


@pytest.fixture
def arrive(changde: Any, shaoyang: Any) -> Callable[[], int]:
    """Bring what both chambers said to the federation; returns how much left."""
    from huiguan.outbox.delivery import deliver

    return lambda: deliver(changde) + deliver(shaoyang)


@pytest.fixture
def convened(as_: Any, hunan: Any) -> Any:
    """A session that is only planned."""
    from federation.liaison.models import Series

    with as_("lian"):
        series = Series(federation_id=hunan.pk, name="在陕湘籍商会秘书长联席会议")
        series.save()
        return series.convene(theme="增进湘情、凝聚共识、助力发展")


@pytest.fixture
def invited(as_: Any, convened: Any, changde: Any) -> Any:
    """Hosted by 常德; the notice is out; it began an hour ago."""
    with as_("lian"):
        convened.host_id, convened.host_name = changde.pk, changde.name
        convened.save()
        convened.schedule(starts_at=now() - datetime.timedelta(hours=1), place="常德商会")
        convened.add_agenda_item(title="会费收取", minutes=30)
        convened.send_notice()
    return convened


@pytest.fixture
def held(as_: Any, invited: Any, changde: Any, shaoyang: Any) -> Any:
    """Both were there; 常德 took something on; the minutes are out for approval."""
    with as_("lian"):
        for each in (changde, shaoyang):
            invited.check_in(chamber_id=each.pk)
        due_on = now().date() + datetime.timedelta(days=20)
        invited.assign_action(title="整理分工表", chamber_id=changde.pk, due_on=due_on)
        invited.hold()
        invited.draft_minutes()
        invited.send_minutes()
    return invited


@pytest.fixture
def sight(as_: Any, changde: Any, shaoyang: Any) -> Callable[[str, Any], Any]:
    """`sight("qin", session)`: what her chamber sees of it now."""
    from federation.liaison import queries

    keys = {"qin": changde.pk, "tan": changde.pk, "ruan": changde.pk, "dai": shaoyang.pk}

    def look(key: str, session: Any) -> Any:
        with as_(key):
            return queries.meeting(chamber_id=keys[key], session_id=session.pk)

    return look


def said() -> Any:
    """What the bound chamber has said about liaison meetings."""
    from huiguan.outbox.models import Message

    return Message.objects.filter(name__startswith="meetings.")
