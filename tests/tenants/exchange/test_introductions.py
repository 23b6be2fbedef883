"""From the best match to the contact, as two secretariats do it."""

import re
from typing import Any

import pytest

from federation.matching.models import ExpressionOfInterest
from huiguan.outbox.models import Message

pytestmark = pytest.mark.django_db


def matches_url(listing: Any) -> str:
    return f"/exchange/listing/{listing.pk}/matches/"


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def asked(pair: Any, signed_in: Any, deliver: Any) -> str:
    """邵阳 showed interest in 常德's speaker; the address of the introduction."""
    need, offer = pair
    answer = signed_in("dai").post(f"{matches_url(need)}{offer.pk}/interest/", {"text": "明天上午能来吗"})
    assert answer.status_code == 302
    deliver()
    return f"/exchange/introductions/{ExpressionOfInterest.objects.get().pk}/"


def test_the_match_is_shown_with_its_five_parts(pair: Any, signed_in: Any) -> None:
    page = signed_in("dai").get(matches_url(pair[0]))
    [match] = page.context["found"].matches
    assert match.profile.title == "经济学教授年会主旨演讲"
    assert text_of(page).count("<progress") == 5
    assert "救场" not in match.profile.title
    assert str(match.score) in text_of(page)


def test_an_offer_shows_the_needs_it_answers(pair: Any, signed_in: Any) -> None:
    page = signed_in("qin").get(matches_url(pair[1]))
    assert "年会主论坛嘉宾临时缺席" in text_of(page)


def test_a_near_miss_is_shown_with_its_reason(write: Any, deliver: Any, signed_in: Any) -> None:
    write("qin", kind="offer", title="经济学教授演讲", price=9000)
    need = write("dai", kind="need", title="请教授讲经济形势", price=5000)
    deliver()
    page = signed_in("dai").get(matches_url(need))
    assert page.context["found"].matches == ()
    assert "经济学教授演讲" in text_of(page)


def test_an_officer_sees_matches_but_cannot_show_interest(pair: Any, signed_in: Any) -> None:
    need, offer = pair
    assert signed_in("nie").get(matches_url(need)).status_code == 200
    assert signed_in("nie").get(f"{matches_url(need)}{offer.pk}/interest/").status_code == 403


def test_interest_in_what_was_not_suggested_is_not_found(pair: Any, write: Any, deliver: Any, signed_in: Any) -> None:
    hall = write("qin", kind="offer", category="VEN.HALL", title="礼堂", unit="seat", price=9000)
    deliver()
    assert signed_in("dai").post(f"{matches_url(pair[0])}{hall.pk}/interest/", {}).status_code == 404


def test_showing_interest_twice_sends_one_message(pair: Any, signed_in: Any, working: Any) -> None:
    need, offer = pair
    for _time in range(2):
        signed_in("dai").post(f"{matches_url(need)}{offer.pk}/interest/", {"text": ""})
    working("dai")
    assert Message.objects.filter(name="exchange.interest_sent").count() == 1


def test_the_page_opens_itself_again_while_a_message_is_on_its_way(
    write: Any, pair: Any, signed_in: Any, deliver: Any
) -> None:
    need = write("dai", kind="need", title="请教授讲经济形势", price=5000)
    assert "Refresh" in signed_in("dai").get(matches_url(need))
    deliver()
    assert "Refresh" not in signed_in("dai").get(matches_url(need))


def test_the_asked_chamber_finds_it_among_its_tasks(asked: str, signed_in: Any) -> None:
    assert asked in text_of(signed_in("qin").get("/tasks/"))
    assert asked not in text_of(signed_in("dai").get("/tasks/"))


def test_accepting_and_agreeing_make_both_contacts_appear_and_the_ledger_keeps_each_step(
    asked: str, signed_in: Any, deliver: Any, working: Any
) -> None:
    qin, dai = signed_in("qin"), signed_in("dai")
    contact = {
        "acceptance-contact_name": "秦若兰",
        "acceptance-contact_phone": "029-0000 1111",
        "acceptance-text": "可以",
    }
    assert qin.post(f"{asked}acceptance/", contact).status_code == 302
    deliver()
    assert "秦若兰" not in text_of(dai.get(asked))
    assert asked in text_of(dai.get("/tasks/"))
    given = {"contact-contact_name": "戴星河", "contact-contact_phone": "029-0000 2222"}
    assert dai.post(f"{asked}contact/", given).status_code == 302
    deliver()
    assert "029-0000 1111" in text_of(dai.get(asked))
    assert "029-0000 2222" in text_of(qin.get(asked))
    working("dai")
    ledger = Message.objects.filter(name__startswith="exchange.")
    names = list(ledger.order_by("id").values_list("name", flat=True))
    assert names == ["exchange.profile_published", "exchange.interest_sent", "exchange.contact_disclosed"]


def test_a_refusal_gives_the_reason_and_no_contact(asked: str, signed_in: Any, deliver: Any) -> None:
    signed_in("qin").post(f"{asked}refusal/", {"refusal-reason": "dates", "refusal-text": "当天另有安排"})
    deliver()
    page = signed_in("dai").get(asked)
    assert "当天另有安排" in text_of(page)
    assert page.context["found"].contact is None
    assert page.context["steps"] == []


def test_a_step_that_is_not_open_does_nothing(asked: str, signed_in: Any, working: Any) -> None:
    signed_in("dai").post(
        f"{asked}acceptance/", {"acceptance-contact_name": "戴", "acceptance-contact_phone": "02900002222"}
    )
    working("dai")
    assert not Message.objects.filter(name="exchange.interest_answered").exists()


def test_a_contact_without_a_number_is_asked_for_again(asked: str, signed_in: Any) -> None:
    answer = signed_in("qin").post(
        f"{asked}acceptance/", {"acceptance-contact_name": "秦", "acceptance-contact_phone": "无"}
    )
    assert answer.status_code == 200
    [form] = [form for name, _step, form in answer.context["steps"] if name == "acceptance"]
    assert list(form.errors) == ["contact_phone"]


def test_an_introduction_of_others_is_not_found(asked: str, signed_in: Any) -> None:
    from huiguan.keys import uuid7

    assert signed_in("qin").get(f"/exchange/introductions/{uuid7()}/").status_code == 404


@pytest.fixture
def in_contact(asked: str, signed_in: Any, deliver: Any) -> str:
    """Both have given their contact."""
    for key, step in (("qin", "acceptance"), ("dai", "contact")):
        contact = {f"{step}-contact_name": "秘书处", f"{step}-contact_phone": "02900001111"}
        assert signed_in(key).post(f"{asked}{step}/", contact).status_code == 302
        deliver()
    return asked


@pytest.fixture
def step(in_contact: str, signed_in: Any, deliver: Any) -> Any:
    """`step("dai", "agreement", kind=…)`: taken and delivered."""

    def take(key: str, name: str, **said: str) -> None:
        fields = {f"{name}-{field}": value for field, value in said.items()}
        answer = signed_in(key).post(f"{in_contact}{name}/", fields)
        assert answer.status_code == 302
        deliver()

    return take


AGREED = {"kind": "service", "value_band": "under_10k", "signed_on": "2026-01-05", "text": "讲一场"}


def agree_and_deliver(step: Any) -> None:
    step("dai", "agreement", **AGREED)
    step("qin", "delivery", delivered_on="2026-01-06", text="讲完了")


def test_a_need_found_is_closed_with_a_value_on_both_sides(
    in_contact: str, step: Any, signed_in: Any, working: Any
) -> None:
    step("dai", "meeting", met_on="2026-01-04", text="")
    agree_and_deliver(step)
    assert in_contact in text_of(signed_in("dai").get("/tasks/"))
    step("dai", "result", success="5", amount_band="under_10k", jobs="", text="掌声不断")
    page = signed_in("qin").get(in_contact)
    assert [name for name, _step, _form in page.context["steps"]] == ["result", "dispute"]
    assert page.context["steps"][0][2].initial["amount_band"] == "under_10k"  # what was agreed, not “no value”
    step("qin", "result", success="4", amount_band="under_10k", jobs="1", text="下次再来")
    for key in ("qin", "dai"):
        page = signed_in(key).get(in_contact)
        assert (page.context["interest"].status, page.context["steps"]) == ("confirmed", [])
        assert "掌声不断" in text_of(page)
        assert "下次再来" in text_of(page)
    working("dai")
    names = Message.objects.filter(name__startswith="exchange.").order_by("id").values_list("name", flat=True)
    assert list(names)[3:] == ["exchange.meeting_noted", "exchange.agreement_reported", "exchange.outcome_reported"]


def test_only_what_both_confirmed_counts_as_a_need_met(step: Any, actor: Any) -> None:
    from django.utils.timezone import localdate

    from huiguan.actors import acting_as
    from huiguan.kpis import Period
    from huiguan.tenancy.binding import in_chamber
    from tenants.exchange.kpis import needs_answered
    from tests.conftest import host_of

    def met() -> tuple[float, float]:
        with acting_as(actor("dai")), in_chamber(host_of("dai").chamber):
            measured = needs_answered(Period.year_to(localdate()))
        return measured.numerator, measured.denominator

    agree_and_deliver(step)
    step("dai", "result", success="5", amount_band="under_10k")
    assert met() == (0, 1)
    step("qin", "result", success="4", amount_band="none")
    assert met() == (1, 1)


def test_a_day_that_lies_ahead_is_asked_for_again(in_contact: str, signed_in: Any) -> None:
    said = {f"agreement-{name}": value for name, value in {**AGREED, "signed_on": "2099-01-01"}.items()}
    answer = signed_in("dai").post(f"{in_contact}agreement/", said)
    [form] = [form for name, _step, form in answer.context["steps"] if name == "agreement"]
    assert list(form.errors) == ["signed_on"]


def test_the_coordinator_names_a_mediator_once_both_ask(in_contact: str, step: Any, signed_in: Any) -> None:
    from federation.matching.models import Dispute

    agree_and_deliver(step)
    step("dai", "dispute", text="只讲了半小时", mediation="on")
    assert "只讲了半小时" in text_of(signed_in("qin").get(in_contact))
    step("qin", "mediation")
    browser, dispute = signed_in("lian"), Dispute.objects.get()
    address = f"/matching/dispute/{dispute.pk}/"
    assert "双方都申请调解" in text_of(browser.get("/tasks/"))
    page = browser.get(address)
    assert "02900001111" not in text_of(page)
    party = {"mediator": str(dispute.raised_by_id)}
    assert browser.post(f"{address}moves/name_mediator/", party).status_code == 200
    assert Dispute.objects.get().mediator_id is None


def test_a_mediation_of_others_is_not_found(in_contact: str, step: Any, signed_in: Any) -> None:
    from federation.matching.models import Dispute

    agree_and_deliver(step)
    step("dai", "dispute", text="只讲了半小时")
    assert signed_in("qin").get(f"/exchange/mediations/{Dispute.objects.get().pk}/").status_code == 404


def test_the_coordinator_sees_the_introduction_but_never_a_contact(asked: str, signed_in: Any, deliver: Any) -> None:
    signed_in("qin").post(
        f"{asked}acceptance/", {"acceptance-contact_name": "秦若兰", "acceptance-contact_phone": "02900001111"}
    )
    signed_in("dai").post(
        f"{asked}contact/", {"contact-contact_name": "戴星河", "contact-contact_phone": "02900002222"}
    )
    deliver()
    interest = ExpressionOfInterest.objects.get()
    browser = signed_in("lian")
    pages = [
        browser.get("/matching/expressionofinterest/"),
        browser.get(f"/matching/expressionofinterest/{interest.pk}/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "年会主论坛嘉宾临时缺席" in text_of(page)
        assert "02900001111" not in text_of(page)
        assert "秦若兰" not in text_of(page)


def test_key_figures_come_from_the_chambers_own_introductions(
    asked: str, signed_in: Any, deliver: Any, working: Any
) -> None:
    from huiguan.kpis import Period
    from tenants.exchange.kpis import hours_to_first_answer, needs_answered

    signed_in("qin").post(
        f"{asked}acceptance/", {"acceptance-contact_name": "秦若兰", "acceptance-contact_phone": "02900001111"}
    )
    deliver()
    from django.utils.timezone import localdate

    working("qin")
    measured = hours_to_first_answer(Period.year_to(localdate()))
    assert measured.denominator == 1
    assert measured.value is not None
    assert 0 <= measured.value < 1
    assert needs_answered(Period.year_to(localdate())).denominator == 0
