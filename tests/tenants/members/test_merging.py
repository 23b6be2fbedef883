"""Two entries of one member become one: rows of every capability follow, it can be undone, and unsafe is refused."""

import datetime
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from huiguan.actors import SYSTEM, Actor, NotAllowed, acting_as
from huiguan.audit.models import Entry
from huiguan.records import Merged
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_chamber
from tenants.exchange.models import Listing
from tenants.members.merging import joining, planning
from tenants.members.merging.suggesting import better, suggestions
from tenants.members.models import Consent, Contact, Group, GroupPlace, Member, Merge, Position, Touch
from tests.conftest import chamber
from tests.support.threads import together

CODE, OTHER_CODE = "91610104MA6TEST001", "91610104MA6TEST00X"


def merge(kept: Member, gone: Member, **chosen: str) -> Merge:
    kept, gone = Member.objects.get(pk=kept.pk), Member.objects.get(pk=gone.pk)
    return joining.merge(kept=kept, gone=gone, chosen=chosen, seen=joining.state_of(kept, gone))


def full(name: str, **fields: Any) -> Member:
    """A member with a row of each kind."""
    member = Member.objects.create(name=name, **fields)
    Contact.objects.create(member=member, name="向南枝", phone="13800000000")
    Position.objects.create(member=member, title="理事")
    GroupPlace.objects.create(member=member, group=Group.objects.get_or_create(name="餐饮专委会")[0])
    Consent.objects.create(member=member, purpose="matching", given_by="向南枝")
    Touch(member=member, on=localdate()).note()
    Listing.objects.create(member=member, title=f"{name}的需求")
    return member


@pytest.fixture
def two(working: Any) -> tuple[Member, Member]:
    working("qin")
    kept = full("西安湘味园餐饮管理有限公司", products="湘菜", departments=["市商务局"])
    return kept, full("湘味园", products="团餐", departments=["市文旅局"], address="雁塔区", credit_code=CODE)


def where(model: Any, member: Member) -> int:
    return int(planning.of_model(model).filter(member=member).count())


def test_rows_of_every_capability_follow(two: Any) -> None:
    kept, gone = two
    record = merge(kept, gone)
    assert [where(m, kept) for m in (Contact, Position, Touch, Listing)] == [2, 2, 2, 2]
    assert [where(m, gone) for m in (Contact, Position, Touch, Listing)] == [0, 0, 0, 0]
    assert {key.split(".")[0] for key in record.moved} == {"members", "exchange"}
    found = {f"{model._meta.label}.{name}" for model, name in planning.references()}
    pointing = {
        f"{f.model._meta.label}.{f.name}" for m in apps.get_models() for f in m._meta.concrete_fields
        if f.related_model is Member and getattr(f.model, "when_merged", None) is not Merged.STAYS
    }  # fmt: skip
    assert found == pointing


def test_what_only_one_may_have_stays_with_the_entry_that_goes(two: Any) -> None:
    kept, gone = two
    merge(kept, gone)
    assert [where(m, kept) for m in (GroupPlace, Consent)] == [1, 1]
    assert [where(m, gone) for m in (GroupPlace, Consent)] == [1, 1]


def test_fields_are_taken_as_they_were_chosen(two: Any) -> None:
    kept, gone = two
    merge(kept, gone, products="both", departments="both", name="kept")
    member = Member.objects.get()
    assert (member.name, member.credit_code, member.address) == (kept.name, CODE, "雁塔区")
    assert (member.products, member.departments) == ("湘菜\n团餐", ["市商务局", "市文旅局"])
    assert Member.objects.search("xwy").count() == 1


def test_the_entry_that_went_is_no_member_any_more(two: Any) -> None:
    kept, gone = two
    merge(kept, gone)
    assert list(Member.objects.all()) == [kept]
    assert Member.objects.on(localdate()).count() == 1
    with pytest.raises(ValidationError):
        merge_again = joining.state_of(kept, gone)
        joining.merge(kept=kept, gone=gone, chosen={}, seen=merge_again)


def test_every_row_that_moved_has_an_entry_in_the_trail(two: Any) -> None:
    kept, gone = two
    before = Entry.objects.latest("number").number
    record = merge(kept, gone)
    told = Entry.objects.filter(number__gt=before)
    moved = {key for ids in record.moved.values() for key in ids}
    assert moved <= {str(key) for key in told.values_list("record_id", flat=True)}
    assert {e.record_id for e in told.filter(verb="merged")} == {kept.pk, gone.pk}


def test_it_is_undone_as_if_nothing_had_happened(two: Any) -> None:
    kept, gone = two
    merge(kept, gone, products="both", departments="gone").undo()
    here, there = Member.objects.get(pk=kept.pk), Member.objects.get(pk=gone.pk)
    for after, before in ((here, kept), (there, gone)):
        assert [getattr(after, f) for f in ("products", "departments", "address", "credit_code")] == [
            getattr(before, f) for f in ("products", "departments", "address", "credit_code")
        ]
        assert [where(m, after) for m in (Contact, Position, GroupPlace, Consent, Touch, Listing)] == [1] * 6
    assert Member.objects.search("雁塔").count() == Member.objects.filter(search_text__contains="雁塔").count()


def test_what_people_changed_since_stays_when_it_is_undone(two: Any) -> None:
    kept, gone = two
    record = merge(kept, gone, products="gone")
    member = Member.objects.get()
    member.products = "改了主意"
    member.save()
    Contact.objects.create(member=member, name="新来的人")
    Contact.objects.filter(member=member, name="向南枝").order_by("id")[1].delete()
    record.undo()
    assert Member.objects.get(pk=kept.pk).products == "改了主意"
    assert Member.objects.get(pk=gone.pk).products == "团餐"
    assert [where(Contact, kept), where(Contact, gone)] == [2, 0]
    with pytest.raises(WrongState):
        record.undo()


def test_after_thirty_days_it_stays(two: Any) -> None:
    record = merge(*two)
    record.created_at = now() - datetime.timedelta(days=31)
    record.save()
    with pytest.raises(ValidationError, match="30"):
        record.undo()
    assert Member.objects.count() == 1


def test_a_code_that_another_has_taken_is_not_given_back(two: Any) -> None:
    kept, gone = two
    record = merge(kept, gone)
    Member.objects.filter(pk=kept.pk).update(credit_code="")
    Member.objects.create(name="第三家", credit_code=CODE)
    with pytest.raises(ValidationError, match=CODE):
        record.undo()
    assert Member.objects.count() == 2


def test_merges_are_undone_in_the_order_they_were_made(two: Any) -> None:
    kept, gone = two
    third = Member.objects.create(name="湘味园总店")
    first, second = merge(kept, gone), merge(third, kept)
    assert planning.of_model(Member).filter(merged_into=third).count() == 2
    with pytest.raises(ValidationError):
        first.undo()
    second.undo()
    first.undo()
    assert Member.objects.count() == 3
    assert where(Contact, gone) == 1


@pytest.mark.parametrize(
    ("kept", "gone"),
    [
        ({"credit_code": CODE}, {"credit_code": OTHER_CODE}),
        ({"status": "left"}, {}),
        ({"chamber_id": uuid.UUID(int=1)}, {"chamber_id": uuid.UUID(int=2)}),
    ],
    ids=["two codes", "one that left", "two chambers"],
)  # fmt: skip
def test_what_is_not_one_member_is_refused_with_words(working: Any, kept: Any, gone: Any) -> None:
    working("qin")
    one, other = Member.objects.create(name="甲", **kept), Member.objects.create(name="甲", **gone)
    with pytest.raises(ValidationError):
        merge(one, other)
    assert Member.objects.count() == 2
    assert not Merge.objects.exists()


def test_two_of_what_only_one_may_exist_is_refused_unless_one_may_be_left(two: Any, monkeypatch: Any) -> None:
    """A capability whose rows are not to be dropped, such as an invoice of a year, need not say so."""
    monkeypatch.setattr(GroupPlace, "when_merged", Merged.FOLLOWS)
    with pytest.raises(ValidationError, match="餐饮专委会"):
        merge(*two)
    assert [where(GroupPlace, each) for each in two] == [1, 1]


def test_who_may_not_merge_changes_nothing(two: Any) -> None:
    kept, gone = two
    with acting_as(Actor("somebody", permissions=frozenset({"members.change"}))), pytest.raises(NotAllowed):
        merge(kept, gone)
    assert Member.objects.count() == 2


def test_a_decision_about_what_was_changed_meanwhile_is_refused(two: Any) -> None:
    kept, gone = two
    seen = joining.state_of(kept, gone)
    gone.address = "碑林区"
    gone.save()
    with pytest.raises(ValidationError):
        joining.merge(kept=kept, gone=gone, chosen={}, seen=seen)


def test_of_two_at_once_one_wins_and_the_other_is_told(own_database: str) -> None:
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        one, other = Member.objects.create(name="甲"), Member.objects.create(name="甲记")
        seen = {True: joining.state_of(one, other), False: joining.state_of(other, one)}

    def decide(keeps_one: bool) -> Merge:
        kept, gone = (one, other) if keeps_one else (other, one)
        with acting_as(SYSTEM), in_chamber(here):
            return joining.merge(kept=kept, gone=gone, chosen={}, seen=seen[keeps_one])

    outcomes = together(decide, [True, False])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Merge", "ValidationError"]
    with acting_as(SYSTEM), in_chamber(here):
        assert Member.objects.count() == 1


def test_pairs_are_suggested_by_code_name_and_telephone_the_certain_first(working: Any) -> None:
    working("qin")
    names = ["西安湘味园餐饮有限公司", "湘味园餐饮", "陕西沅江建材有限公司", "陕西沅江建材有限公司", "洞庭茶叶行"]
    made = [Member.objects.create(name=name) for name in names]
    for member, phone in ((made[0], "1"), (made[1], "1"), (made[4], "1")):
        Contact.objects.create(member=member, name="向南枝", phone=f"1380000000{phone}")
    pairs = {frozenset({p.one, p.other}): p for p in suggestions()}
    assert pairs[frozenset(made[:2])].is_certain
    assert pairs[frozenset(made[2:4])].how == "same_name"
    assert not pairs[frozenset({made[0], made[4]})].is_certain
    assert frozenset({made[0], made[2]}) not in pairs
    certain = [p.is_certain for p in suggestions()]
    assert certain == sorted(certain, reverse=True)
    assert all(str(p.reason) for p in suggestions())


def test_what_is_said_not_to_be_the_same_is_not_asked_again(working: Any) -> None:
    working("qin")
    one, other = (Member.objects.create(name="陕西沅江建材有限公司") for _number in range(2))
    assert len(suggestions()) == 1
    record = joining.dismiss(one=other, other=one)
    assert suggestions() == []
    record.reconsider()
    assert len(suggestions()) == 1


def test_the_one_of_whom_more_is_known_is_proposed_to_stay(working: Any) -> None:
    working("qin")
    bare = Member.objects.create(name="湘味园")
    known = Member.objects.create(name="湘味园餐饮", credit_code=CODE)
    assert better(bare, known) == better(known, bare) == (known, bare)


def test_a_person_compares_merges_and_takes_it_back(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        kept, gone = full("西安湘味园餐饮管理有限公司", address="雁塔区"), full("湘味园", address="碑林区")
    browser = signed_in("tan")
    url = f"/members/duplicates/{kept.pk}/{gone.pk}/"
    assert url in browser.get("/members/duplicates/").content.decode()
    page = browser.get(url)
    assert {each.name for each in page.context["differences"]} == {"name", "address"}
    stale = browser.post(url, {"seen": "x", "address": "gone"})
    assert stale.headers["Location"] == url
    done = browser.post(url, {"seen": page.context["seen"], "address": "gone"}, follow=True)
    assert "碑林区" in done.content.decode()
    assert browser.get(f"/members/member/{gone.pk}/").headers["Location"] == f"/members/member/{kept.pk}/"
    undo = done.content.decode().split('action="/members/merge/')[1].split('"')[0]
    browser.post(f"/members/merge/{undo}")
    with as_person("qin"):
        assert Member.objects.count() == 2
        assert Member.objects.get(pk=kept.pk).address == "雁塔区"


def test_two_of_the_list_are_merged_and_three_are_not(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        made = [Member.objects.create(name=name) for name in ("甲", "乙", "丙")]
    browser = signed_in("tan")
    two = browser.post("/members/duplicates/chosen/", {"chosen": [str(m.pk) for m in made[:2]]})
    assert two.headers["Location"] == f"/members/duplicates/{made[0].pk}/{made[1].pk}/"
    for chosen in ([str(m.pk) for m in made], ["x", str(made[0].pk)], []):
        assert browser.post("/members/duplicates/chosen/", {"chosen": chosen}).headers["Location"] == "/members/member/"
    assert browser.get(f"/members/duplicates/{made[0].pk}/{made[0].pk}/").status_code == 404
    assert signed_in("ruan").get("/members/duplicates/").status_code == 403
