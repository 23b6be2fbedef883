"""A person's rights: everything that is kept of them is found, handed out, and erased; what must stay says why."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import load_workbook

from huiguan.actors import NotAllowed, current_actor
from huiguan.audit.models import Entry
from huiguan.deliveries.models import Delivery, OptOut
from huiguan.files import storage
from huiguan.files.models import KeptFile
from huiguan.own.actions import invite, link_for
from huiguan.own.models import Link
from huiguan.personal import Erased
from huiguan.privacy.erasing import erase, read_of
from huiguan.privacy.models import Access, Erasure, Wish
from huiguan.privacy.persons import mentions_of, parts_of, person_of
from huiguan.privacy.wishes import waiting
from tenants.dues.models import Receipt
from tenants.members.models import Consent, Contact, ImportedRow, Member, Touch
from tests.contract.samples import sample
from tests.huiguan.own.test_links import path_of

NAME, PHONE, MAIL = "欧阳金丝雀", "13812345678", "canary@example.com"


@pytest.fixture
def canary(as_person: Any) -> Any:
    """A contact of a firm who was written to, agreed to something, and was spoken with."""
    with as_person("qin"):
        firm = Member.objects.create(name="湘味餐饮")
        contact = Contact.objects.create(member=firm, name=NAME, phone=PHONE, email=MAIL)
        Contact.objects.create(member=firm, name="同一部电话", phone=PHONE)
        Touch.objects.create(member=firm, contact=contact, said="通话")
        Consent.objects.create(member=firm, contact=contact, purpose="partners", given_by=NAME)
        OptOut.objects.create(channel="email", address=MAIL, name=NAME)
        invite(contact, channel="sms")
    return contact


def found(contact: Any) -> dict[str, tuple[int, str]]:
    parts = parts_of(person_of(contact))
    return {part.model._meta.label: (len(part.rows), part.erasure.how.value) for part in parts}


def done(contact: Any) -> Erasure:
    person = person_of(contact)
    return erase(person, reason="本人来信", read=read_of(parts_of(person)))


def test_everything_that_is_kept_is_found_in_every_folder(as_person: Any, canary: Any) -> None:
    with as_person("qin"):
        assert found(canary) == {
            "deliveries.OptOut": (1, "stays"),
            "deliveries.Delivery": (1, "blanked"),
            "members.Consent": (1, "blanked"),
            "members.Touch": (1, "blanked"),
            "members.Contact": (1, "gone"),
            "own.Link": (1, "gone"),
        }


def test_the_same_person_at_two_members_is_one(as_person: Any, canary: Any) -> None:
    with as_person("qin"):
        other = Member.objects.create(name="沅江建材")
        Contact.objects.create(member=other, name=NAME, phone=PHONE)
        Contact.objects.create(member=other, name=NAME, phone="13700000000")  # of the same name only
        assert found(canary)["members.Contact"] == (2, "gone")


def test_after_an_erasure_nothing_says_who_it_was(as_person: Any, canary: Any) -> None:
    with as_person("qin"):
        erasure = done(canary)
        assert (erasure.person, erasure.gone, erasure.blanked, erasure.stays) == ("欧**", 2, 3, 1)
        assert list(Contact.objects.values_list("name", flat=True)) == ["同一部电话"]
        assert not Link.objects.exists()
        letter, consent = Delivery.objects.get(), Consent.objects.get()
        assert (letter.address, letter.body, consent.contact, Touch.objects.get().said) == ("", "", None, "")
        assert NAME not in letter.recipient + consent.given_by
        book = str(list(Entry.objects.values_list("changes", "facts", "record_text", "actor")))
        assert not [value for value in (NAME, PHONE, MAIL) if value in book]
        firm = Member.objects.get()
        assert NAME not in firm.search_text
        assert OptOut.objects.get().address == MAIL


def test_what_the_cells_of_an_import_said_goes_too(as_person: Any, canary: Any) -> None:
    with as_person("qin"):
        row = sample(
            ImportedRow, member=canary.member, written={"联系人": NAME, "电话": PHONE}, before={"industry": ""}
        )
        other = sample(ImportedRow, written={"联系人": "别人"})
        done(canary)
        row.refresh_from_db()
        other.refresh_from_db()
        assert (row.written, row.before, other.written) == ({}, {"industry": ""}, {"联系人": "别人"})


def test_free_words_that_name_the_person_are_listed_for_somebody_to_read(as_person: Any, canary: Any) -> None:
    with as_person("qin"):
        Touch.objects.create(member=canary.member, said=f"又提到{NAME}")
        assert [(type(row).__name__, name) for row, name in mentions_of(person_of(canary))] == [("Touch", "said")]


def test_a_persons_own_entry_stays_in_the_books_and_nowhere_else(as_person: Any) -> None:
    with as_person("qin"):
        member = Member.objects.create(name=NAME, kind="individual", address="家庭住址", remarks="备注")
        contact = Contact.objects.create(member=member, name=NAME, phone=PHONE)
        receipt = sample(Receipt, member=member)
        with pytest.raises(ValidationError, match="还是会员"):
            done(contact)
        assert Contact.objects.exists()
        Member.objects.filter(pk=member.pk).update(status="left", left_on="2026-01-01")
        done(contact)
        member.refresh_from_db()
        assert (member.address, member.remarks) == ("", "")
        assert NAME not in member.name + member.search_text
        assert Receipt.objects.filter(pk=receipt.pk).exists()


def test_something_that_came_in_since_it_was_read_stops_the_erasure(as_person: Any, canary: Any) -> None:
    with as_person("qin"):
        person = person_of(canary)
        read = read_of(parts_of(person))
        Touch.objects.create(member=canary.member, contact=canary)
        with pytest.raises(ValidationError):
            erase(person, reason="本人来信", read=read)
        assert Contact.objects.filter(pk=canary.pk).exists()


def test_an_officer_erases_nobody(as_person: Any, canary: Any) -> None:
    with as_person("tan"), pytest.raises(NotAllowed):
        done(canary)


def test_what_is_kept_is_handed_out_whole_and_that_is_written_down(signed_in: Any, as_person: Any, canary: Any) -> None:
    answer = signed_in("qin").post(f"/privacy/people/{canary.pk}/archive/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    plain = json.loads(archive.read("data.json"))
    assert plain["members.Contact"][0]["phone"] == PHONE
    assert {"deliveries.Delivery", "members.Touch", "members.Consent", "trail"} <= set(plain)
    book = load_workbook(io.BytesIO(archive.read("data.xlsx")))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert PHONE in cells
    with as_person("qin"):
        entry = Access.objects.get(how="handed_out")
        assert (entry.record_text, NAME in str(entry)) == ("欧**", False)
    assert signed_in("tan").post(f"/privacy/people/{canary.pk}/archive/").status_code == 403


def test_from_the_search_to_the_erasure(signed_in: Any, as_person: Any, canary: Any) -> None:
    browser, url = signed_in("qin"), f"/privacy/people/{canary.pk}/"
    assert url in browser.get("/privacy/people/?q=金丝雀").content.decode()
    page = browser.get(url).content.decode()
    with as_person("qin"):
        read = read_of(parts_of(person_of(canary)))
    assert read in page
    refused = browser.post(url, {"read": read, "reason": "本人来信"}).content.decode()
    assert 'value="本人来信"' in refused
    answer = browser.post(url, {"read": read, "reason": "本人来信", "sure": "1"}, follow=True)
    assert NAME not in answer.content.decode()
    with as_person("qin"):
        assert Erasure.objects.get().reason == "本人来信"


def test_every_way_of_erasure_says_why_something_stays() -> None:
    from django.apps import apps

    from huiguan.records import Record

    for model in apps.get_models():
        declared = model.erasure if issubclass(model, Record) else None
        if declared is not None:
            assert declared.how != Erased.STAYS or str(declared.why), model
            assert set(declared.also) <= {f.name for f in model._meta.concrete_fields}, model


@pytest.mark.urls("huiguan.urls_chamber")
def test_a_wish_by_the_link_waits_for_the_administrator_and_is_answered_by_the_copy(
    signed_in: Any, as_person: Any, canary: Any
) -> None:
    with as_person("qin"):
        path = path_of(link_for(canary))
    phone = Client(HTTP_HOST="changde.localhost")
    phone.get(path)
    for kind in ("copy", "copy", "erasure"):
        phone.post("/privacy/mine/", {"kind": kind})
    assert phone.post("/privacy/mine/", {"kind": "nonsense"}).status_code == 404
    with as_person("qin"):
        assert [item.title.partition("：")[0] for item in waiting(current_actor())] == [NAME, NAME]
        assert NAME not in str(list(Entry.objects.filter(model="privacy.Wish").values_list("record_text", "changes")))
    signed_in("qin").post(f"/privacy/people/{canary.pk}/archive/")
    with as_person("qin"):
        assert dict(Wish.objects.values_list("kind", "status")) == {"copy": "answered", "erasure": "open"}
        done(canary)
        assert not Wish.objects.exists()


def test_files_that_were_kept_go_along(signed_in: Any, as_person: Any, canary: Any, changde: Any) -> None:
    with as_person("qin"):
        kept = sample(KeptFile, about_id=canary.pk, name="名片.jpg", object_name=storage.new_name())
        storage.write(changde.pk, kept.object_name, io.BytesIO(b"a picture"))
        lost = sample(KeptFile, about_id=canary.pk, name="不见了.jpg", object_name=storage.new_name())
    answer = signed_in("qin").post(f"/privacy/people/{canary.pk}/archive/")
    storage.remove(changde.pk, [kept.object_name])
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read(f"files/{kept.pk}-名片.jpg") == b"a picture"
        assert f"files/{lost.pk}-不见了.jpg" not in archive.namelist()
