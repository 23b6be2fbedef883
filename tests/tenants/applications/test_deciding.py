"""Reviewed by the secretariat, decided by the council, welcomed within the plan; undone while it can be. [S1]"""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan import entitlements
from huiguan.actors import NotAllowed, acting_as
from huiguan.deliveries.models import Delivery
from huiguan.states import WrongState
from huiguan.together import verb
from tenants.applications.models import Application
from tenants.applications.of_members import applied
from tenants.applications.waiting import to_decide, to_review
from tenants.members.models import Consent, Contact, Member, Touch
from tests.tenants.applications.conftest import CODE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiguan.urls_chamber")]
TODAY = localdate()
RESOLVED: dict[str, Any] = {"body": "council", "resolution": "第十五次理事会决议3号", "resolved_on": TODAY}


@pytest.fixture
def approved(application: Any) -> Any:
    def make(*given: Any, **fields: Any) -> Any:
        made = application(*given, **fields)
        made.submit()
        made.approve(**RESOLVED)
        return made

    return make


def test_nothing_is_decided_before_it_was_submitted_nor_by_an_officer(
    application: Any, working: Any, actor: Any
) -> None:
    officer = actor("tan")
    working("qin")
    made = application()
    with pytest.raises(WrongState):
        made.approve(**RESOLVED)
    made.submit()
    with acting_as(officer), pytest.raises(NotAllowed):
        made.approve(**RESOLVED)
    with pytest.raises(ValidationError):
        made.approve(**{**RESOLVED, "resolved_on": TODAY + datetime.timedelta(days=1)})
    made.approve(**RESOLVED)
    made.reconsider()
    assert (made.status, made.resolution, made.resolved_on) == ("submitted", "", None)


def test_each_step_is_told_once_with_the_link(application: Any, working: Any) -> None:
    working("qin")
    made = application(contact_email="")
    made.ask(question="场所？")
    made.submit()
    made.refuse(**RESOLVED, reason="不符合章程第六条")
    told = list(Delivery.objects.order_by("id"))
    assert len(told) == 4 and {each.channel for each in told} == {"sms"}
    assert all("/applications/progress/" in each.body for each in told)
    assert "不符合章程第六条" in told[-1].body


def test_a_welcome_makes_the_member_with_contact_and_consents(approved: Any, working: Any) -> None:
    working("qin")
    made = approved(agreed=["matching"], credit_code=CODE, industry="餐饮", referrer="张会长")
    made.welcome()
    member = made.member
    assert (member.name, member.credit_code, member.industry, member.joined_on) == (made.name, CODE, "餐饮", TODAY)
    assert Contact.objects.get(member=member).phone == "13900000007"
    assert Consent.objects.get(member=member).purpose == "matching"
    assert "欢迎" in Delivery.objects.order_by("-id")[0].subject


def test_a_members_page_tells_of_its_application_from_one_question(
    approved: Any, working: Any, django_assert_num_queries: Any
) -> None:
    working("qin")
    made = approved(credit_code=CODE)
    made.welcome()
    with django_assert_num_queries(1):
        moments = [moment.at for moment in applied(made.member)]
    assert moments == [made.created_at, TODAY]


def test_a_welcome_by_mistake_is_undone_while_nothing_rests_on_it(approved: Any, working: Any) -> None:
    working("qin")
    made = approved()
    made.welcome()
    made.undo_welcome()
    assert made.status == "approved" and not Member.objects.exists()
    made.welcome()
    Touch(member=made.member, on=TODAY).note()
    with pytest.raises(ValidationError):
        made.undo_welcome()
    assert Member.objects.count() == 1 and Application.objects.get(pk=made.pk).status == "welcomed"


def test_a_full_plan_or_a_second_code_keeps_the_member_out(approved: Any, working: Any, monkeypatch: Any) -> None:
    working("qin")
    made = approved(credit_code=CODE)
    there = Member.objects.create(name="同码公司", credit_code=CODE)
    with pytest.raises(ValidationError, match="同码公司"):
        made.welcome()
    there.leave(reason="歇业")
    monkeypatch.setattr(entitlements, "may", lambda *_a, **_k: entitlements.Answer(False, "套餐已满"))
    with pytest.raises(ValidationError, match="套餐已满"):
        made.welcome()
    made.refresh_from_db()
    assert made.status == "approved" and made.member_id is None


def test_a_former_member_comes_back_as_the_same(application: Any, as_person: Any, signed_in: Any) -> None:
    with as_person("qin"):
        former = Member.objects.create(name="西安桃源春餐饮管理有限公司", joined_on=datetime.date(2015, 1, 1))
        former.leave(reason="迁走", on=datetime.date(2024, 1, 1))
        made = application(credit_code="")
    browser = signed_in("qin")
    assert browser.get(f"/applications/application/{made.pk}/").context["members"][0].member == former
    browser.post(f"/applications/application/{made.pk}/former/{former.pk}/")
    with as_person("qin"):
        made.refresh_from_db()
        made.submit()
        made.approve(**RESOLVED)
        made.welcome()
        former.refresh_from_db()
        assert (made.member, former.status, former.joined_on) == (former, "active", TODAY)
        with pytest.raises(ValidationError):
            made.undo_welcome()


def test_who_may_be_known_already_is_shown_with_the_reason(working: Any) -> None:
    working("qin")
    by_code = Member.objects.create(name="陕西另一个名字有限公司", credit_code=CODE)
    by_phone = Member.objects.create(name="甲公司")
    Contact.objects.create(member=by_phone, name="丁若溪", phone="13900000007")
    Member.objects.create(name="毫不相干有限公司")
    facts = {"kind": "enterprise", "name": "西安桃源春餐饮管理有限公司", "credit_code": CODE}
    found = verb("members.alike")(facts=facts, person={"name": "丁若溪", "phone": "13900000007"})
    assert {each.member for each in found} == {by_code, by_phone}
    assert all(str(each.reason) for each in found)


def test_one_resolution_approves_many_or_none(application: Any, as_person: Any, signed_in: Any) -> None:
    with as_person("qin"):
        two, other = [application("甲"), application("乙")], application("丙")
        for each in two:
            each.submit()
    browser = signed_in("qin")
    sent = {"step": "2", **RESOLVED, "resolved_on": TODAY.isoformat()}
    url = "/applications/application/approval/"
    assert browser.post(url, {**sent, "chosen": [str(two[0].pk), str(other.pk)]}).context["form"].errors
    assert browser.post(url, {**sent, "chosen": [str(each.pk) for each in two]}).status_code == 302
    with as_person("qin"):
        assert Application.objects.filter(status="approved").count() == 2
    assert signed_in("tan").post(url, sent).status_code == 403


def test_what_came_on_paper_is_entered_by_the_secretariat(as_person: Any, signed_in: Any) -> None:
    sent = {"kind": "individual", "name": "曾子涵", "contact_name": "曾子涵", "contact_phone": "13900000008"}
    browser = signed_in("tan")
    assert browser.post("/applications/application/new/", sent).context["form"].errors.keys() == {"consented"}
    assert browser.post("/applications/application/new/", {**sent, "consented": "on"}).status_code == 302
    with as_person("tan"):
        made = Application.objects.get()
        assert not made.is_own and made.consented_at
    changed = browser.post(f"/applications/application/{made.pk}/edit/", {**sent, "opinion": "同意"})
    assert changed.status_code == 302
    with as_person("tan"):
        assert Application.objects.get().opinion == "同意"


def test_council_members_decide_without_telephone_numbers(application: Any, as_person: Any, signed_in: Any) -> None:
    with as_person("qin"):
        made = application()
    page = signed_in("tao").get(f"/applications/application/{made.pk}/").content.decode()
    assert made.name in page and "13900000007" not in page and "ding@example.com" not in page
    assert "/applications/progress/" not in page


def test_what_waits_is_shown_to_those_who_can_do_it(application: Any, working: Any, actor: Any) -> None:
    qin = actor("qin")
    working("qin")
    new, asked, before = application("新"), application("问"), application("会")
    asked.ask(question="？")
    before.submit()
    assert [item.title for item in to_review(qin)] == ["新"]
    Application.objects.filter(pk__in=[new.pk, asked.pk]).update(stepped_on=TODAY - datetime.timedelta(days=8))
    assert [(item.title, item.level) for item in to_review(qin)] == [("新", "late"), ("问", "due")]
    assert "1" in next(iter(to_decide(qin))).title
