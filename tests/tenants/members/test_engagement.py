"""Layers, engagement and risk: worked out from what is recorded, with reasons; no data is no bad mark. [003]"""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from huiguan.kpis import Period
from huiguan.states import WrongState
from tenants.members import engagement, standings, tasks
from tenants.members.kpis import active
from tenants.members.layers import HIGH, LEAST_KNOWN, LOW, Chosen, Layer, layer_of
from tenants.members.models import Consent, Group, GroupPlace, Member, Position, Standing, Touch
from tenants.members.waiting import at_risk, planned

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiguan.urls_chamber")]
TODAY = localdate()
NOBODY = Chosen(None, "", None)


def days_ago(number: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=number)


def member(name: str = "湘味餐饮", **fields: Any) -> Member:
    return Member.objects.create(name=name, joined_on=days_ago(2000), **fields)


def spoke(with_whom: Member, days: int, mood: str = "") -> Touch:
    touch = Touch(member=with_whom, on=days_ago(days), mood=mood)
    touch.note()
    return touch


def worked(one: Member) -> standings.Worked:
    return standings.work_out(Member.objects.filter(pk=one.pk))[0]


def marks(one: Member) -> dict[str, Any]:
    return {w.part.code: w.mark.value for w in worked(one).parts if w.mark is not None}


@pytest.mark.parametrize(
    ("titles", "layer"),
    [
        (["会长"], Layer.CORE), (["会员", "常务理事"], Layer.CORE), (["副会长单位"], Layer.CORE),
        (["理事"], Layer.CLOSE), (["监事"], Layer.CLOSE), (["会员"], Layer.CONTACT), ([], Layer.CONTACT),
    ],
)  # fmt: skip
def test_the_position_gives_the_layer(titles: list[str], layer: Layer) -> None:
    derived = layer_of(titles, None, 0, NOBODY, TODAY)
    assert derived.layer == layer
    assert derived.reason


@pytest.mark.parametrize(
    ("titles", "score", "known", "layer"),
    [
        (["会员"], HIGH, LEAST_KNOWN, Layer.CLOSE), (["会员"], HIGH - 1, LEAST_KNOWN, Layer.CONTACT),
        (["会员"], LOW, LEAST_KNOWN, Layer.CONTACT), (["会员"], LOW - 1, LEAST_KNOWN, Layer.INFLUENCE),
        (["会长"], LOW - 1, LEAST_KNOWN, Layer.CLOSE), (["理事"], 100, LEAST_KNOWN, Layer.CLOSE),
        (["会员"], 0, LEAST_KNOWN - 1, Layer.CONTACT), (["会长"], None, 0, Layer.CORE),
    ],
)  # fmt: skip
def test_engagement_moves_one_layer_when_enough_is_known(titles: Any, score: Any, known: int, layer: Layer) -> None:
    assert layer_of(titles, score, known, NOBODY, TODAY).layer == layer


def test_what_was_decided_by_hand_holds_to_its_last_day() -> None:
    chosen = Chosen(Layer.CORE, "商会创始人", TODAY)
    assert layer_of(["会员"], 0, 9, chosen, TODAY) == (Layer.CORE, layer_of([], None, 0, chosen, TODAY).reason)
    assert "商会创始人" in layer_of(["会员"], 0, 9, chosen, TODAY).reason
    assert layer_of(["会员"], None, 0, chosen, TODAY + datetime.timedelta(days=1)).layer == Layer.CONTACT


def test_the_newer_the_contact_the_closer(working: Any) -> None:
    working("qin")
    one = member()
    assert marks(one) == {}
    spoke(one, 0)
    assert marks(one) == {"contacts": 1.0}
    Touch.objects.all().delete()
    spoke(one, 300)
    assert marks(one)["contacts"] == pytest.approx(1 - 300 / 365)
    spoke(one, 30, "unreached")  # nobody was spoken with
    assert marks(one) == {"contacts": pytest.approx(1 - 300 / 365), "moods": 0.2}


def test_silence_says_something_only_where_contacts_have_been_noted_all_the_time(working: Any) -> None:
    working("qin")
    silent, newcomer = member(), Member.objects.create(name="新会员", joined_on=days_ago(20))
    spoke(member("沅江建材"), 100)
    assert "contacts" not in marks(silent)
    spoke(member("洞庭茶叶"), 366)
    assert marks(silent)["contacts"] == 0.0
    assert "contacts" not in marks(newcomer)


def test_who_left_all_groups_is_far_and_who_is_in_none_is_not_known(working: Any) -> None:
    working("qin")
    one, food = member(), Group.objects.create(name="餐饮专委会")
    assert "groups" not in marks(one)
    place = GroupPlace.objects.create(group=food, member=one)
    assert marks(one)["groups"] == 0.7
    place.left_on = days_ago(10)
    place.save()
    assert marks(one)["groups"] == 0.0
    place.left_on = days_ago(400)
    place.save()
    assert "groups" not in marks(one)


def test_a_consent_that_was_taken_back_counts_against_one_that_holds(working: Any) -> None:
    working("qin")
    one = member()
    Consent.objects.create(member=one, purpose="matching", given_by="向南枝", given_on=days_ago(90))
    assert marks(one) == {"consents": 1.0}
    Consent.objects.create(
        member=one, purpose="partners", given_by="向南枝", given_on=days_ago(90), withdrawn_on=days_ago(1)
    )
    assert marks(one) == {"consents": 0.5}


def test_the_score_rests_on_what_is_known_alone(working: Any) -> None:
    working("qin")
    one = member()
    assert worked(one).score is None
    spoke(one, 0, "displeased")
    found = worked(one)
    assert (found.score, found.known) == (pytest.approx(100 * 3 / 6), 6)
    one.confirm()
    assert worked(one).score == pytest.approx(100 * 4 / 7)
    assert len([w for w in worked(one).parts if w.mark is None]) == len(found.parts) - 3


def test_a_member_is_at_risk_for_reasons_that_weigh_enough(working: Any) -> None:
    working("qin")
    one = member()
    Consent.objects.create(
        member=one, purpose="partners", given_by="向南枝", given_on=days_ago(90), withdrawn_on=days_ago(1)
    )
    assert worked(one).reasons == []  # one light reason is none
    spoke(one, 5, "displeased")
    assert [w.part.code for w in worked(one).reasons] == ["moods", "consents"]
    standings.refresh()
    assert list(Member.objects.at_risk()) == [one]


def test_what_was_worked_out_is_forgotten_when_something_changes(working: Any) -> None:
    working("qin")
    one = member()
    standings.refresh()
    assert one.standing.layer == Layer.CONTACT
    changes = [
        lambda: Position.objects.create(member=one, title="理事"),
        lambda: Position.objects.get().delete(),
        lambda: spoke(one, 1),
        lambda: one.contacts.create(name="向南枝"),
        lambda: one.choose_layer(layer=Layer.CORE, reason="创始人", until=TODAY),
    ]
    for change in changes:
        change()
        assert not Standing.objects.exists()
        standings.refresh()
    assert Standing.objects.get().layer == Layer.CORE


def test_every_night_what_the_day_changed_is_seen(changde: Any, as_person: Any) -> None:
    with as_person("qin"):
        member().choose_layer(layer=Layer.CORE, reason="创始人", until=days_ago(1))
        standings.refresh()
        Standing.objects.update(worked_out_on=days_ago(1), layer=Layer.CORE)
    assert [tasks.keep_standings(str(changde.pk)) for _night in range(2)] == [1, 0]
    with as_person("qin"):
        assert Standing.objects.get().layer == Layer.CONTACT


def test_many_members_are_worked_out_in_as_many_queries_as_few(working: Any) -> None:
    working("qin")
    counts = []
    for number in (3, 30):
        for each in range(number):
            one = member(f"企业{number}-{each}")
            spoke(one, each)
            Position.objects.create(member=one, title="理事")
        with CaptureQueriesContext(connection) as queries:
            standings.refresh()
        counts.append(len(queries))
        Standing.objects.all().delete()
    assert counts[0] == counts[1] <= 20


def test_a_layer_is_decided_with_a_reason_and_a_day_by_those_who_may(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        one = member()
    url = f"/members/member/{one.pk}/moves/choose_layer/"
    said = {"layer": "1", "reason": "商会创始人", "until": (TODAY + datetime.timedelta(days=90)).isoformat()}
    assert signed_in("ruan").post(url, said).status_code == 403
    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"until": days_ago(1).isoformat()}, "until"),
        ({"layer": "9"}, "layer"),
    ):
        answer = signed_in("tan").post(url, {**said, **wrong})
        assert field in answer.context["form"].errors
    assert signed_in("tan").post(url, said).status_code == 302
    page = signed_in("tan").get(f"/members/member/{one.pk}/").content.decode()
    assert "核心层" in page
    assert "商会创始人" in page
    signed_in("tan").post(url, {"layer": "", "reason": "x", "until": ""})
    with as_person("qin"):
        assert Member.objects.get().chosen_layer is None


def test_a_day_ahead_plans_a_contact_and_another_records_it(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        one = member()
    browser, ahead = signed_in("tan"), (TODAY + datetime.timedelta(days=3)).isoformat()
    told = {"member": str(one.pk), "kind": "called", "said": "问候"}
    answer = browser.post("/members/touch/new/", {**told, "on": ahead, "mood": "pleased"})
    assert answer.context["form"].errors.keys() == {"mood"}
    browser.post("/members/touch/new/", {**told, "on": TODAY.isoformat(), "mood": "pleased", "next_on": ahead})
    with as_person("tan"):
        made, plan = Touch.objects.order_by("on")
        assert (made.status, made.by, plan.status, plan.mood) == ("made", "谭一鸣", "planned", "")
        with pytest.raises(WrongState):
            made.make(on=TODAY, said="", mood="")


def test_a_planned_contact_waits_for_who_planned_it(signed_in: Any, as_person: Any, actor: Any) -> None:
    tan, peng = actor("tan"), actor("peng")
    with as_person("tan"):
        Touch(member=member(), on=TODAY + datetime.timedelta(days=3), said="问候").note()
        Touch(member=member("沅江建材"), on=TODAY + datetime.timedelta(days=30)).note()
        [item] = planned(tan)
        assert item.why == "问候"
        assert list(planned(peng)) == []
    made, browser = {"on": TODAY.isoformat(), "mood": "pleased", "said": "好"}, signed_in("tan")
    answer = browser.post(f"{item.url}moves/make/", {**made, "on": days_ago(-1).isoformat()})
    assert answer.context["form"].errors.keys() == {"on"}
    browser.post(f"{item.url}moves/make/", made)
    with as_person("tan"):
        assert list(planned(tan)) == []


@pytest.fixture
def near_and_far(as_person: Any) -> list[Member]:
    """Two who were displeased: the president's firm, and an ordinary member."""
    with as_person("qin"):
        found = [member("会长企业"), member("普通企业")]
        Position.objects.create(member=found[0], title="会长")
        for each in found:
            spoke(each, 9, "displeased")
        standings.refresh()
    return found


def test_the_workbench_names_the_nearest_at_risk_and_counts_the_rest(
    near_and_far: Any, as_person: Any, actor: Any
) -> None:
    qin = actor("qin")
    with as_person("qin"):
        named, counted = at_risk(qin)
    assert "会长企业" in named.title
    assert "不满意" in str(named.why)
    assert counted.url == "/members/engagement/"


def test_the_list_of_those_at_risk_offers_the_next_step(near_and_far: Any, signed_in: Any) -> None:
    browser = signed_in("qin")

    def rows(**query: str) -> list[Any]:
        return list(browser.get("/members/engagement/", query).context["rows"])

    assert [row["worked"].member for row in rows()] == near_and_far
    assert [row["worked"].member for row in rows(layer="3")] == near_and_far[1:]
    assert len(rows(layer="nonsense")) == 2
    form = browser.get(rows()[0]["steps"][0]["url"]).context["form"]
    assert str(form["member"].value()) == str(near_and_far[0].pk)
    assert "不满意" in form["purpose"].value()


def test_a_reader_sees_who_is_at_risk_and_is_offered_nothing(as_person: Any, signed_in: Any) -> None:
    with as_person("qin"):
        spoke(member(), 9, "displeased")
    page = signed_in("ruan").get("/members/engagement/")
    assert [row["steps"] for row in page.context["rows"]] == [[]]


def test_members_in_contact_are_counted_whoever_recorded_it(working: Any) -> None:
    """K07: touches here; needs and offers from the exchange; visits and events as they come."""
    working("qin")
    period = Period.year_to(TODAY)
    met, _silent = member("甲"), member("乙")
    assert active(period) == (None, 0, 2, 1.0)
    spoke(met, 364)
    assert active(period).value == 50
    assert active(Period.year_to(days_ago(365))).value is None
    spoke(met, 0, "unreached")
    left = member("丙")
    spoke(left, 3)
    left.leave(reason="歇业", on=days_ago(1))
    assert active(period) == (50, 1, 2, 1.0)


def test_a_plan_cannot_hold_an_outcome(working: Any) -> None:
    working("qin")
    touch = Touch(member=member(), on=TODAY + datetime.timedelta(days=3), mood="pleased")
    with pytest.raises(ValidationError):
        touch.full_clean()
    assert engagement.moods(None, days_ago(365), TODAY) == {}
