"""What colleagues are told of their own work: by the channels they chose, once, and only while they work here."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.accounts.models import Appointment, Person
from huiguan.actors import SYSTEM, acting_as
from huiguan.deliveries import overdue, tasks
from huiguan.deliveries.actions import notify
from huiguan.deliveries.models import Delivery, Notice
from huiguan.followups.actions import follow_up
from huiguan.tenancy.binding import in_chamber
from tenants.members.models import Group
from tests.huiguan.deliveries.conftest import SECRETARY
from tests.support import cast


@pytest.fixture
def tan(db: None) -> Any:
    person = Person.objects.get(email=cast.email("tan"))
    person.phone = "13800001111"
    person.save()
    return person


def tell(here: Any, person: Any) -> list[str]:
    with acting_as(SECRETARY), in_chamber(here):
        made = notify(about=None, person_id=person.pk, notice=Notice.NEW_TASK, subject="新任务", body="走访湘味餐饮")
        return [f"{delivery.channel} {delivery.address}" for delivery in made]


def choose(browser: Any, **said: Any) -> None:
    assert browser.post("/deliveries/mine/", said).status_code == 302


def test_without_a_wish_a_colleague_is_told_by_mail(changde: Any, tan: Any, courier: Any) -> None:
    assert tell(changde, tan) == ["email tan@example.com"]


def test_each_chooses_for_themselves_by_which_channels(changde: Any, tan: Any, courier: Any, signed_in: Any) -> None:
    choose(signed_in("tan"), new_task=["email", "sms"], overdue=[])
    assert tell(changde, tan) == ["email tan@example.com", "sms 13800001111"]
    choose(signed_in("tan"), overdue=["email"])
    assert tell(changde, tan) == []
    assert tell(changde, Person.objects.get(email=cast.email("peng"))) == ["email peng@example.com"]


def test_a_channel_that_does_not_exist_is_not_chosen(tan: Any, signed_in: Any) -> None:
    assert signed_in("tan").post("/deliveries/mine/", {"new_task": ["fax"]}).status_code == 200


def test_who_left_is_told_nothing_any_more(changde: Any, tan: Any, courier: Any) -> None:
    Appointment.objects.get(person=tan, ended_at=None).end()
    assert tell(changde, tan) == []


def test_somebody_of_another_chamber_is_told_nothing(changde: Any, courier: Any) -> None:
    assert tell(changde, Person.objects.get(email=cast.email("nie"))) == []


def promise(here: Any, person: Any, title: str, days: int) -> None:
    with acting_as(SECRETARY), in_chamber(here):
        group = Group.objects.get_or_create(name="一组")[0]
        due_on = localdate() + datetime.timedelta(days=days)
        follow_up(about=group, title=title, owner_id=person.pk, due_on=due_on)


def overdue_messages(here: Any) -> list[Delivery]:
    with in_chamber(here):
        return list(Delivery.objects.filter(purpose=Notice.OVERDUE.value))


def test_every_morning_each_hears_once_what_of_their_own_is_overdue(changde: Any, tan: Any, courier: Any) -> None:
    promise(changde, tan, "回访湘味餐饮", days=-2)
    promise(changde, tan, "寄送会刊", days=3)
    with acting_as(SYSTEM):
        overdue.tell_overdue_of(changde)
        overdue.tell_overdue_of(changde)
    [told] = overdue_messages(changde)
    assert (told.address, told.subject) == ("tan@example.com", "您有 1 项任务已逾期")
    assert ("回访湘味餐饮" in told.body, "寄送会刊" in told.body) == (True, False)
    assert "http://changde.localhost" in told.body


def test_a_source_that_breaks_does_not_keep_the_others_from_theirs(
    changde: Any, tan: Any, courier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather = overdue.gather

    def break_for_others(place: str, actor: Any) -> Any:
        if actor.person_id != tan.pk:
            raise LookupError
        return gather(place, actor)

    monkeypatch.setattr(overdue, "gather", break_for_others)
    promise(changde, tan, "回访湘味餐饮", days=-2)
    with acting_as(SYSTEM):
        tasks.tell_overdue()
    assert len(overdue_messages(changde)) == 1
