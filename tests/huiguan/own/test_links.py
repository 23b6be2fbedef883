"""A member's link: opens for one contact on one host, ends when it should, tells nobody who is on file."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import now

from huiguan.actors import LINK, NotAllowed, acting_as
from huiguan.audit.models import Entry
from huiguan.deliveries.models import Delivery
from huiguan.entitlements import Level, Standing
from huiguan.own.actions import address_of, invite, link_for, revoke_all
from huiguan.own.models import Link
from huiguan.own.pages import actor_of
from huiguan.screens.history import history_of
from tenants.members.models import Contact, Group, Member

PHONE = "13900001111"


@pytest.fixture
def contact(as_person: Any) -> Any:
    with as_person("tan"):
        member = Member.objects.create(name="湘味餐饮")
        return Contact.objects.create(member=member, name="周先生", phone=PHONE, email="zhou@example.com")


@pytest.fixture
def path(as_person: Any, contact: Any) -> str:
    with as_person("tan"):
        return path_of(link_for(contact))


@pytest.fixture
def phone(db: None) -> Client:
    return Client(HTTP_HOST="changde.localhost")


def path_of(link: Link, to: str = "") -> str:
    return re.sub(r"^https?://[^/]+", "", address_of(link, to))


def opened(phone: Client, path: str) -> int:
    """What the portal answers after the link was opened."""
    phone.get(path)
    return phone.get("/own/").status_code


def test_a_link_opens_the_portal_and_leaves_the_address(phone: Client, path: str) -> None:
    answer = phone.get(path)
    assert (answer.status_code, answer["Location"], answer["Referrer-Policy"]) == (302, "/own/", "no-referrer")
    cookie = phone.cookies["own"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    page = phone.get("/own/")
    assert ("湘味餐饮" in page.content.decode(), page["Cache-Control"]) == (True, "no-store, private")


def test_without_a_link_the_portal_says_how_to_come_in(phone: Client, signed_in: Any) -> None:
    assert phone.get("/own/").status_code == 403
    assert signed_in("qin").get("/own/").status_code == 403


def test_looking_at_a_link_with_head_opens_nothing(phone: Client, path: str, as_person: Any) -> None:
    phone.head(path)
    with as_person("tan"):
        assert Link.objects.get().openings == 0


def test_it_works_on_no_other_chambers_host(path: str) -> None:
    other = Client(HTTP_HOST="shaoyang.localhost")
    assert other.get(path).status_code == 404
    here = Client(HTTP_HOST="changde.localhost")
    here.get(path)
    other.cookies = here.cookies
    assert other.get("/own/").status_code == 403


@pytest.mark.parametrize("change", ["phone", "name", "email", "left", "gone", "revoked", "expired"])
def test_it_ends_at_once_also_where_it_is_open(
    phone: Client, path: str, as_person: Any, contact: Any, change: str
) -> None:
    assert opened(phone, path) == 200
    with as_person("qin"):
        contact.refresh_from_db()
        if change in ("phone", "name", "email"):
            setattr(contact, change, "other@example.com" if change == "email" else "吴先生")
            contact.save()
        elif change == "left":
            contact.member.status = "left"
            contact.member.save()
        elif change == "gone":
            contact.delete()
        elif change == "revoked":
            revoke_all(member=contact.member)
        else:
            Link.objects.update(expires_at=now() - datetime.timedelta(seconds=1))
    assert phone.get("/own/").status_code == 403
    assert phone.get(path).status_code == (404 if change == "gone" else 410)


def test_something_added_to_the_contact_ends_nothing(phone: Client, as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        contact.email = ""
        contact.save()
        link = path_of(link_for(contact))
        contact.email = "new@example.com"
        contact.save()
    assert opened(phone, link) == 200


def test_a_contact_has_one_link(as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        assert link_for(contact).pk == link_for(contact).pk
        contact.phone = "13900002222"
        contact.save()
        link_for(contact)
        assert sorted(Link.objects.values_list("status", flat=True)) == ["live", "revoked"]


def test_who_left_gets_none_and_a_supervisor_makes_none(as_person: Any, contact: Any) -> None:
    with as_person("ruan"), pytest.raises(NotAllowed):
        link_for(contact)
    with as_person("tan"):
        contact.member.status = "left"
        with pytest.raises(ValidationError):
            link_for(contact)


def test_the_trail_names_the_link_and_keeps_the_contact(phone: Client, path: str, as_person: Any, contact: Any) -> None:
    phone.get(path)
    with as_person("qin"):
        entry = Entry.objects.get(verb="opened")
        assert (entry.actor, entry.actor_id) == (LINK, contact.pk)


def test_whoever_acts_by_a_link_writes_no_record_of_another_member(as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        link, other = link_for(contact), Member.objects.create(name="别家")
        theirs = Contact.objects.create(member=other, name="别人")
        with acting_as(actor_of(link, {"members.change"})):
            contact.save()
            for write in (
                other.save,
                theirs.delete,
                lambda: Contact.objects.create(member=other, name="混进来"),
                lambda: Contact.objects.filter(pk=theirs.pk).update(name="改"),
                lambda: Contact.objects.bulk_create([Contact(member=other, name="混进来")]),
                Contact.objects.filter(pk=theirs.pk).delete,
            ):
                with pytest.raises(NotAllowed):
                    write()
            Group.objects.create(name="不属于会员的记录", kind="committee")


def test_asking_sends_to_the_address_on_file_and_says_the_same_to_all(
    phone: Client, as_person: Any, contact: Any
) -> None:
    known = phone.post("/own/ask/", {"address": f"+86 {PHONE[:3]} {PHONE[3:]}"})
    unknown = phone.post("/own/ask/", {"address": "13811112222"})
    assert strip(known) == strip(unknown)
    assert PHONE not in known.content.decode()
    with as_person("tan"):
        sent = Delivery.objects.get()
        assert (sent.address, sent.purpose) == (PHONE, "own.asked")


def test_whoever_holds_an_ended_link_has_a_new_one_sent_once(
    phone: Client, path: str, as_person: Any, contact: Any
) -> None:
    with as_person("tan"):
        revoke_all(contact=contact)
    token = path.rpartition("/")[2]
    for _twice in range(2):
        assert phone.post(f"/own/again/{token}").status_code == 200
    assert phone.post("/own/again/AAAA").status_code == 200
    with as_person("tan"):
        assert Delivery.objects.count() == 1
        fresh = re.search(r"/own/e/\S+", Delivery.objects.get().body)
    assert fresh and opened(phone, fresh[0]) == 200


def test_asking_is_limited(phone: Client) -> None:
    answers = [phone.post("/own/ask/", {"address": f"1381111{n:04}"}).status_code for n in range(7)]
    assert answers == [200] * 6 + [429]


def test_an_invitation_leads_to_a_page_of_ours_only(as_person: Any, contact: Any) -> None:
    with as_person("tan"):
        assert invite(contact, channel="email").address == "zhou@example.com"
        with pytest.raises(ValueError, match="no own page"):
            address_of(link_for(contact), "home")


def test_the_secretariat_makes_a_link_from_the_members_page(signed_in: Any, contact: Any) -> None:
    browser = signed_in("tan")
    made = browser.post(f"/own/contacts/{contact.pk}/link/", follow=True).content.decode()
    assert "http://changde.localhost" in made
    page = browser.get(f"/members/member/{contact.member_id}/").content.decode()
    assert f"/own/members/{contact.member_id}/revocation/" in page
    assert signed_in("ruan").post(f"/own/contacts/{contact.pk}/link/").status_code == 403


def test_leaving_closes_the_visit_and_not_the_link(phone: Client, path: str) -> None:
    phone.get(path)
    phone.post("/own/leave/")
    assert phone.get("/own/").status_code == 403
    assert opened(phone, path) == 200


def test_the_history_names_who_came_by_the_link_while_the_contact_is_there(
    phone: Client, path: str, as_person: Any, contact: Any
) -> None:
    phone.get(path)
    with as_person("qin"):
        link = Link.objects.get()
        assert "会员链接 · 周先生" in {entry["actor"] for entry in history_of(link)}


def test_where_the_chamber_is_held_to_reading_a_member_is_told_so_and_nothing_of_its_plan(
    phone: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.get(path)
    held = Standing(Level.RESTRICTED, "套餐已到期")
    monkeypatch.setattr("billing.gate.standing", lambda _chamber: held)
    answer = phone.post("/members/mine/confirmation/")
    assert (answer.status_code, "套餐" in answer.content.decode()) == (403, False)
    assert phone.get("/own/").status_code == 200


def strip(answer: Any) -> str:
    """Without what differs in every answer."""
    return re.sub(r'(nonce|value|content|hx-headers)=(".*?"|\'.*?\')', "", answer.content.decode())
