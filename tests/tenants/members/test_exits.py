"""Leaving, removal and coming back: the reason is kept and counted, and no membership is forgotten. [S1]"""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan.actors import Actor, NotAllowed, acting_as, current_actor
from huiguan.kpis import Period
from huiguan.screens.timeline import timeline_of
from tenants.members.figures import coming_and_going
from tenants.members.kpis import net_growth, retention
from tenants.members.models import EarlierMembership, Group, GroupPlace, Member, Position, Turn
from tenants.members.models.belonging import Why
from tenants.members.views.exits import exits_of, reasons

pytestmark = pytest.mark.django_db
TODAY = localdate()


def days_ago(number: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=number)


@pytest.fixture
def member(working: Any) -> Member:
    working("qin")
    return Member.objects.create(name="湘味餐饮", joined_on=days_ago(1000))


REMOVAL = {"why": Why.DUES, "resolution": "第二届理事会第六次会议决议3号", "reason": "三年未缴"}


def test_a_removal_needs_the_right_and_keeps_its_resolution(member: Member) -> None:
    officer = Actor("谭一鸣", permissions=frozenset({"members.change", "members.view"}))
    with acting_as(officer), pytest.raises(NotAllowed):
        member.remove(**REMOVAL)
    member.remove(**REMOVAL)
    assert (member.status, member.left_why, member.resolution) == ("removed", "dues", REMOVAL["resolution"])
    assert not Member.objects.active().exists()
    assert not Member.objects.on(TODAY).exists()


def test_who_leaves_lays_down_every_duty(member: Member) -> None:
    other = Member.objects.create(name="沅江建材")
    position = Position.objects.create(member=member, title="理事")
    place = GroupPlace.objects.create(member=member, group=Group.objects.create(name="餐饮专委会"))
    place.lead()
    for number, one in enumerate((member, other, member), start=-1):
        Turn.objects.create(member=one, starts_on=days_ago(-30 * number), ends_on=days_ago(-30 * number - 29))
    member.leave(reason="迁往外地", why=Why.MOVED)
    place.refresh_from_db()
    position.refresh_from_db()
    assert (position.ends_on, place.left_on, place.is_leader) == (TODAY, TODAY, False)
    assert [t.member_id for t in Turn.objects.all()] == [member.pk, other.pk]


def test_nobody_leaves_before_having_joined(member: Member) -> None:
    with pytest.raises(ValidationError):
        member.leave(reason="x", on=days_ago(1001))
    assert Member.objects.get().status == "active"


def test_a_readmission_begins_anew_and_keeps_what_was(member: Member) -> None:
    member.remove(**REMOVAL, on=days_ago(300))
    member.readmit(on=days_ago(100))
    assert (member.status, member.joined_on, member.left_on, member.left_why) == ("active", days_ago(100), None, "")
    [earlier] = EarlierMembership.objects.all()
    assert (earlier.joined_on, earlier.left_on, earlier.was_removed) == (days_ago(1000), days_ago(300), True)
    there = [Member.objects.on(days_ago(n)).exists() for n in (1001, 1000, 301, 300, 101, 100, 0)]
    assert there == [False, True, True, False, False, True, True]
    told = [entry["verb"] for entry in timeline_of(member, current_actor(), "members.membership_of").entries]
    assert len(told) == 3
    assert REMOVAL["resolution"] in told[1]


def test_the_key_figures_know_of_memberships_that_ended_and_began_again(member: Member) -> None:
    for number in range(9):
        Member.objects.create(name=f"企业{number}", joined_on=days_ago(2000))
    member.leave(reason="歇业", on=days_ago(300))
    assert retention(Period.year_to(TODAY)).value == 90
    assert net_growth(Period.year_to(TODAY)).value == -10
    member.readmit(on=days_ago(100))
    assert retention(Period.year_to(TODAY)).value == 100
    assert net_growth(Period.year_to(TODAY)).value == 0
    assert net_growth(Period.year_to(days_ago(200))).value == -10
    joined, left = coming_and_going().series
    assert (sum(joined.values), sum(left.values)) == (1, 1)


def test_who_has_another_entry_with_the_same_code_is_not_readmitted(member: Member) -> None:
    member.credit_code = "91610104MA6TEST001"
    member.save()
    member.leave(reason="歇业")
    Member.objects.create(name="湘味新店", credit_code="91610104MA6TEST001")
    with pytest.raises(ValidationError, match="湘味新店"):
        member.readmit()
    assert Member.objects.get(pk=member.pk).status == "left"


def test_reasons_are_counted_by_year_with_those_who_came_back(member: Member) -> None:
    others = [Member.objects.create(name=f"企业{n}", joined_on=days_ago(3000)) for n in range(3)]
    others[0].leave(reason="", why=Why.MOVED)
    others[1].remove(**REMOVAL)
    others[2].leave(reason="", why=Why.MOVED, on=days_ago(800))
    member.leave(reason="", why=Why.MOVED)
    member.readmit()
    rows = exits_of(TODAY.year)
    assert {(r["member"].name, r["is_removal"], r["is_back"]) for r in rows} == {
        ("企业0", False, False), ("企业1", True, False), ("湘味餐饮", False, True),
    }  # fmt: skip
    chart = reasons(rows)
    assert dict(zip(chart.categories, chart.series[0].values, strict=True)) == {
        str(Why.MOVED.label): 2, str(Why.DUES.label): 1,
    }  # fmt: skip
    assert [r["member"].name for r in exits_of(days_ago(800).year)] == ["企业2"]


def test_an_exit_is_recorded_in_the_browser_with_its_reason(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        one = Member.objects.create(name="湘味餐饮", joined_on=days_ago(100))
    browser, url = signed_in("tan"), f"/members/member/{one.pk}/moves/leave/"
    said = {"why": "other", "reason": "股东不和", "on": TODAY.isoformat()}
    for field, wrong in {"why": "x", "reason": "", "on": days_ago(-1).isoformat()}.items():
        form = browser.post(url, {**said, field: wrong}).context["form"]
        assert form.errors.keys() == {field}
    assert browser.post(url, {**said, "on": days_ago(200).isoformat()}).context["form"].errors
    assert browser.post(url, said).status_code == 302
    page = browser.get("/members/exits/")
    assert [row["ended"].left_reason for row in page.context["rows"]] == ["股东不和"]
    for year in ("1999", "abcd", "٢٠٢٥", ""):
        assert browser.get("/members/exits/", {"year": year}).status_code == 200


def test_an_officer_is_not_offered_a_removal_and_its_form_wants_a_resolution(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        one = Member.objects.create(name="湘味餐饮")
    url = f"/members/member/{one.pk}/moves/remove/"
    assert url not in signed_in("tan").get(f"/members/member/{one.pk}/").content.decode()
    assert signed_in("tan").get(url).status_code == 403
    said = {"why": "dues", "reason": "三年未缴", "on": TODAY.isoformat()}
    assert signed_in("qin").post(url, said).context["form"].errors.keys() == {"resolution"}
    assert signed_in("qin").post(url, {**said, "resolution": "决议3号"}).status_code == 302
    with as_person("qin"):
        assert Member.objects.get().status == "removed"
