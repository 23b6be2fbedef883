"""The audit trail: every change leaves its entry in its own transaction, and none can be altered unseen (goal G18)."""

import json
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from huiguan import trail
from huiguan.actors import SYSTEM, Actor, acting_as
from huiguan.audit.models import Entry, Head
from huiguan.entries import first_break
from huiguan.journal.models import Entry as JournalEntry
from huiguan.tenancy.binding import in_chamber, in_federation
from tenants.affiliation.models import Entry as DirectoryEntry
from tenants.members.models import Contact, Group, GroupPlace, Member, Touch
from tests.contract.samples import sample

SECRETARY = Actor("秦若兰", person_id=uuid.uuid4(), permissions=frozenset({"*"}))


@pytest.fixture
def here(changde: Any) -> Any:
    """In 常德, as its secretary-general."""
    with acting_as(SECRETARY), in_chamber(changde):
        yield changde


def said_of(record: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the trail says happened to a record: verbs and changes, the oldest first."""
    entries = Entry.objects.filter(record_id=record.pk).order_by("number")
    return [(e.verb, e.changes) for e in entries]


def test_a_new_record_leaves_its_first_values_and_who_wrote_them(here: Any) -> None:
    group = Group.objects.create(name="青年委员会")
    entry = Entry.objects.get(record_id=group.pk)
    assert (entry.verb, entry.actor, entry.actor_id) == ("created", SECRETARY.name, SECRETARY.person_id)
    assert (entry.model, entry.record_text) == ("members.Group", "青年委员会")
    assert entry.changes == {"name": [None, "青年委员会"], "kind": [None, "committee"]}


def test_an_edit_leaves_what_was_before_and_after_and_nothing_else(here: Any) -> None:
    Group.objects.create(name="青年委员会")
    group = Group.objects.get()
    group.name = "青年企业家委员会"
    group.save()
    assert said_of(group)[1:] == [("changed", {"name": ["青年委员会", "青年企业家委员会"]})]


def test_saving_without_a_change_leaves_no_entry(here: Any) -> None:
    group = Group.objects.create(name="青年委员会")
    Group.objects.get().save()
    group.save()
    assert len(said_of(group)) == 1


def test_an_edit_tells_what_was_written_and_not_what_was_left_out(here: Any) -> None:
    group = Group.objects.create(name="青年委员会", purpose="交流")
    group.name, group.purpose = "青委会", "另议"
    group.save(update_fields=["name"])
    assert said_of(group)[-1] == ("changed", {"name": ["青年委员会", "青委会"]})
    group.save()
    assert said_of(group)[-1] == ("changed", {"purpose": ["交流", "另议"]})


def test_an_edit_after_a_refresh_is_not_blamed_for_what_others_changed(here: Any) -> None:
    mine = Group.objects.create(name="青年委员会", purpose="交流")
    Group.objects.filter(pk=mine.pk).update(purpose="联谊")
    mine.refresh_from_db()
    mine.name = "青委会"
    mine.save()
    assert said_of(mine)[-1] == ("changed", {"name": ["青年委员会", "青委会"]})


def test_a_value_changed_in_place_is_a_change(here: Any) -> None:
    record = sample(DirectoryEntry, strengths=["建材"])
    found = DirectoryEntry.objects.get(pk=record.pk)
    found.strengths.append("物流")
    found.save()
    assert said_of(record)[-1] == ("changed", {"strengths": [["建材"], ["建材", "物流"]]})


def test_an_edit_tells_what_it_overwrote_whatever_had_been_loaded(here: Any) -> None:
    Group.objects.create(name="青年委员会")
    mine, theirs = Group.objects.get(), Group.objects.get()
    theirs.purpose = "联谊"
    theirs.save()
    mine.save()
    assert said_of(mine)[-1] == ("changed", {"purpose": ["联谊", ""]})


def test_a_change_tried_again_after_a_rollback_is_told(here: Any) -> None:
    group = Group.objects.create(name="一组")
    group.purpose = "联谊"
    with pytest.raises(LookupError), transaction.atomic():
        group.save()
        raise LookupError
    group.save()
    assert said_of(group)[-1] == ("changed", {"purpose": ["", "联谊"]})


def test_a_date_given_as_text_is_no_change(here: Any) -> None:
    member = Member.objects.create(name="湘味餐饮", joined_on="2024-05-01")
    member.remarks = "老会员"
    member.save()
    assert list(said_of(member)[-1][1]) == ["remarks"]


def test_many_records_written_at_once_leave_an_entry_each(here: Any) -> None:
    made = Group.objects.bulk_create([Group(name="一组"), Group(name="二组")])
    assert [[verb for verb, _c in said_of(g)] for g in made] == [["created"], ["created"]]


def test_rows_that_a_conflict_kept_out_leave_no_entry(here: Any) -> None:
    there = Group.objects.create(name="一组")
    double, new = Group(name="一组"), Group(name="二组")
    Group.objects.bulk_create([double, new], ignore_conflicts=True)
    assert (said_of(double), len(said_of(new)), len(said_of(there))) == ([], 1, 1)


def test_a_bulk_write_over_existing_rows_is_refused(here: Any) -> None:
    with pytest.raises(trail.Untraceable):
        Group.objects.bulk_create(
            [Group(name="一组")], update_conflicts=True, unique_fields=["name"], update_fields=["purpose"]
        )


def test_a_bulk_update_leaves_an_entry_for_each_row_that_it_changed(here: Any) -> None:
    changed, same = Group.objects.bulk_create([Group(name="一组"), Group(name="二组", purpose="联谊")])
    Group.objects.update(purpose="联谊")
    assert said_of(changed)[-1] == ("changed", {"purpose": ["", "联谊"]})
    assert len(said_of(same)) == 1


def test_an_update_by_an_expression_leaves_the_values_it_came_to(here: Any) -> None:
    group = Group.objects.create(name="一组", purpose="联谊")
    Group.objects.update(name=F("purpose"))
    assert said_of(group)[-1] == ("changed", {"name": ["一组", "联谊"]})


def test_records_updated_from_a_list_leave_an_entry_each(here: Any) -> None:
    groups = Group.objects.bulk_create([Group(name="一组"), Group(name="二组")])
    for group in groups:
        group.purpose = f"{group.name}的事"
    Group.objects.bulk_update(groups, ["purpose"])
    assert [said_of(g)[-1][1] for g in groups] == [{"purpose": ["", "一组的事"]}, {"purpose": ["", "二组的事"]}]


def test_a_deletion_leaves_the_last_values(here: Any) -> None:
    one, two = Group.objects.bulk_create([Group(name="一组"), Group(name="二组")])
    keys = one.pk, two.pk
    one.delete()
    Group.objects.all().delete()
    last = {e.record_id: e for e in Entry.objects.filter(verb="deleted")}
    assert [last[key].changes["name"] for key in keys] == [["一组", None], ["二组", None]]


def test_what_is_deleted_along_with_a_record_leaves_its_own_entries(here: Any) -> None:
    member, other = Member.objects.bulk_create([Member(name="湘味餐饮"), Member(name="沅江建材")])
    contact = Contact.objects.create(member=member, name="向南枝", phone="13800000000")
    group, key = Group.objects.create(name="餐饮委员会"), str(contact.pk)
    place, touch = GroupPlace.objects.create(group=group, member=member), Touch(member=other, contact=contact)
    touch.note()
    member.delete()
    assert said_of(contact)[-1][0] == said_of(place)[-1][0] == "deleted"
    assert said_of(contact)[-1][1]["phone"] == ["138****0000", None]
    assert said_of(touch)[-1] == ("changed", {"contact_id": [key, None]})
    contact = Contact.objects.create(member=other, name="舒望")
    Member.objects.all().delete()
    assert said_of(contact)[-1][0] == "deleted"


def test_a_change_that_is_rolled_back_leaves_nothing_and_its_number_is_used_again(here: Any) -> None:
    before = Entry.objects.count()
    with pytest.raises(LookupError), transaction.atomic():
        Group.objects.create(name="一组")
        assert Entry.objects.count() == before + 1
        raise LookupError
    assert Entry.objects.count() == before
    Group.objects.create(name="二组")
    assert chain() == list(range(1, before + 2))


def test_a_change_whose_entry_cannot_be_written_does_not_happen(here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise LookupError

    monkeypatch.setattr(trail, "_append", refuse)
    group = Group(name="一组")
    for change in (group.save, lambda: Group.objects.bulk_create([Group(name="二组")])):
        with pytest.raises(LookupError):
            change()
    assert not Group.objects.exists()


def test_the_federations_changes_are_in_its_own_journal(changde: Any, hunan: Any) -> None:
    coordinator = Actor("连若谷", permissions=frozenset({"*"}), federation_id=hunan.pk)
    with acting_as(coordinator), in_federation():
        hunan.name = f"{hunan.name}（筹）"
        hunan.save()
    entry = JournalEntry.objects.filter(record_id=hunan.pk).latest("at")
    assert (entry.scope, entry.actor, entry.verb) == (str(hunan.pk), "连若谷", "changed")
    other = Actor("别处", permissions=frozenset({"*"}), federation_id=uuid.uuid4())
    with acting_as(other), in_federation():
        hunan.save(verb="noted")
    assert JournalEntry.objects.get(verb="noted").number == 1
    with in_chamber(changde):
        assert not Entry.objects.filter(record_id=hunan.pk).exists()


def test_the_application_can_neither_change_nor_remove_an_entry(here: Any) -> None:
    Group.objects.create(name="一组")
    for statement in ("update audit_entry set actor = 'x'", "delete from audit_entry", "truncate audit_entry"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with in_federation():
        for statement in ("update journal_entry set actor = 'x'", "delete from journal_entry"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.uuids()
leaves |= st.decimals(allow_nan=False) | st.sampled_from([*Member.Kind, mark_safe("<b>")])
values = st.recursive(leaves, lambda v: st.lists(v) | st.dictionaries(st.text() | st.integers(), v))


@given(value=values)
def test_a_value_is_kept_as_json_gives_it_back(value: Any) -> None:
    """Whichever short cut it takes: the digest is computed again from the row."""
    through = json.loads(json.dumps(value, cls=trail._Encoder), parse_float=trail._kept_number)
    assert repr(trail._plain(value)) == repr(through)


def chain() -> list[int]:
    """The numbers of the chamber's chain, which must be whole."""
    entries = list(Entry.objects.order_by("number"))
    assert first_break(entries) is None
    assert Head.objects.get().digest == entries[-1].digest
    return [e.number for e in entries]


def test_the_system_is_named_where_nobody_signed_in(changde: Any) -> None:
    with acting_as(SYSTEM), in_chamber(changde):
        group = Group.objects.create(name="一组")
        entry = Entry.objects.get(record_id=group.pk)
        assert (entry.actor, entry.actor_id) == ("Huiguan", None)
