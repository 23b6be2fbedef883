"""Many records in one statement are as good as one by one: the same rows, the same trail, the same refusals."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext

from huiguan.audit.models import Entry
from huiguan.bulk import WORTH_IT
from huiguan.entries import first_break
from huiguan.records import InAnotherChamber
from huiguan.tenancy.binding import in_chamber
from tenants.members.models import Contact, Group, ImportedRow, Member, RegisterImport

AWKWARD = ["", "\\N", "\\.", "a\tb\nc\r\\d", "“引号”'", '{x,"y"}', "null", "𠮷野家"]


@pytest.fixture
def here(working: Any) -> Any:
    return working("qin")


def many(number: int = WORTH_IT, **given: Any) -> list[Member]:
    return [Member(name=f"第{each}家", **given) for each in range(number)]


def said_of(record: Any) -> list[Any]:
    return list(Entry.objects.filter(record_id=record.pk).order_by("number").values_list("verb", "changes"))


def test_many_new_records_are_copied_in_with_an_entry_each_in_one_whole_chain(here: Any) -> None:
    with CaptureQueriesContext(connection) as sent:
        made = Member.objects.bulk_create(many())
    assert not any("INSERT" in each["sql"] for each in sent)
    assert Member.objects.count() == Entry.objects.filter(verb="created", model="members.Member").count() == len(made)
    assert said_of(made[-1])[0][1]["name"] == [None, f"第{len(made) - 1}家"]
    assert first_break(Entry.objects.order_by("number")) is None


def test_what_is_copied_in_comes_back_as_it_was(here: Any) -> None:
    given: dict[str, Any] = {"joined_on": datetime.date(2019, 3, 5), "registered_capital_wan": Decimal("0.50")}
    made = many(**given, kind=Member.Kind.GROUP, dues_fen=3_000_000_000)
    for member, text in zip(made, AWKWARD, strict=False):
        member.remarks = text
    Member.objects.bulk_create(made)
    kept = {member.pk: member for member in Member.objects.all()}
    for member in made:
        for field in Member._meta.concrete_fields:
            assert getattr(kept[member.pk], field.attname) == getattr(member, field.attname), field


def test_what_is_written_in_json_comes_back_as_it_was(here: Any) -> None:
    source = RegisterImport.objects.create(filename="名册.xlsx")
    given = {"source": source, "sheet": "名册", "row_class": "member", "decision": "take"}
    rows = [ImportedRow(order=n, row=n, fields={"文": AWKWARD, "n": [1, 0.5, None]}, **given) for n in range(WORTH_IT)]
    ImportedRow.objects.bulk_create(rows)
    row = ImportedRow.objects.last()
    assert (row.fields, row.before) == (rows[0].fields, None)


def test_a_row_that_the_database_refuses_leaves_none_of_them(here: Any) -> None:
    code = "91610131MA6TX0XX0X"
    for wrong, error in ((many(credit_code=code), IntegrityError), (many(credit_code=code * 2), DataError)):
        with pytest.raises(error), transaction.atomic():
            Member.objects.bulk_create(wrong)
    assert not Member.objects.exists()
    assert not Entry.objects.filter(model="members.Member").exists()


def test_a_value_that_only_the_database_can_tell_is_still_inserted(here: Any) -> None:
    Group.objects.bulk_create([Group(name=f"{each}组", purpose=Upper(Value("a"))) for each in range(WORTH_IT)])
    assert Group.objects.filter(purpose="A").count() == WORTH_IT


def test_many_known_records_are_updated_by_one_statement_each_with_its_own_values(here: Any) -> None:
    made = Member.objects.bulk_create(many())
    for member, text in zip(made, AWKWARD, strict=False):
        member.remarks, member.joined_on = text, datetime.date(2020, 1, 2)
    with CaptureQueriesContext(connection) as sent:
        assert Member.objects.bulk_update(made, ["remarks", "joined_on"], verb="completed") == len(made)
    assert sum(each["sql"].lower().startswith("update") and "members_member" in each["sql"] for each in sent) == 1
    kept = dict(Member.objects.values_list("pk", "remarks"))
    assert [kept[member.pk] for member in made[: len(AWKWARD)]] == AWKWARD
    assert said_of(made[1])[-1] == ("completed", {"remarks": ["", "\\N"], "joined_on": [None, "2020-01-02"]})
    assert len(said_of(made[-1])) == 1  # nothing of it changed


def test_lists_of_different_lengths_are_updated_in_one_statement(here: Any) -> None:
    made = Member.objects.bulk_create(many(4))
    given = [[], ["市商务局"], ["市科技局", '{"高新区",}'], ["null", "", "a\\b"]]
    for member, departments in zip(made, given, strict=True):
        member.departments = departments
    Member.objects.bulk_update(made, ["departments"])
    kept = dict(Member.objects.values_list("pk", "departments"))
    assert [kept[member.pk] for member in made] == given


def test_an_update_touches_only_the_records_of_its_queryset(here: Any) -> None:
    one, two = Member.objects.bulk_create([Member(name="甲", industry="餐饮"), Member(name="乙")])
    one.remarks = two.remarks = "改"
    assert Member.objects.filter(industry="餐饮").bulk_update([one, two], ["remarks"]) == 1
    assert [m.remarks for m in Member.objects.order_by("id")] == ["改", ""]


def test_an_update_by_an_expression_is_left_to_the_database(here: Any) -> None:
    member = Member.objects.create(name="甲", industry="餐饮")
    member.remarks = F("industry")
    Member.objects.bulk_update([member], ["remarks"])
    assert Member.objects.get().remarks == "餐饮"


def test_a_text_that_is_too_long_is_refused_and_not_cut(here: Any) -> None:
    contact = Contact.objects.create(member=Member.objects.create(name="甲"), name="乙")
    contact.name = "长" * 41
    with pytest.raises(DataError), transaction.atomic():
        Contact.objects.bulk_update([contact], ["name"])


def test_records_of_another_chamber_are_not_written(shaoyang: Any, changde: Any, actor: Any) -> None:
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        with in_chamber(shaoyang):
            theirs = Member.objects.create(name="邵阳")
            queryset = Member.objects.all()
            list(queryset)
        with in_chamber(changde), pytest.raises(InAnotherChamber):
            queryset.bulk_update([theirs], ["name"])
        with in_chamber(changde):
            assert Member.objects.bulk_update([theirs], ["name"]) == 0
