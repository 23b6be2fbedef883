"""A mailing of links: to whoever can be reached, in parts; who has not answered is seen and reminded."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from huiguan.actors import NotAllowed
from huiguan.deliveries.models import Delivery
from huiguan.own import mailing as mailings
from huiguan.own.models import Link, Mailing
from tenants.members.models import Contact, Member


@pytest.fixture
def here(working: Any) -> Any:
    return working("tan")


def member(name: str, **contact: str) -> Any:
    made = Member.objects.create(name=name)
    Contact.objects.create(member=made, name=f"{name}的人", **contact)
    return made


def states(mailing: Mailing) -> dict[str, str]:
    return {row.invited.member.name: row.state for row in mailings.rows_of(mailing)}


def send_all(mailing: Mailing) -> Mailing:
    while mailings.send_part(mailing):
        pass
    mailing.refresh_from_db()
    return mailing


def test_each_reachable_member_gets_a_link_by_the_way_that_is_open(here: Any) -> None:
    member("甲", phone="13900001111", email="a@example.com")
    member("乙", email="b@example.com")
    member("丙")
    mailing = send_all(mailings.begin(Mailing(words="{name}您好 {x}"), Member.objects.all()))
    assert states(mailing) == {"甲": "sent", "乙": "sent", "丙": "unreachable"}
    assert mailing.status == "sent"
    sent = {d.recipient: (d.channel, d.body.splitlines()[0]) for d in Delivery.objects.all()}
    assert sent == {"甲的人": ("sms", "甲的人您好 {x}"), "乙的人": ("email", "乙的人您好 {x}")}


def test_it_goes_out_in_parts_and_can_be_stopped(here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailings, "PART", 2)
    for n in range(5):
        member(f"会员{n}", phone=f"1390000111{n}")
    mailing = mailings.begin(Mailing(), Member.objects.all())
    assert mailings.send_part(mailing)
    mailing.stop()
    assert not mailings.send_part(mailing)
    assert Delivery.objects.count() == 2


def test_the_silent_are_reminded_and_nobody_else(here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    silent, answering = member("甲", phone="13900001111"), member("乙", phone="13900001112")
    mailing = send_all(mailings.begin(Mailing(), Member.objects.all()))
    Link.objects.get(member=silent).open()
    monkeypatch.setattr(mailings, "_answered", lambda *_given: {answering.pk})
    assert states(mailing) == {"甲": "opened", "乙": "answered"}
    mailing.remind()
    send_all(mailing)
    assert sorted(Delivery.objects.values_list("recipient", flat=True)) == ["乙的人", "甲的人", "甲的人"]
    monkeypatch.setattr(mailings, "_answered", lambda *_given: {answering.pk, silent.pk})
    with pytest.raises(ValidationError):
        mailing.remind()


def test_nobody_to_reach_is_said_before_anything_is_written(here: Any) -> None:
    member("丙")
    with pytest.raises(ValidationError):
        mailings.begin(Mailing(), Member.objects.all())
    assert not Mailing.objects.exists()


def test_a_supervisor_sends_none(working: Any) -> None:
    working("ruan")
    with pytest.raises(NotAllowed):
        mailings.begin(Mailing(), Member.objects.all())


def test_from_the_list_of_members_to_the_page_of_the_mailing(signed_in: Any, as_person: Any) -> None:
    with as_person("tan"):
        chosen, _other = member("甲", phone="13900001111"), member("乙", phone="13900001112")
    browser = signed_in("tan")
    page = browser.post("/own/mailing/send/?q=", {"chosen": [str(chosen.pk)]})
    assert page.status_code == 200
    form = {"chosen": [str(chosen.pk)], "step": "2", "scope": "chosen", "channel": "sms", "whom": "first"}
    answer = browser.post("/own/mailing/send/?q=", form, follow=True).content.decode()
    assert ("甲" in answer, "乙的人" in answer) == (True, False)
    with as_person("tan"):
        key = Mailing.objects.get().pk
    assert "<progress" in browser.get(f"/own/mailing/{key}/progress/").content.decode()
