"""A new term carries over the chosen positions; rotating presidents preside one after the other. [001, 003]"""

import datetime
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from huiguan.months import months_after
from tenants.members.actions import begin_term, plan_rotation, turns
from tenants.members.models import Member, Position, Term, Turn
from tenants.members.waiting import on_duty

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiguan.urls_chamber")]
DAY = datetime.date(2027, 3, 18)
ONE = datetime.timedelta(days=1)


@pytest.fixture
def council(working: Any) -> dict[str, Position]:
    working("qin")
    term = Term.objects.create(number=2, starts_on=datetime.date(2022, 3, 18), ends_on=datetime.date(2027, 12, 31))
    titles = {"甲": "会长", "乙": "副会长", "丙": "理事"}
    return {
        name: Position.objects.create(member=Member.objects.create(name=name), title=title, term=term)
        for name, title in titles.items()
    }


def test_the_chosen_go_on_and_the_others_end_the_day_before(council: Any) -> None:
    term = begin_term(number=3, starts_on=DAY, ends_on=None, carried=[council["甲"], council["丙"]])
    held = Position.objects.held(DAY).values_list("member__name", "title", "term")
    assert sorted(held) == [("丙", "理事", term.pk), ("甲", "会长", term.pk)]
    assert sorted(Position.objects.held(DAY - ONE).values_list("member__name", flat=True)) == ["丙", "乙", "甲"]
    assert Term.objects.get(number=2).ends_on == DAY - ONE
    assert [p.rank for p in term.positions.all()] == sorted(p.rank for p in term.positions.all())


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": datetime.date(2022, 3, 18)},
        {"number": 2},
        {"ends_on": DAY},
    ],
    ids=["not after the last", "a number twice", "no day long"],
)
def test_a_term_that_cannot_be_changes_nothing(council: Any, wrong: Any) -> None:
    said = {"number": 3, "starts_on": DAY, "ends_on": None, **wrong}
    with pytest.raises(ValidationError), transaction.atomic():
        begin_term(carried=list(council.values()), **said)
    assert Position.objects.count() == 3
    assert Term.objects.count() == 1


def test_a_position_without_days_is_held(council: Any) -> None:
    assert Position.objects.held(datetime.date(1999, 1, 1)).count() == 3
    council["甲"].ends_on = DAY
    council["甲"].save()
    assert Position.objects.held(DAY).count() == 3
    assert Position.objects.held(DAY + ONE).count() == 2


def test_a_term_begins_in_the_browser_with_those_that_are_chosen(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        kept, dropped, plain = (
            Position.objects.create(member=Member.objects.create(name=name), title=title)
            for name, title in (("甲", "会长"), ("乙", "理事"), ("丙", "会员"))
        )
    browser = signed_in("tan")
    groups = browser.get("/members/term/begin/").context["groups"]
    assert [(g["title"], [r["is_chosen"] for r in g["rows"]]) for g in groups] == [("会长", [True]), ("理事", [True])]
    said = {"number": "1", "starts_on": "2027-03-18", "carried": [str(kept.pk)]}
    answer = browser.post("/members/term/begin/", {**said, "starts_on": "x"})
    assert [r["is_chosen"] for g in answer.context["groups"] for r in g["rows"]] == [True, False]
    assert browser.post("/members/term/begin/", {**said, "carried": [str(plain.pk)]}).status_code == 200
    assert browser.post("/members/term/begin/", said).status_code == 302
    with as_person("qin"):
        assert list(Position.objects.held(DAY).values_list("title", flat=True)) == ["会长"]
        assert Position.objects.get(pk=dropped.pk).ends_on == DAY - ONE


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"), ("2026-11-30", 3, "2027-02-28"), ("2024-01-31", 1, "2024-02-29"),
        ("2026-05-01", 12, "2027-05-01"),
    ],
)  # fmt: skip
def test_a_month_later_is_the_same_day_or_the_last(day: str, months: int, expected: str) -> None:
    assert months_after(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(expected)


def test_turns_follow_each_other_without_a_gap_to_the_last_day(council: Any) -> None:
    members = [council[name].member for name in ("甲", "乙", "丙")]
    planned = turns(members, first=DAY, months=3, until=datetime.date(2028, 4, 1))
    assert [t.member.name for t in planned] == ["甲", "乙", "丙", "甲", "乙"]
    assert all(a.ends_on + ONE == b.starts_on for a, b in pairwise(planned))
    assert (planned[0].starts_on, planned[-1].ends_on) == (DAY, datetime.date(2028, 4, 1))


def test_a_new_plan_takes_the_place_of_the_old_from_its_first_day(council: Any) -> None:
    members = [council[name].member for name in ("甲", "乙", "丙")]
    plan_rotation(turns(members, first=DAY, months=3, until=datetime.date(2028, 3, 17)))
    middle = datetime.date(2027, 5, 1)
    plan_rotation(turns(members[1:], first=middle, months=1, until=datetime.date(2027, 8, 31)))
    assert [(t.member.name, t.starts_on.month) for t in Turn.objects.all()] == [
        ("甲", 3), ("乙", 5), ("丙", 6), ("乙", 7), ("丙", 8),
    ]  # fmt: skip
    assert Turn.objects.on(middle - ONE).member.name == "甲"
    assert Turn.objects.on(datetime.date(2030, 1, 1)) is None


def test_two_never_preside_at_once(council: Any) -> None:
    Turn.objects.create(member=council["甲"].member, starts_on=DAY, ends_on=DAY + 9 * ONE)
    for starts_on, ends_on in ((DAY + 9 * ONE, DAY + 20 * ONE), (DAY - ONE, DAY), (DAY + ONE, DAY + 2 * ONE)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.create(member=council["乙"].member, starts_on=starts_on, ends_on=ends_on)
    Turn.objects.create(member=council["乙"].member, starts_on=DAY + 10 * ONE, ends_on=DAY + 20 * ONE)


def test_the_workbench_says_who_is_on_duty_and_who_is_next(signed_in: Any, as_person: Any, actor: Any) -> None:
    today, ruan = localdate(), actor("ruan")
    with as_person("qin"):
        assert list(on_duty(ruan)) == []
        one, other = Member.objects.create(name="甲企业"), Member.objects.create(name="乙企业")
        one.contacts.create(name="向南枝")
        plan_rotation(turns([one, other], first=today, months=3, until=months_after(today, 6)))
        [item] = on_duty(ruan)
    assert "甲企业 · 向南枝" in item.title
    assert "乙企业" in item.why
    assert "甲企业" in signed_in("ruan").get("/").content.decode()


def test_a_rotation_is_shown_before_it_is_kept(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        made = {name: Member.objects.create(name=name) for name in ("甲", "乙", "丙")}
        for member in made.values():
            Position.objects.create(member=member, title="轮值会长", is_rotating=True)
    browser = signed_in("tan")
    said = {"first": "2027-01-01", "months": "6", "until": "2027-12-31"}
    order = {f"order-{made['丙'].pk}": "1", f"order-{made['甲'].pk}": "2", f"order-{made['乙'].pk}": ""}
    assert browser.post("/members/rotation/plan/", said).context["form"].errors
    assert browser.post("/members/rotation/plan/", {**said, **order, "until": "2026-01-01"}).context["form"].errors
    shown = browser.post("/members/rotation/plan/", {**said, **order})
    assert [turn.member.name for turn in shown.context["planned"]] == ["丙", "甲"]
    with as_person("qin"):
        assert not Turn.objects.exists()
    browser.post("/members/rotation/plan/", {**said, **order, "keep": "1"})
    with as_person("qin"):
        assert Turn.objects.count() == 2
    assert signed_in("ruan").get("/members/rotation/plan/").status_code == 403
    assert signed_in("ruan").get("/members/rotation/").status_code == 200
