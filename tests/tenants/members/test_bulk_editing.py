"""One field of many members at once: shown before it is done, done as it was shown, and taken back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiguan.actors import Actor, NotAllowed, acting_as
from huiguan.audit.models import Entry
from tenants.members import bulk_editing
from tenants.members.models import BulkEdit, Contact, Member

pytestmark = pytest.mark.django_db
URL = "/members/changes/"


@pytest.fixture
def register(as_person: Any) -> dict[str, Member]:
    with as_person("qin"):
        made = {n: Member.objects.create(name=n, industry=i) for n, i in (("甲", "餐饮"), ("乙", "餐饮业"), ("丙", ""))}
        Contact.objects.create(member=made["甲"], name="向南枝", phone="13800000000")
    return made


def change(field: str, value: Any, members: Any = None) -> BulkEdit:
    members = Member.objects.all() if members is None else members
    return bulk_editing.apply(members, field, value, seen=bulk_editing.preview(members, field, value).seen)


def industries(as_person: Any) -> dict[str, str]:
    with as_person("qin"):
        return dict(Member.objects.values_list("name", "industry"))


def test_what_would_change_is_shown_member_by_member(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        shown = bulk_editing.preview(Member.objects.all(), "industry", "餐饮")
        assert {(c.member.name, c.before, c.after) for c in shown.changes} == {
            ("乙", "餐饮业", "餐饮"),
            ("丙", "", "餐饮"),
        }
        assert shown.unchanged == 1
        sized = bulk_editing.preview(Member.objects.all(), "headcount", Member.Headcount.UNDER_100)
        assert {c.after for c in sized.changes} == {"10 至 99 人"}
        assert Member.objects.filter(industry="餐饮").count() == 1


def test_all_are_changed_trailed_found_anew_and_taken_back(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        record = change("industry", "酒店")
        assert record.number == 3
        assert Member.objects.search("酒店").count() == Member.objects.search("jd").count() == 3
        assert [m.name for m in Member.objects.search("向南枝")] == ["甲"]
        told = Entry.objects.filter(record_id=register["乙"].pk).latest("number")
        assert told.changes == {"industry": ["餐饮业", "酒店"]}
        record.undo()
    assert industries(as_person) == {"甲": "餐饮", "乙": "餐饮业", "丙": ""}


def test_what_was_changed_again_since_then_stays(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        record = change("industry", "酒店")
        other = Member.objects.get(name="甲")
        other.industry = "民宿"
        other.save()
        Member.objects.get(name="丙").delete()
        record.undo()
        entry = Entry.objects.filter(record_id=record.pk).latest("number")
        assert entry.facts == {"members": 1, "unchanged": 2}
    assert industries(as_person) == {"甲": "民宿", "乙": "餐饮业"}


def test_exactly_what_was_shown_is_done_or_nothing(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        everybody = Member.objects.all()
        seen = bulk_editing.preview(everybody, "industry", "酒店").seen
        Member.objects.create(name="丁", industry="建材")
        for value in ("酒店", "旅馆"):
            with pytest.raises(ValidationError):
                bulk_editing.apply(everybody, "industry", value, seen=seen)
        with pytest.raises(ValidationError):
            change("industry", "餐饮", everybody.filter(name="甲"))  # nothing would change
        assert not BulkEdit.objects.exists()


def test_who_may_not_change_members_changes_none(register: Any, as_person: Any, signed_in: Any) -> None:
    reader = Actor("reader", permissions=frozenset({"members.view"}))
    with as_person("qin"), acting_as(reader), pytest.raises(NotAllowed):
        change("industry", "酒店")
    assert signed_in("ruan").get(URL).status_code == 403


def test_many_are_changed_in_as_many_queries_as_few(register: Any, as_person: Any) -> None:
    counts = []
    with as_person("qin"):
        for number in (3, 60):
            Member.objects.bulk_create([Member(name=f"企业{number}-{n}") for n in range(number)])
            with CaptureQueriesContext(connection) as queries:
                change("industry", f"第{number}业")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_person_chooses_looks_applies_and_takes_it_back(register: Any, signed_in: Any, as_person: Any) -> None:
    browser, chosen = signed_in("tan"), [str(register[name].pk) for name in ("甲", "乙")]
    first = browser.post(URL, {"chosen": chosen})
    assert [key for key, _label in first.context["form"].fields["scope"].choices] == ["chosen", "all"]
    said = {"chosen": chosen, "scope": "chosen", "field": "industry"}
    second = browser.post(URL, said)
    assert "value" in second.context["form"].fields
    assert second.context["preview"] is None
    shown = browser.post(URL, {**said, "step": "2", "value": "酒店"})
    assert len(shown.context["preview"].changes) == 2
    assert industries(as_person)["甲"] == "餐饮"
    stale = browser.post(URL, {**said, "step": "2", "value": "酒店", "apply": "1", "seen": "x"})
    assert stale.context["preview"].seen == shown.context["preview"].seen
    apply = {**said, "step": "2", "value": "酒店", "apply": "1", "seen": shown.context["preview"].seen}
    done = browser.post(f"{URL}?q=", apply, follow=True)
    assert industries(as_person) == {"甲": "酒店", "乙": "酒店", "丙": ""}
    undo = done.content.decode().split('action="/members/bulkedit/')[1].split('"')[0]
    browser.post(f"/members/bulkedit/{undo}")
    assert industries(as_person) == {"甲": "餐饮", "乙": "餐饮业", "丙": ""}


def test_all_of_a_narrowed_list_are_meant_and_no_others(register: Any, signed_in: Any, as_person: Any) -> None:
    browser, said = signed_in("tan"), {"scope": "all", "field": "region", "step": "2", "value": "雁塔区"}
    shown = browser.post(f"{URL}?industry=餐饮", said)
    assert [c.member.name for c in shown.context["preview"].changes] == ["甲"]
    answer = browser.post(f"{URL}?industry=餐饮", {**said, "apply": "1", "seen": shown.context["preview"].seen})
    assert answer.headers["Location"].startswith("/members/member/?industry=")
    with as_person("qin"):
        assert dict(Member.objects.values_list("name", "region")) == {"甲": "雁塔区", "乙": "", "丙": ""}


@pytest.mark.parametrize(("field", "wrong"), [("value", "很" * 41), ("scope", "x")])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(register: Any, signed_in: Any, field: str, wrong: str) -> None:
    said = {"scope": "all", "field": "industry", "step": "2", "value": "酒店", field: wrong}
    form = signed_in("tan").post(URL, said).context["form"]
    assert form.errors.keys() == {field}
    assert form["value"].value() == said["value"]


@pytest.mark.parametrize("name", ["name", "status", "credit_code", "id", "__class__"])
def test_only_what_many_can_share_is_changed_at_once(register: Any, signed_in: Any, name: str) -> None:
    said = {"scope": "all", "field": name, "step": "2", "value": "left", "apply": "1", "seen": ""}
    answer = signed_in("tan").post(URL, said)
    assert "value" not in answer.context["form"].fields
    assert answer.context["preview"] is None


def test_members_of_another_chamber_cannot_be_chosen(register: Any, signed_in: Any, as_person: Any) -> None:
    with as_person("dai"):
        theirs = Member.objects.create(name="邵阳企业", industry="建材")
    said = {"chosen": [str(theirs.pk)], "scope": "chosen", "field": "industry", "step": "2", "value": "酒店"}
    assert signed_in("tan").post(URL, said).context["preview"] is None
    with as_person("dai"):
        assert Member.objects.get().industry == "建材"
