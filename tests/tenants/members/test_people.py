"""One person may stand for several members, and people are related: said on the pages of both. [000]"""

from typing import Any

import pytest

from tenants.members.merging import joining
from tenants.members.models import Contact, Member, Relation
from tenants.members.people import elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(as_person: Any) -> list[Member]:
    with as_person("qin"):
        made = [Member.objects.create(name=name) for name in ("湘味餐饮", "沅江建材", "洞庭茶叶")]
        Contact.objects.create(member=made[0], name="向南枝", phone="13800000000")
        Contact.objects.create(member=made[1], name="向总", phone="13800000000")
        made[2].legal_representative = "向南枝"
        made[2].save()
        Contact.objects.create(member=made[2], name="王", phone="")
        Contact.objects.create(member=made[0], name="王", phone="")
    return made


def page(browser: Any, member: Member) -> str:
    answer = browser.get(f"/members/member/{member.pk}/")
    [shown] = [p for p in answer.context["panels"] if p["template"] == "members/_related_people.html"] or [None]
    return str(answer.content.decode()) if shown else ""


def test_a_person_is_found_elsewhere_by_telephone_and_by_name_but_not_by_a_surname(three: Any, as_person: Any) -> None:
    with as_person("qin"):
        found = {(e["member"].name, e["name"], str(e["how"])) for e in elsewhere(three[0])}
        assert {(member, name) for member, name, _how in found} == {("沅江建材", "向总"), ("洞庭茶叶", "向南枝")}
        assert len({how for *_who, how in found}) == 2
        assert [e["member"].name for e in elsewhere(three[1])] == ["湘味餐饮"]


def test_a_member_without_people_is_related_to_nobody(as_person: Any) -> None:
    with as_person("qin"):
        one, other = (Member.objects.create(name=name) for name in ("甲", "乙"))
        Contact.objects.create(member=other, name="李四", phone="")
        assert elsewhere(one) == []


def test_a_relation_is_entered_once_and_read_on_both_pages(three: Any, signed_in: Any, as_person: Any) -> None:
    browser = signed_in("tan")
    with as_person("qin"):
        person = Contact.objects.get(name="向南枝")
    said = {"member": str(three[0].pk), "contact": str(person.pk), "kind": "spouse", "other": "", "other_name": ""}
    form = browser.post("/members/relation/new/", said).context["form"]
    assert form.errors.keys() == {"other_name"}
    same = browser.post("/members/relation/new/", {**said, "other": str(three[0].pk)}).context["form"]
    assert same.errors.keys() == {"other_name"}
    browser.post(
        "/members/relation/new/", {**said, "other": str(three[1].pk), "other_name": "舒望月", "note": "分管财务"}
    )
    with as_person("qin"):
        relation = Relation.objects.get()
        assert relation.seen_from(three[0])["name"] == "舒望月"
        assert (relation.seen_from(three[1])["name"], relation.seen_from(three[1])["here"]) == ("向南枝", "舒望月")
    for member in three[:2]:
        assert "夫妻" in page(browser, member)
    assert "夫妻" not in page(browser, three[2])


def test_relations_are_for_the_secretariat_and_the_president_alone(three: Any, signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        relation = Relation.objects.create(member=three[0], other_name="舒望月")
    assert "舒望月" in page(signed_in("tao"), three[0])
    assert page(signed_in("ruan"), three[0]) == ""
    assert signed_in("ruan").get(f"/members/relation/{relation.pk}/").status_code == 404
    assert "舒望月" not in signed_in("ruan").get("/members/relation/").content.decode()


def test_a_relation_between_two_entries_of_one_member_does_not_hinder_their_merge(three: Any, as_person: Any) -> None:
    with as_person("qin"):
        Relation.objects.create(member=three[0], other=three[1], kind="partner")
        kept, gone = Member.objects.get(pk=three[0].pk), Member.objects.get(pk=three[1].pk)
        joining.merge(kept=kept, gone=gone, chosen={}, seen=joining.state_of(kept, gone))
        assert Relation.objects.get().other_id == kept.pk
        assert [e["member"].name for e in elsewhere(kept)] == ["洞庭茶叶"]
