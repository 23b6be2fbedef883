"""Whom nobody has seen for long, visits planned for many at once, the way of a day. [004]"""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from tenants.visits import coverage
from tenants.visits.actions import plan_visits
from tenants.visits.models import Visit

pytestmark = pytest.mark.django_db
FRIDAY = datetime.date(2026, 11, 27)


def names(answer: Any) -> list[str]:
    return [row["record"].name for row in answer.context["rows"]]


@pytest.fixture
def four(as_person: Any, member: Any, visit: Any) -> dict[str, Any]:
    """Never, long ago, lately, and long ago with a plan."""
    with as_person("tan"):
        made = {name: member(name, region="雁塔区") for name in ("从未", "去年", "上周", "已约")}
        visit(made["去年"], days=-400, made=True)
        visit(made["上周"], days=-7, made=True)
        visit(made["已约"], days=-380, made=True)
        visit(made["已约"], days=5)
        visit(made["从未"], days=-3).cancel(reason="没人")
        member("退会").leave(reason="歇业")
    return made


def test_the_longest_unseen_come_first_and_what_was_cancelled_does_not_count(four: Any, signed_in: Any) -> None:
    browser = signed_in("tan")
    assert names(browser.get("/visits/coverage/")) == ["从未", "去年", "已约", "上周"]
    assert names(browser.get("/visits/coverage/?unseen=12")) == ["从未", "去年", "已约"]
    assert names(browser.get("/visits/coverage/?unseen=12&planned=no")) == ["从未", "去年"]
    assert names(browser.get("/visits/coverage/?unseen=never")) == ["从未"]
    assert names(browser.get("/visits/coverage/?q=上周")) == ["上周"]
    assert browser.get("/visits/coverage/?segment=nonsense").context["total"] == 0
    assert browser.get("/visits/coverage.xlsx?unseen=12").status_code == 200


def test_coverage_counts_members_not_visits(four: Any, as_person: Any, visit: Any) -> None:
    with as_person("tan"):
        visit(four["上周"], days=-1, made=True)
        assert coverage.share() == (25, None)
        assert coverage.still_to_visit() == 2
        assert sum(coverage.by_month().series[0].values) == 2


def test_the_chosen_are_planned_with_visitors_and_can_be_taken_back(
    four: Any, as_person: Any, signed_in: Any, actor: Any
) -> None:
    browser, tan = signed_in("tan"), actor("tan").person_id
    chosen = [str(four["从未"].pk), str(four["去年"].pk), "nonsense"]
    assert len(browser.post("/visits/plan/", {"chosen": chosen}).context["members"]) == 2
    day = localdate() + datetime.timedelta(days=3)
    sent = {"chosen": chosen, "step": "2", "on": day.isoformat(), "visitors": [str(tan)], "purpose": "了解用工"}
    past = {**sent, "on": "2020-01-01"}
    assert browser.post("/visits/plan/", past).context["form"].errors
    assert browser.post("/visits/plan/", sent).status_code == 302
    with as_person("tan"):
        planned = Visit.objects.planned().filter(on=day)
        assert set(planned.values_list("visitors", flat=True)) == {"谭一鸣"} and planned.count() == 2
        batch, kept = planned[0].batch, planned[0]
        kept.cancel(reason="改电话")
    browser.post(f"/visits/plan/{batch}/undo/")
    with as_person("tan"):
        assert list(Visit.objects.filter(batch=batch)) == [kept]


def test_many_visits_go_on_over_the_working_days(working: Any, member: Any) -> None:
    working("tan")
    plan_visits(members=[member(str(n)) for n in range(5)], on=FRIDAY, per_day=2, visitor_ids=[])
    days = [visit.on for visit in Visit.objects.order_by("on")]
    monday = FRIDAY + datetime.timedelta(days=3)
    assert days == [FRIDAY, FRIDAY, monday, monday, monday + datetime.timedelta(days=1)]


def test_the_way_goes_district_by_district_with_numbers_to_call(
    as_person: Any, member: Any, visit: Any, signed_in: Any
) -> None:
    with as_person("tan"):
        for name, region, street in (
            ("乙", "雁塔区", "明湖路1号"),
            ("丙", "碑林区", "文景路9号"),
            ("甲", "雁塔区", "建工路2号"),
        ):
            visit(member(name, region=region, address=street), days=2)
        visit(member("不去"), days=2).cancel(reason="改期")
    answer = signed_in("peng").get("/visits/route/")
    order = [stop["member"].name for stop in answer.context["stops"]]
    assert set(order[:1]) != {"不去"} and len(order) == 3
    assert order.index("甲") - order.index("乙") in (1, -1)
    assert "tel:13900000001" in answer.content.decode()
    paper = signed_in("peng").get(f"/visits/route.pdf?day={answer.context['day']:%Y-%m-%d}")
    assert paper.content.startswith(b"%PDF")
    assert signed_in("peng").get("/visits/route/?day=2026-99-99&visitor=x").status_code == 200


def test_chosen_visits_are_put_off_together_or_not_at_all(as_person: Any, visit: Any, signed_in: Any) -> None:
    with as_person("tan"):
        planned, made = visit(days=1), visit(days=-1, made=True)
    day = localdate() + datetime.timedelta(days=9)
    sent = {"chosen": [str(planned.pk), str(made.pk)], "step": "2", "on": day.isoformat(), "reason": "大雪"}
    browser = signed_in("tan")
    assert browser.post("/visits/visit/many/postpone/", sent).context["form"].errors
    with as_person("tan"):
        assert Visit.objects.get(pk=planned.pk).postponed == 0
    assert browser.post("/visits/visit/many/postpone/", {**sent, "chosen": [str(planned.pk)]}).status_code == 302
    with as_person("tan"):
        assert Visit.objects.get(pk=planned.pk).on == day


def test_who_may_not_read_numbers_sees_the_way_without_them(as_person: Any, visit: Any, signed_in: Any) -> None:
    with as_person("tan"):
        planned = visit(days=1)
    browser = signed_in("ruan")
    for url in ("/visits/route/", f"/visits/visit/{planned.pk}/"):
        page = browser.get(url).content.decode()
        assert "史建安" in page and "13900000001" not in page
    assert browser.get("/visits/route.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("region", "address", "district"),
    [
        ("", "西安市雁塔区明湖路1号", "雁塔区"), ("", "碑林区文景路9号", "碑林区"), ("", "", ""),
        ("高新区", "西安市雁塔区", "高新区"), ("", "陕西省西安市周至县城关", "周至县"), ("", "文景路9号", ""),
    ],
)  # fmt: skip
def test_a_district_is_read_from_the_address_where_it_is_not_written(region: str, address: str, district: str) -> None:
    from tenants.members.models import Member

    assert coverage.district_of(Member(region=region, address=address)) == district
