"""What members agree to by their link, and what ends when they withdraw it."""

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from huiguan.audit.models import Entry
from huiguan.deliveries.models import OptOut
from huiguan.outbox.models import Message
from huiguan.own.actions import link_for
from tenants.exchange.models import Listing
from tenants.members.models import Consent, Contact, Member
from tenants.members.models.consents import shown_to_partners
from tests.huiguan.own.test_links import path_of
from tests.tenants.exchange.conftest import write

__all__ = ["write"]  # its listings


@pytest.fixture
def contact(as_person: Any) -> Any:
    with as_person("tan"):
        member = Member.objects.create(name="湘味餐饮")
        return Contact.objects.create(member=member, name="周先生", phone="13900001111", email="zhou@example.com")


@pytest.fixture
def phone(as_person: Any, contact: Any) -> Client:
    with as_person("tan"):
        path = path_of(link_for(contact))
    browser = Client(HTTP_HOST="changde.localhost")
    browser.get(path)
    return browser


def test_a_consent_is_given_by_the_person_and_withdrawn_as_easily(phone: Client, as_person: Any, contact: Any) -> None:
    url = "/members/mine/consents/partners/"
    assert phone.get(url).status_code == 200
    for _twice in range(2):
        phone.post(url, {"agreed": "1"})
    with as_person("tan"):
        consent = Consent.objects.get()
        assert (consent.contact, consent.given_by, consent.withdrawn_on) == (contact, "周先生", None)
        assert shown_to_partners(Member.objects.all()).count() == 1
    phone.post(url)
    with as_person("tan"):
        assert shown_to_partners(Member.objects.all()).count() == 0
        assert Entry.objects.filter(verb="withdraw").count() == 1


def test_with_the_consent_what_was_published_in_the_federation_ends(
    phone: Client, write: Any, hunan: Any, as_person: Any, contact: Any
) -> None:
    with as_person("tan"):
        Consent.objects.create(member=contact.member, purpose="matching", given_by="周先生")
    theirs = write("qin", kind="offer", title="米粉", member=contact.member, member_agreed_on=localdate())
    others = write("qin", kind="offer", title="茶油")
    url = "/members/mine/consents/matching/"
    assert "1项" in phone.get(url).content.decode()
    phone.post(url)
    with as_person("qin"):
        assert {each.title: each.status for each in Listing.objects.all()} == {"米粉": "withdrawn", "茶油": "published"}
        told = Message.objects.get(name="exchange.profile_withdrawn")
        assert told.content["listing_id"] == str(theirs.pk) != str(others.pk)
        assert not Listing.objects.get(pk=theirs.pk).has_consent


def test_the_day_of_a_withdrawal_entered_by_the_secretariat_ends_the_same(
    signed_in: Any, write: Any, as_person: Any, contact: Any
) -> None:
    with as_person("tan"):
        consent = Consent.objects.create(member=contact.member, purpose="matching", given_by="周先生")
    write("qin", kind="offer", title="米粉", member=contact.member, member_agreed_on=localdate())
    said = {"member": contact.member_id, "purpose": "matching", "given_on": consent.given_on, "given_by": "周先生"}
    signed_in("tan").post(f"/members/consent/{consent.pk}/edit/", {**said, "withdrawn_on": localdate().isoformat()})
    with as_person("tan"):
        assert Listing.objects.get().status == "withdrawn"


def test_messages_to_the_person_are_refused_and_wanted_again(phone: Client, as_person: Any, contact: Any) -> None:
    url = "/members/mine/messages/sms/"
    phone.post(url)
    with as_person("tan"):
        assert OptOut.objects.get(status="stands").address == "13900001111"
    assert "139****1111" in phone.get("/members/mine/consents/").content.decode()
    phone.post(url, {"wanted": "1"})
    with as_person("tan"):
        assert not OptOut.objects.filter(status="stands").exists()
    assert phone.post("/members/mine/messages/robot/").status_code == 404
    assert phone.get("/members/mine/consents/nonsense/").status_code == 404
