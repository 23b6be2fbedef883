"""Members confirm and correct their data by their link; the secretariat decides field by field."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate, now

from huiguan.actors import LINK
from huiguan.audit.models import Entry
from huiguan.own.actions import link_for
from huiguan.own.models import Link
from huiguan.parts import Own
from tenants.members.models import Contact, Member, Proposal
from tenants.members.own.proposing import propose
from tenants.members.own.waiting import answered, data_of, proposed
from tests.huiguan.own.test_links import path_of

pytestmark = pytest.mark.urls("huiguan.urls_chamber")
FIRM = {"name": "湘味餐饮", "address": "西安市雁塔区科技路8号", "headcount": "2"}
ME = {"name": "周先生", "phone": "13900001111", "email": "zhou@example.com"}


@pytest.fixture
def contact(as_person: Any) -> Any:
    with as_person("tan"):
        member = Member.objects.create(name="湘味餐饮", address="旧地址")
        return Contact.objects.create(member=member, **ME)


@pytest.fixture
def phone(as_person: Any, contact: Any) -> Client:
    with as_person("tan"):
        path = path_of(link_for(contact))
    browser = Client(HTTP_HOST="changde.localhost")
    browser.get(path)
    return browser


def own_of(contact: Any) -> Own:
    return Own(contact.member, contact, None)


def test_confirming_is_dated_and_told_under_the_link(phone: Client, as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        assert [item.level for item in data_of(own_of(contact))] == ["due"]
    phone.post("/members/mine/confirmation/")
    with as_person("tan"):
        member = Member.objects.get()
        assert member.confirmed_on == localdate()
        assert list(data_of(Own(member, contact, None))) == []
        assert Entry.objects.get(verb="confirm").actor == LINK


def test_a_correction_changes_nothing_before_it_is_decided(phone: Client, as_person: Any, contact: Any) -> None:
    phone.post("/members/mine/firm/", FIRM)
    with as_person("tan") as _here:
        assert Member.objects.get().address == "旧地址"
        said = {p.field: (p.said_before(), p.said_value()) for p in Proposal.objects.all()}
        assert said == {"address": ("旧地址", FIRM["address"]), "headcount": ("", "10 至 99 人")}
        assert [item.title for item in proposed(None)] == ["湘味餐饮提出2项更正"]  # type: ignore[arg-type]


def test_what_is_decided_is_taken_over_or_not_and_can_be_taken_back(
    phone: Client, signed_in: Any, as_person: Any, contact: Any
) -> None:
    phone.post("/members/mine/firm/", FIRM)
    with as_person("tan"):
        address, headcount = (Proposal.objects.get(field=name) for name in ("address", "headcount"))
    decide = f"/members/member/{contact.member_id}/corrections/"
    browser = signed_in("tan")
    page = browser.get(f"/members/member/{contact.member_id}/").content.decode()
    assert FIRM["address"] in page
    browser.post(decide, {"read": [str(address.pk)]})
    browser.post(decide, {"read": [str(headcount.pk)], "decision": "reject"})
    with as_person("tan"):
        member = Member.objects.get()
        assert (member.address, member.headcount) == (FIRM["address"], None)
        address.refresh_from_db()
        address.take_back()
        assert Member.objects.get().address == "旧地址"
    assert signed_in("ruan").post(decide, {"read": [str(address.pk)]}).status_code == 403


def test_nothing_is_taken_back_that_was_changed_again(phone: Client, as_person: Any, contact: Any) -> None:
    phone.post("/members/mine/firm/", FIRM)
    with as_person("tan"):
        proposal = Proposal.objects.get(field="address")
        proposal.accept()
        member = Member.objects.get()
        member.address = "第三个地址"
        member.save()
        with pytest.raises(ValidationError):
            proposal.take_back()


def test_a_code_that_another_member_has_is_refused_in_words(phone: Client, as_person: Any, contact: Any) -> None:
    code = "91610100MA6TXXXX07"
    phone.post("/members/mine/firm/", {**FIRM, "credit_code": code})
    with as_person("tan"):
        Member.objects.create(name="别家", credit_code=code)
        with pytest.raises(ValidationError):
            Proposal.objects.get(field="credit_code").accept()
        assert Proposal.objects.get(field="credit_code").status == "open"


def test_ones_own_number_is_changed_at_once_and_the_link_goes_on(phone: Client, as_person: Any, contact: Any) -> None:
    phone.post("/members/mine/me/", {**ME, "phone": "139 0000 2222", "name": "周老板"})
    with as_person("tan"):
        changed = Contact.objects.get()
        assert (changed.phone, changed.name) == ("13900002222", "周先生")
        assert Link.objects.get().is_live
        done = Proposal.objects.get(field="phone")
    assert phone.get("/members/mine/").status_code == 200
    phone.post(f"/members/mine/corrections/{done.pk}/undoing/")
    with as_person("tan"):
        assert Contact.objects.get().phone == "13900001111"
        Proposal.objects.get(field="name").accept()
        assert Link.objects.get().is_live


def test_bad_input_is_said_and_stays(phone: Client, as_person: Any, contact: Any) -> None:
    page = phone.post("/members/mine/me/", {**ME, "phone": "12345", "role": "财务"}).content.decode()
    assert ("12345" in page, "财务" in page, "十一位" in page) == (True, True, True)
    page = phone.post("/members/mine/me/", {"name": "周先生"}).content.decode()
    assert "手机号" in page
    with as_person("tan"):
        assert not Proposal.objects.exists()


def test_people_come_and_go_when_the_secretariat_agrees(phone: Client, as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        old = Contact.objects.create(member=contact.member, name="旧人", phone="13900003333")
    phone.post("/members/mine/people/new/", {"name": "新人", "phone": "13900004444"})
    phone.post(f"/members/mine/people/{old.pk}/leaving/")
    assert phone.post(f"/members/mine/people/{contact.pk}/leaving/").status_code == 404
    with as_person("tan"):
        assert set(Contact.objects.values_list("name", flat=True)) == {"周先生", "旧人"}
        for proposal in Proposal.objects.all():
            proposal.accept()
        assert set(Contact.objects.values_list("name", flat=True)) == {"周先生", "新人"}
        for proposal in Proposal.objects.all():
            proposal.take_back()
        assert set(Contact.objects.values_list("name", flat=True)) == {"周先生", "旧人"}


def test_the_numbers_of_others_are_masked_and_other_members_people_are_out_of_reach(
    phone: Client, as_person: Any, contact: Any
) -> None:
    with as_person("tan"):
        Contact.objects.create(member=contact.member, name="同事", phone="13900003333")
        stranger = Contact.objects.create(member=Member.objects.create(name="别家"), name="别人", phone="13900005555")
    page = phone.get("/members/mine/").content.decode()
    assert ("139****3333" in page, "13900003333" in page, "别人" in page) == (True, False, False)
    assert phone.post(f"/members/mine/people/{stranger.pk}/leaving/").status_code == 404


def test_a_later_word_takes_the_place_of_an_undecided_one(as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        for address in ("甲路1号", "乙路2号"):
            propose(own_of(contact), {"address": address})
        assert [p.value for p in Proposal.objects.all()] == ["乙路2号"]


def test_who_confirmed_or_corrected_has_answered(as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        since, silent = now(), Member.objects.create(name="不吭声")
        keys = [contact.member_id, silent.pk]
        assert answered(keys, since) == set()
        propose(own_of(contact), {"address": "甲路1号"})
        assert answered(keys, since) == {contact.member_id}


def test_nobody_floods_the_secretariat(as_person: Any, contact: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.members.own.proposing.MOST_OPEN", 1)
    with as_person("tan"), pytest.raises(ValidationError):
        propose(own_of(contact), {"address": "甲路1号", "products": "米粉"})
