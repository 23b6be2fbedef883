"""What has been kept long enough goes by its rule, and the chamber reads how much and why."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import localdate, now

from huiguan.actors import SYSTEM, acting_as
from huiguan.audit.models import Entry
from huiguan.deliveries.models import Delivery
from huiguan.months import months_after
from huiguan.privacy.models import Access, Removal
from huiguan.privacy.retaining import remove_due, rules
from huiguan.schedules import SCHEDULES
from huiguan.tenancy.binding import in_chamber
from tenants.members.models import Contact, ImportedRow, Member, Proposal, RegisterImport
from tests.conftest import chamber
from tests.contract.samples import sample
from tests.huiguan.tenancy.keeping.conftest import owner


def aged(record: Any, months: int) -> Any:
    """As if it had been written so long ago."""
    at, table = now() - datetime.timedelta(days=31 * months), record._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'update "{table}" set created_at = %s, changed_at = %s where id = %s', [at, at, record.pk])
    return record


def test_every_rule_says_what_how_long_and_why(as_person: Any) -> None:
    with as_person("qin"):
        names = Counter(rule.name for rule in rules())
        assert {"privacy.accesses", "deliveries.ended", "members.contacts", "applications.ended"} <= set(names)
        assert max(names.values()) == 1
        for rule in rules():
            assert str(rule.label) and str(rule.why)
            assert rule.months_now() >= 1
            assert not rule.over(localdate()).filter(pk=None).exists()


def test_nothing_goes_before_its_time(as_person: Any) -> None:
    with as_person("qin"):
        young = aged(sample(Delivery, status="sent"), 20)
        waiting = aged(sample(Delivery, status="waiting"), 40)
        member = Member.objects.create(name="在会商行")
        contact = aged(Contact.objects.create(member=member, name="甲", phone="13812345678"), 90)
        assert remove_due() == []
        assert {young.pk, waiting.pk} <= set(Delivery.objects.values_list("pk", flat=True))
        assert Contact.objects.filter(pk=contact.pk).exists()


def test_what_was_kept_long_enough_goes_and_is_written_down(as_person: Any) -> None:
    with as_person("qin"):
        for _number in range(3):
            aged(sample(Delivery, status="sent"), 30)
        left = Member.objects.create(
            name="退会商行", status="left", left_on=months_after(localdate(), -40), left_why="other"
        )
        contact = Contact.objects.create(member=left, name="甲", phone="13812345678")
        aged(sample(Proposal, member=left, status="accepted", value="13812345678"), 30)
        source = aged(sample(RegisterImport, content=b"13812345678"), 20)
        sample(ImportedRow, source=source, fields={"phones": ["13812345678"]})
        aged(source, 20)
        gone = {removal.rule: removal.number for removal in remove_due()}
        assert gone == {
            "deliveries.ended": 3, "members.contacts": 1, "members.imported_rows": 1, "members.proposals": 1
        }  # fmt: skip
        assert not Contact.objects.filter(pk=contact.pk).exists()
        assert RegisterImport.objects.get(pk=source.pk).content is None
        assert [e.verb for e in Entry.objects.filter(record_id=contact.pk).order_by("number")][-1] == "deleted"
        assert remove_due() == []
        assert Removal.objects.count() == 4


def test_a_book_that_the_chamber_cannot_change_is_shortened_by_the_owner(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        old, new = sample(Access), sample(Access)
    at = now() - datetime.timedelta(days=31 * 40)
    owner(f'update "{here.schema_name}".privacy_access set created_at = %s where id = %s', at, old.pk)
    with acting_as(SYSTEM), in_chamber(here):
        assert [(r.rule, r.number) for r in remove_due()] == [("privacy.accesses", 1)]
        assert list(Access.objects.values_list("pk", flat=True)) == [new.pk]


def test_it_happens_every_night() -> None:
    assert "huiguan.privacy.tasks.remove_everywhere" in {each["task"] for each in SCHEDULES.values()}


@pytest.mark.parametrize(("key", "status"), [("qin", 200), ("tan", 403)])
def test_administrators_read_the_rules_and_what_went(signed_in: Any, as_person: Any, key: str, status: int) -> None:
    with as_person("qin"):
        aged(sample(Delivery, status="sent"), 30)
        remove_due()
    page = signed_in(key).get("/privacy/retention/")
    assert page.status_code == status
    assert signed_in(key).get("/privacy/removal/").status_code == status
    if status == 200:
        assert [row["told"]["number"] for row in page.context["rows"] if row["told"]] == [1]
