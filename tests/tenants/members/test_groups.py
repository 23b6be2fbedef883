"""Groups: who leads has a place, many are taken in at once, who left is remembered; chambers that are members."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from huiguan.actors import Actor, NotAllowed, acting_as
from tenants.members.models import Group, GroupPlace, Member, Segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def catering(working: Any) -> Group:
    """A group of three of four members."""
    working("qin")
    members = [Member.objects.create(name=name, industry="餐饮") for name in ("甲", "乙", "丙", "丁")]
    group = Group.objects.create(name="餐饮专委会")
    assert group.take_in(members[:3]) == 3
    return group


def place(name: str) -> GroupPlace:
    return GroupPlace.objects.select_related("group", "member").get(member__name=name)


def test_a_group_has_one_leader_and_a_new_one_takes_over(catering: Group) -> None:
    place("甲").lead()
    place("乙").lead()
    assert [p.member.name for p in catering.places.filter(is_leader=True)] == ["乙"]
    assert Group.objects.get().leader_name() == "乙"


def test_a_leader_must_belong(catering: Group) -> None:
    place("甲").leave()
    for step in (lambda p: p.lead(), lambda p: p.represent(True)):
        with pytest.raises(ValidationError):
            step(place("甲"))
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPlace.objects.filter(member__name="甲").update(is_leader=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupPlace.objects.update(is_leader=True, left_on=None)


def test_who_leaves_neither_leads_nor_speaks_for_others_and_can_come_back(catering: Group) -> None:
    place("甲").lead()
    place("甲").represent(True)
    place("甲").leave(on=localdate() - datetime.timedelta(days=9))
    gone = place("甲")
    assert (gone.is_leader, gone.represents, Group.objects.get().size()) == (False, False, 2)
    assert catering.take_in(Member.objects.all()) == 2
    assert place("甲").left_on is None
    assert GroupPlace.objects.count() == 4


def test_nothing_is_changed_by_who_may_not(catering: Group, as_person: Any) -> None:
    with acting_as(Actor("reader", permissions=frozenset({"members.view"}))):
        for step in (lambda p: p.lead(), lambda p: p.leave(), lambda p: p.represent(True)):
            with pytest.raises(NotAllowed):
                step(place("甲"))
        with pytest.raises(NotAllowed):
            catering.take_in(Member.objects.all())


def test_many_are_taken_in_in_as_many_queries_as_few(working: Any) -> None:
    working("qin")
    counts = []
    for number in (2, 40):
        members = Member.objects.bulk_create([Member(name=f"企业{number}-{n}") for n in range(number)])
        group = Group.objects.create(name=f"第{number}组")
        with CaptureQueriesContext(connection) as queries:
            assert group.take_in(members) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def party(as_person: Any) -> Group:
    with as_person("qin"):
        for name, industry in (("甲酒楼", "餐饮"), ("乙酒楼", "餐饮"), ("丙建材", "建材"), ("丁酒楼", "餐饮")):
            Member.objects.create(name=name, industry=industry)
        Member.objects.get(name="丁酒楼").leave(reason="歇业")
        Segment.objects.create(name="餐饮", query="industry=餐饮")
        return Group.objects.create(name="商会党支部", kind="party_branch")


def test_the_chosen_or_all_that_are_found_are_taken_in(party: Group, signed_in: Any, as_person: Any) -> None:
    url, browser = f"/members/group/{party.pk}/members/", signed_in("tan")
    assert signed_in("ruan").get(url).status_code == 403
    with as_person("qin"):
        segment, cement = Segment.objects.get(), Member.objects.get(name="丙建材")
    assert [m.name for m in browser.get(url, {"segment": str(segment.pk)}).context["candidates"]] == [
        "甲酒楼",
        "乙酒楼",
    ]
    assert browser.get(url, {"q": "查无此人"}).context["total"] == 0
    browser.post(url, {"chosen": [str(cement.pk), "nonsense"]})
    browser.post(f"{url}?segment={segment.pk}", {"all": "1"})
    page = browser.get(f"/members/group/{party.pk}/").content.decode()
    assert page.count("/leave/") == 3
    assert "丁酒楼" not in page
    assert browser.get(url).context["total"] == 0


def test_steps_are_taken_on_the_page_of_the_group(party: Group, signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        party.take_in(Member.objects.active())
        one = place("甲酒楼")
    browser = signed_in("tan")
    for name in ("lead", "represent", "__class__"):
        browser.post(f"/members/group/places/{one.pk}/{name}/")
    page = browser.get(f"/members/group/{party.pk}/").content.decode()
    assert "组长" in page
    assert "会员代表" in page
    assert signed_in("dai").post(f"/members/group/places/{one.pk}/leave/").status_code == 404
    assert signed_in("ruan").post(f"/members/group/places/{one.pk}/leave/").status_code == 403
    browser.post(f"/members/group/places/{one.pk}/leave/")
    with as_person("qin"):
        assert place("甲酒楼").left_on == localdate()


def test_a_group_member_is_linked_to_a_chamber_of_a_common_federation(
    hunan: Any, shaoyang: Any, signed_in: Any, as_person: Any
) -> None:
    with as_person("qin"):
        member, firm = Member.objects.create(name="邵阳商会", kind="group"), Member.objects.create(name="湘味餐饮")
    browser = signed_in("tan")
    url = f"/members/member/{member.pk}/chamber/"
    assert browser.get(f"/members/member/{firm.pk}/chamber/").status_code == 404
    for wrong in ("nonsense", "00000000-0000-0000-0000-000000000001"):
        assert "chamber" in browser.post(url, {"chamber": wrong}).context["form"].errors
    browser.post(url, {"chamber": str(shaoyang.pk)})
    page = browser.get(f"/members/member/{member.pk}/")
    assert page.context["chamber_name"] == "陕西省邵阳商会"
    assert "affiliation/_of_member.html" in {t.name for t in page.templates}
    with as_person("qin"):
        other = Member.objects.create(name="又一个", kind="group")
    again = browser.post(f"/members/member/{other.pk}/chamber/", {"chamber": str(shaoyang.pk)})
    assert "chamber" in again.context["form"].errors
