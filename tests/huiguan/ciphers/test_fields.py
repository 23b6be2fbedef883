"""Encrypted fields: whatever way a value takes to the database and back, and how it is found."""

import time
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F, Value

from huiguan.ciphers.fields import NotEncrypted
from huiguan.ciphers.ring import ring_of
from huiguan.ciphers.values import Altered
from tenants.members.models import Contact, Member

PHONE = "13812345678"


@pytest.fixture
def office(as_person: Any) -> Any:
    with as_person("qin"):
        yield Member.objects.create(name="密文商行")


def people(member: Member, number: int) -> list[Contact]:
    return [
        Contact(member=member, name=f"人{n}", phone=f"139{n:08d}", email=f"p{n}@example.com") for n in range(number)
    ]


def stored(contact: Contact) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select phone from members_contact where id = %s", [contact.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("value", [PHONE, Value(PHONE), F("email")])
def test_a_way_of_writing_that_cannot_encrypt_writes_nothing(office: Member, value: Any) -> None:
    contact = Contact.objects.create(member=office, name="甲", phone="1")
    with pytest.raises(NotEncrypted):
        Contact.objects.filter(pk=contact.pk).update(phone=value)


@pytest.mark.parametrize("lookup", ["gt", "lt", "regex", "range"])
def test_ciphertexts_are_never_compared(office: Member, lookup: str) -> None:
    with pytest.raises(FieldError):
        Contact.objects.filter(**{f"phone__{lookup}": "1"})


@pytest.mark.parametrize("part", ["record", "text"])
def test_what_was_moved_or_altered_by_hand_is_not_read(office: Member, part: str) -> None:
    one = Contact.objects.create(member=office, name="甲", phone=PHONE)
    other = Contact.objects.create(member=office, name="乙", phone="13900000000")
    text = stored(one)
    value = text if part == "record" else text.replace(text[60:64], "AAAA" if text[60:64] != "AAAA" else "BBBB", 1)
    with connection.cursor() as cursor:
        cursor.execute("update members_contact set phone = %s where id = %s", [value, other.pk])
    with pytest.raises(Altered):
        Contact.objects.get(pk=other.pk)


def test_a_value_of_another_field_is_not_read(office: Member) -> None:
    one = Contact.objects.create(member=office, name="甲", phone=PHONE)
    with connection.cursor() as cursor:
        cursor.execute("update members_contact set wechat = phone where id = %s", [one.pk])
    with pytest.raises(Altered):
        Contact.objects.get(pk=one.pk)


def test_a_value_of_another_chamber_is_not_read(changde: Any, shaoyang: Any, office: Member) -> None:
    contact = Contact(member=office, name="甲", phone=PHONE)
    value = Contact._meta.get_field("phone").pre_save(contact, add=True)
    [cipher] = ring_of(changde.pk).ciphers.values()
    [theirs] = ring_of(shaoyang.pk).ciphers.values()
    scope = Contact._meta.get_field("phone").scope
    assert cipher.decrypt(value, scope)[0] == PHONE
    with pytest.raises(Altered):
        theirs.decrypt(value, scope)


@pytest.mark.parametrize("number", [1, 150])
def test_new_rows_are_encrypted_by_insert_and_by_copy(office: Member, number: int) -> None:
    made = Contact.objects.bulk_create(people(office, number))
    assert all(stored(each).startswith("hg1.") for each in made[:3])
    again = {each.pk: each for each in Contact.objects.filter(member=office)}
    assert {each.phone for each in made} == {again[each.pk].phone for each in made}
    assert all(type(each.phone) is str for each in again.values())


def test_many_changes_at_once_are_encrypted_and_told_with_masks(office: Member) -> None:
    made = Contact.objects.bulk_create(people(office, 3))
    for contact in made:
        contact.phone = PHONE
    assert Contact.objects.bulk_update(made, ["phone"]) == 3
    assert {stored(each)[:12] for each in made} == {stored(made[0])[:12]}
    assert set(Contact.objects.filter(member=office).values_list("phone", flat=True)) == {PHONE}


def test_a_change_is_noticed_and_no_change_is_not(office: Member) -> None:
    from huiguan.audit.models import Entry

    contact = Contact.objects.create(member=office, name="甲", phone=PHONE)
    contact.save()
    contact.phone = "13900001111"
    contact.save()
    entries = Entry.objects.filter(record_id=contact.pk).order_by("number")
    assert [each.verb for each in entries] == ["created", "changed"]
    assert entries[1].changes == {"phone": ["138****5678", "139****1111"]}


def test_the_same_text_is_another_ciphertext_each_time(office: Member) -> None:
    one, other = Contact.objects.bulk_create(
        [Contact(member=office, name="甲", phone=PHONE), Contact(member=office, name="乙", phone=PHONE)]
    )
    assert stored(one)[:29] == stored(other)[:29]
    assert stored(one)[30:90] != stored(other)[30:90]


@pytest.mark.parametrize(
    ("lookup", "value", "finds"),
    [
        ("phone", PHONE, True), ("phone", "1381234567", False), ("phone__in", [PHONE, "1"], True), ("phone", "", False),
        ("phone__contains", "5678", True), ("phone__contains", "138", True), ("phone__icontains", PHONE, True),
        ("phone__contains", "3456", False), ("phone__startswith", "5678", False), ("phone__endswith", "5678", True),
        ("phone__startswith", "1381", True), ("email", "ZHAO@example.com", True), ("email__icontains", "zhao@", True),
        ("other_phone__contains", "8888", True), ("other_phone__contains", "0731", True), ("wechat", "", True),
        ("phone__contains", "13%", False), ("phone__contains", "_38", False),
    ],
)  # fmt: skip
def test_a_value_is_found_by_all_of_it_its_beginning_and_its_end(
    office: Member, lookup: str, value: Any, finds: bool
) -> None:
    given = {"phone": PHONE, "email": "zhao@example.com", "other_phone": "0731-8888、13700001234"}
    Contact.objects.create(member=office, name="甲", **given)
    assert Contact.objects.filter(member=office, **{lookup: value}).exists() is finds
    assert Contact.objects.filter(member=office).exclude(**{lookup: value}).exists() is not finds


def test_a_value_from_before_the_encryption_is_read_and_found(office: Member) -> None:
    contact = Contact.objects.create(member=office, name="甲")
    with connection.cursor() as cursor:
        cursor.execute("update members_contact set phone = %s where id = %s", [PHONE, contact.pk])
    assert Contact.objects.get(pk=contact.pk).phone == PHONE
    for asked in ({"phone": PHONE}, {"phone__in": [PHONE]}, {"phone__contains": "3456"}):
        assert Contact.objects.filter(member=office, **asked).exists()


def test_ten_thousand_values_are_encrypted_within_two_seconds(office: Member) -> None:
    """Of one processor: what a register of ten thousand rows pays for it, which is nothing beside reading it."""
    field = Contact._meta.get_field("phone")
    contacts = people(office, 10_000)
    begun = time.process_time()
    for contact in contacts:
        field.pre_save(contact, add=True)
    assert time.process_time() - begun < 2
