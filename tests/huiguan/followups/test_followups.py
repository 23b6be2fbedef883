"""What was promised for a record: in its owner's tasks until it is done, dropped, or handed over."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan.accounts.models import Person
from huiguan.actors import NotAllowed
from huiguan.audit.models import Entry
from huiguan.deliveries.models import Delivery
from huiguan.followups.actions import follow_up
from huiguan.followups.models import FollowUp
from huiguan.states import WrongState
from tenants.members.models import Group
from tests.support import cast


def key_of(name: str) -> uuid.UUID:
    return Person.objects.get(email=cast.email(name)).pk


@pytest.fixture
def people(db: None) -> dict[str, uuid.UUID]:
    """Read before anybody works in a chamber: a chamber's role cannot read people."""
    return {name: key_of(name) for name in cast.PEOPLE}


def promise(owner: uuid.UUID, *, days: int = 7, title: str = "回访湘味餐饮", why: str = "") -> FollowUp:
    about = Group.objects.get_or_create(name="餐饮专委会")[0]
    return follow_up(
        about=about, title=title, owner_id=owner, due_on=localdate() + datetime.timedelta(days=days), why=why
    )


def test_a_promise_names_its_owner_and_its_record(working: Any, people: Any) -> None:
    working("qin")
    made = promise(people["tan"], why="走访时答应的")
    assert (made.owner, made.owner_id, made.status) == ("谭一鸣", people["tan"], "open")
    assert (made.record_text, made.record_url()) == ("餐饮专委会", f"/members/group/{made.record_id}/")


@pytest.mark.parametrize("who", ["nie", "ruan"])
def test_only_one_of_the_chambers_people_who_may_act_can_own_it(working: Any, people: Any, who: str) -> None:
    working("qin")
    with pytest.raises(ValidationError):
        promise(people[who])
    with pytest.raises(ValidationError):
        promise(uuid.uuid4())
    assert not FollowUp.objects.exists()


def test_it_stands_in_the_tasks_of_its_owner_alone_and_is_marked_when_late(
    as_person: Any, people: Any, signed_in: Any
) -> None:
    with as_person("qin"):
        promise(people["tan"], days=-1, title="逾期的事")
        promise(people["tan"], days=30, title="以后的事")
    mine = signed_in("tan").get("/tasks/").context["items"]
    assert [(item["title"], item["level"]) for item in mine] == [("逾期的事", "late"), ("以后的事", "waiting")]
    assert "逾期的事" not in signed_in("peng").get("/tasks/").content.decode()


def test_its_page_marks_it_overdue_and_leads_to_the_record(as_person: Any, people: Any, signed_in: Any) -> None:
    with as_person("qin"):
        made = promise(people["tan"], days=-1)
    page = signed_in("tan").get(f"/followups/followup/{made.pk}/").content.decode()
    assert ("已逾期" in page, f'href="/members/group/{made.record_id}/"' in page) == (True, True)


def test_the_words_stay_when_the_record_is_gone(as_person: Any, people: Any, signed_in: Any) -> None:
    with as_person("qin"):
        made = promise(people["tan"])
        Group.objects.all().delete()
    assert "餐饮专委会" in signed_in("tan").get(f"/followups/followup/{made.pk}/").content.decode()


def test_it_is_done_with_a_result_or_dropped_with_a_reason_once(working: Any, people: Any) -> None:
    working("tan")
    done, dropped = promise(people["tan"]), promise(people["tan"], title="另一件")
    done.finish(result="已回访，满意。")
    dropped.drop(reason="会员已退会")
    assert (done.status, done.result, dropped.status, dropped.reason) == (
        "done",
        "已回访，满意。",
        "dropped",
        "会员已退会",
    )
    for late in (done, dropped):
        with pytest.raises(WrongState):
            late.finish(result="再来一次")
    assert Entry.objects.filter(record_id=done.pk, verb="finish").count() == 1


def test_a_supervisor_changes_nothing(working: Any, people: Any) -> None:
    working("ruan")
    made = FollowUp(title="事", owner_id=people["tan"], owner="谭一鸣", due_on=localdate())
    made.save()
    with pytest.raises(NotAllowed):
        made.finish(result="x")


def test_it_is_handed_over_to_a_colleague_who_is_told(as_person: Any, people: Any, signed_in: Any) -> None:
    with as_person("tan"):
        made = promise(people["tan"])
        assert not Delivery.objects.exists(), "nobody is told what they took on themselves"
    browser = signed_in("tan")
    page = browser.get(f"/followups/followup/{made.pk}/moves/hand_over/").content.decode()
    assert ("彭小满" in page, "聂长风" in page, "阮知行" in page) == (True, False, False)
    said = {"to": str(people["peng"]), "due_on": "2027-01-15"}
    assert browser.post(f"/followups/followup/{made.pk}/moves/hand_over/", said).status_code == 302
    with as_person("tan"):
        made.refresh_from_db()
        told = Delivery.objects.get()
    assert (made.owner, str(made.due_on), made.status) == ("彭小满", "2027-01-15", "open")
    assert (told.address, told.subject) == ("peng@example.com", "谭一鸣交给您一项任务：回访湘味餐饮")
    assert "2027年1月15日" in told.body


def test_it_is_not_handed_over_to_a_stranger_and_nothing_typed_is_lost(
    as_person: Any, people: Any, signed_in: Any
) -> None:
    with as_person("tan"):
        made = promise(people["tan"])
    said = {"to": str(people["nie"]), "due_on": "2027-01-15"}
    page = signed_in("tan").post(f"/followups/followup/{made.pk}/moves/hand_over/", said).content.decode()
    assert "2027-01-15" in page
    with as_person("tan"):
        made.refresh_from_db()
    assert made.owner == "谭一鸣"
