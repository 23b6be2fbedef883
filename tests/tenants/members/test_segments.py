"""Segments: a list under a name, found anew each time; what a filter cannot understand any more finds nobody. [S1]"""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tenants.members import standings
from tenants.members.models import Group, GroupPlace, Member, Position, Segment, Touch
from tenants.members.views.segments import sizes

pytestmark = pytest.mark.django_db
LONG_AGO = localdate() - datetime.timedelta(days=800)


@pytest.fixture
def register(as_person: Any) -> dict[str, Member]:
    with as_person("qin"):
        made = {
            name: Member.objects.create(name=name, industry=industry)
            for name, industry in (("湘味餐饮", "餐饮"), ("洞庭酒楼", "餐饮"), ("沅江建材", "建材"))
        }
        made["洞庭酒楼"].leave(reason="歇业")
    return made


def segment(query: str, **fields: Any) -> Segment:
    made = Segment(name=fields.pop("name", "一段"), **fields)
    made.keep(QueryDict(query))
    made.save()
    return made


def names(of: Segment) -> set[str]:
    return set(of.members().values_list("name", flat=True))


def test_who_belongs_to_it_is_found_anew_each_time(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        catering = segment("industry=餐饮&status=active&sort=-name&page=2&utm=x")
        assert catering.query == "status=active&industry=%E9%A4%90%E9%A5%AE"
        assert names(catering) == {"湘味餐饮"}
        Member.objects.create(name="新来酒家", industry="餐饮")
        assert names(catering) == {"湘味餐饮", "新来酒家"}
        assert "餐饮" in catering.said()


@pytest.mark.parametrize("query", ["", "page=2", "sort=name", "industry=", "layer=9", "status=everybody", "silent=1"])
def test_a_list_that_is_not_narrowed_is_no_segment(working: Any, query: str) -> None:
    working("qin")
    with pytest.raises(ValidationError):
        segment(query)


@pytest.mark.parametrize(
    "query",
    ["status=everybody", "layer=9", "known=abc", "silent=1", "group=nonsense", "industry=养殖", "position=庄主"],
)
def test_what_cannot_be_understood_any_more_finds_nobody(register: Any, as_person: Any, query: str) -> None:
    with as_person("qin"):
        old = Segment.objects.create(name="旧的", query=query)
        assert names(old) == set()
        assert old.is_answerable == query.startswith(("industry", "position"))


def test_a_group_that_is_gone_finds_nobody(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        group = Group.objects.create(name="餐饮专委会")
        GroupPlace.objects.create(group=group, member=register["湘味餐饮"])
        of_group = segment(f"group={group.pk}")
        assert names(of_group) == {"湘味餐饮"}
        GroupPlace.objects.update(left_on=localdate())
        assert names(of_group) == set()
        group.delete()
        assert names(of_group) == set()


def test_filters_ask_what_holds_now_and_let_each_member_through_once(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        one = register["湘味餐饮"]
        Position.objects.create(member=one, title="理事", ends_on=LONG_AGO)
        assert names(segment("position=理事")) == set()
        for _term in range(2):
            Position.objects.create(member=one, title="理事")
        held = segment("position=理事", name="现任")
        assert list(held.members()) == [one]
        Touch(member=one, on=localdate() - datetime.timedelta(days=100)).note()
        assert names(segment("silent=3&status=active", name="三个月")) == {"湘味餐饮", "沅江建材"}
        assert names(segment("silent=6&status=active", name="六个月")) == {"沅江建材"}
        standings.refresh()
        assert names(segment("layer=2", name="紧密")) == {"湘味餐饮"}
        assert names(segment("known=25", name="不熟")) == set(register)


def test_a_private_one_is_for_its_owner_alone(register: Any, signed_in: Any, as_person: Any) -> None:
    url = "/members/segments/new/?industry=餐饮"
    assert signed_in("tan").post(url, {"name": "我的餐饮"}).headers["Location"].startswith("/members/member/?industry=")
    signed_in("tan").post(url, {"name": "餐饮", "is_shared": "on"})
    seen = {key: signed_in(key).get("/members/segments/").context["rows"] for key in ("tan", "peng", "qin")}
    assert [row["segment"].name for row in seen["tan"]] == ["我的餐饮", "餐饮"]
    assert [row["segment"].name for row in seen["peng"]] == ["餐饮"]
    assert [row["may_change"] for row in seen["tan"] + seen["peng"] + seen["qin"]] == [True, True, False, True]
    with as_person("tan"):
        private, shared = Segment.objects.order_by("is_shared")
    assert signed_in("peng").post(f"/members/segments/{private.pk}/removal/").status_code == 404
    assert signed_in("peng").post(f"/members/segments/{shared.pk}/removal/").status_code == 403
    assert signed_in("dai").get(f"/members/segments/{shared.pk}/").status_code == 404
    signed_in("qin").post(f"/members/segments/{shared.pk}/removal/")
    with as_person("tan"):
        assert list(Segment.objects.all()) == [private]
        assert Member.objects.count() == 3


def test_a_reader_keeps_one_for_oneself_and_cannot_give_it_to_all(
    register: Any, signed_in: Any, as_person: Any
) -> None:
    signed_in("ruan").post("/members/segments/new/?industry=餐饮", {"name": "餐饮", "is_shared": "on"})
    with as_person("qin"):
        assert not Segment.objects.get().is_shared


def test_the_same_name_twice_is_refused_and_what_was_typed_stays(register: Any, signed_in: Any) -> None:
    browser = signed_in("tan")
    browser.post("/members/segments/new/?industry=餐饮", {"name": "餐饮", "is_shared": "on"})
    answer = browser.post("/members/segments/new/?industry=建材", {"name": "餐饮", "is_shared": "on"})
    assert answer.status_code == 200
    assert 'value="餐饮"' in answer.content.decode()


def test_the_list_shows_them_and_an_export_of_one_holds_its_members(register: Any, signed_in: Any) -> None:
    browser = signed_in("tan")
    browser.post("/members/segments/new/?industry=餐饮&status=active", {"name": "在会餐饮", "is_shared": "on"})
    [chip] = browser.get("/members/member/").context["segments"]
    shown = browser.get(chip["url"])
    assert [row["title"] for row in shown.context["rows"]] == ["湘味餐饮"]
    assert shown.context["segments"][0]["current"]
    assert "在会餐饮" in shown.content.decode()
    exported = browser.get(shown.context["export_url"])
    sheet = openpyxl.load_workbook(io.BytesIO(exported.content)).active
    assert sheet.max_row == 2


def test_all_are_counted_in_one_query(register: Any, as_person: Any) -> None:
    with as_person("qin"):
        found = [segment("industry=餐饮", name="甲"), segment("q=湘味", name="乙"), Segment(name="丙", query="layer=9")]
        with CaptureQueriesContext(connection) as queries:
            assert sizes(found) == [2, 1, 0]
        assert len(queries) == 1
        assert sizes([]) == []
