"""A year's assessment: read before it counts, by the rules of the year, once for each member, undone whole."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from huiguan.actors import NotAllowed, acting_as

pytestmark = pytest.mark.django_db


def reckoned(year: int) -> dict[str, tuple[str | None, int]]:
    """Name, level and yuan of each member in a dry run."""
    from tenants.dues.assessing import dry_run

    return {r.member.name: (r.level and r.level.name, r.fen // 100) for r in dry_run(year).rows}


def test_without_rules_it_says_what_to_do_first(working: Any, member: Any) -> None:
    from tenants.dues.assessing import dry_run

    working("gu")
    with pytest.raises(ValidationError, match="2026"):
        dry_run(2026)


def test_each_member_is_in_the_highest_level_of_its_positions(working: Any, member: Any, rules: Any) -> None:
    from tenants.members.models import Position

    working("qin")
    rules()
    both = member("理事", name="甲")
    Position(member=both, title="副会长").save()
    Position(member=both, title="会长", ends_on=datetime.date(2024, 12, 31)).save()
    member("顾问", name="乙")
    assert reckoned(2026) == {"甲": ("副会长单位", 10_000), "乙": ("会员", 2_000)}


@pytest.mark.parametrize(
    ("newcomers", "joined", "yuan"),
    [
        ("full", "2026-11-01", 2_000),
        ("months", "2026-01-15", 2_000),
        ("months", "2026-10-31", 500),
        ("months", "2026-12-31", 167),
        ("half_year", "2026-06-30", 2_000),
        ("half_year", "2026-07-01", 1_000),
        ("next_year", "2026-09-30", 2_000),
        ("next_year", "2026-10-01", 0),
        ("months", "2025-12-31", 2_000),
    ],
)
def test_newcomers_pay_what_the_rules_say(
    working: Any, member: Any, rules: Any, newcomers: str, joined: str, yuan: int
) -> None:
    working("qin")
    rules(newcomers=newcomers)
    member(name="新", joined=joined)
    assert reckoned(2026) == {"新": ("会员", yuan)}


def test_a_dry_run_writes_nothing_and_an_officer_may_not_assess(
    actor: Any, working: Any, member: Any, rules: Any
) -> None:
    from tenants.dues.assessing import assess_dues, dry_run
    from tenants.dues.models import Charge

    officer = actor("tan")
    working("qin")
    rules()
    member()
    assert dry_run(2026).total_fen == 200_000
    with pytest.raises(NotAllowed), acting_as(officer):
        assess_dues(year=2026)
    assert not Charge.objects.exists()


def test_a_second_run_charges_only_who_came_since(working: Any, member: Any, rules: Any) -> None:
    from tenants.dues.assessing import assess_dues
    from tenants.dues.models import Charge, Entry

    working("qin")
    rules()
    member()
    assert assess_dues(year=2026).members == 1
    with pytest.raises(ValidationError):
        assess_dues(year=2026)
    member("理事")
    assert assess_dues(year=2026).total_fen == 500_000
    assert (Charge.objects.count(), Entry.objects.total()) == (2, 700_000)


def test_the_dry_run_shows_what_differs_from_last_year_and_from_the_register(
    working: Any, member: Any, rules: Any, charge: Any
) -> None:
    from tenants.dues.assessing import dry_run

    working("qin")
    rules()
    charge(1_500, year=2025, whose=member(name="甲", dues_fen=300_000))
    [row] = dry_run(2026).rows
    assert (row.difference, row.differs_from_register, row.last_year_fen) == (50_000, True, 150_000)


def test_an_assessment_is_undone_whole_until_somebody_has_paid(working: Any, member: Any, rules: Any) -> None:
    from tenants.dues import payments
    from tenants.dues.assessing import assess_dues
    from tenants.dues.models import Entry

    working("qin")
    rules()
    first = member()
    made = assess_dues(year=2026)
    paid = payments.record(member_id=first.pk, method="cash", fen=100, received_on=localdate())
    with pytest.raises(ValidationError):
        made.undo()
    paid.reverse(reason="测试")
    made.undo()
    assert Entry.objects.total() == 0
    assert assess_dues(year=2026).members == 1


def test_who_joins_after_the_due_day_is_given_the_days_of_grace(working: Any, member: Any, rules: Any) -> None:
    from tenants.dues.assessing import assess_dues
    from tenants.dues.models import Charge

    working("qin")
    rules(grace_days=30)
    member(joined="2026-05-01")
    assess_dues(year=2026)
    assert Charge.objects.get().due_on == datetime.date(2026, 5, 31)


def test_an_assessment_costs_the_same_queries_for_few_and_many(working: Any, member: Any, rules: Any) -> None:
    from tenants.dues.assessing import assess_dues

    working("qin")
    rules()
    counts = []
    for year, more in ((2025, 2), (2026, 20)):
        for _number in range(more):
            member()
        with CaptureQueriesContext(connection) as queries:
            assess_dues(year=year)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_rules_are_refused_with_everything_that_is_wrong(working: Any) -> None:
    from tenants.dues.models import Level, Ruleset

    working("qin")
    made = Ruleset.objects.create(title="会费标准", effective_from=localdate(), most_levels=1)
    for name, titles in (("甲级", ["会长"]), ("乙级", ["会长"])):
        Level.objects.create(ruleset=made, name=name, titles=titles, amount_fen=100)
    with pytest.raises(ValidationError) as refused:
        made.adopt(body="council", resolution="一", resolved_on=localdate() + datetime.timedelta(days=1))
    assert len(refused.value.messages) == 3
    made.refresh_from_db()
    assert made.status == "draft"


def test_adopted_rules_are_not_edited(as_person: Any, rules: Any, signed_in: Any) -> None:
    with as_person("qin"):
        made = rules()
    said = {"title": "改", "effective_from": "2030-01-01", "levels-TOTAL_FORMS": 0, "levels-INITIAL_FORMS": 0}
    answer = signed_in("qin").post(f"/dues/ruleset/{made.pk}/edit/", said)
    assert answer.status_code == 200
    with as_person("qin"):
        made.refresh_from_db()
    assert made.title == "会费标准"


def test_what_is_unusual_is_said_and_not_refused(working: Any, rules: Any) -> None:
    from tenants.dues.models import Level, Ruleset

    working("qin")
    rules()
    made = Ruleset.objects.create(title="新标准", effective_from=datetime.date(2026, 1, 1), grace_days=5)
    for order, (name, yuan) in enumerate([("会员", 2_000), ("理事单位", 9_000)]):
        Level.objects.create(ruleset=made, order=order, name=name, titles=[], amount_fen=100 * yuan)
    assert len(made.warnings()) == 3
