"""A visit counts as a contact with the member without being written a second time; K09 counts whom it reached."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan.kpis import Period
from tenants.members import standings
from tenants.members.engagement import contacts
from tenants.members.kpis import active
from tenants.members.models import Member, Touch
from tenants.visits.kpis import visited
from tenants.visits.of_members import being_visited

pytestmark = pytest.mark.django_db
TODAY = localdate()
YEAR = datetime.timedelta(days=365)


def test_a_visit_is_a_contact_and_no_second_row(working: Any, member: Any, visit: Any) -> None:
    working("tan")
    there, other = member("走访过"), member("没人理")
    Touch(member=other, on=TODAY - YEAR - datetime.timedelta(days=9)).note()
    assert contacts(None, TODAY - YEAR, TODAY)[there.pk].value == 0
    visit(there, days=-3, made=True)
    marks = contacts(None, TODAY - YEAR, TODAY)
    assert marks[there.pk].value > 0.9 and marks[other.pk].value == 0
    assert Touch.objects.filter(member=there).count() == 0
    assert active(Period.year_to(TODAY)).numerator == 1


def test_the_list_of_silent_members_knows_of_visits(as_person: Any, member: Any, visit: Any, signed_in: Any) -> None:
    with as_person("tan"):
        there, _other = member("走访过"), member("没人理")
        visit(there, days=-20, made=True)
    rows = signed_in("tan").get("/members/member/?silent=3").context["rows"]
    assert [row["record"].name for row in rows] == ["没人理"]


def test_a_planned_visit_says_nothing_and_a_bad_one_says_much(working: Any, member: Any, visit: Any) -> None:
    working("tan")
    planned, good, bad = member("约了"), member("满意"), member("不满")
    visit(planned, days=1)
    visit(good, days=-364, made=True, mood="pleased")
    visit(bad, days=-9, made=True, mood="pleased")
    visit(bad, days=-2, made=True, mood="displeased")
    marks = being_visited(None, TODAY - YEAR, TODAY)
    assert planned.pk not in marks and marks[good.pk].value == 0.3 and marks[bad.pk].value == 0
    [worked] = standings.work_out(Member.objects.filter(pk=bad.pk))
    assert any(w.part.code == "visits" and w.is_low for w in worked.reasons)


def test_k09_counts_members_of_the_last_day_once(working: Any, member: Any, visit: Any) -> None:
    working("tan")
    period = Period.year_to(TODAY)
    seen, old = member("甲"), member("乙")
    assert visited(period).value is None
    visit(seen, days=-3, made=True)
    visit(seen, days=-9, made=True)
    visit(old, days=-365, made=True)
    left = member("丙")
    visit(left, days=-5, made=True)
    left.leave(reason="歇业", on=TODAY - datetime.timedelta(days=1))
    assert visited(period) == (50, 1, 2, 1.0)


def test_a_members_page_shows_visits_and_the_way_to_plan(as_person: Any, visit: Any, signed_in: Any) -> None:
    with as_person("tan"):
        made = visit(made=True)
    page = signed_in("tan").get(f"/members/member/{made.member_id}/").content.decode()
    assert f"/visits/visit/new/?member={made.member_id}" in page and f"/visits/visit/{made.pk}/" in page
