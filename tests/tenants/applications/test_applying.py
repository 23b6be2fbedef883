"""Whoever wants to join needs no account, hears of each step, and can go again; robots are not taken in. [S1, T12]"""

import datetime
import time
from typing import Any

import pytest
from django.utils.timezone import localdate

from huiguan import links
from huiguan.audit.models import Entry
from huiguan.deliveries.models import Delivery, Notice
from huiguan.privacy.retaining import remove_due
from tenants.applications.forms.applying import OPENED
from tenants.applications.models import Application, Reception
from tenants.applications.purposes import PROGRESS
from tenants.applications.telling import path_of
from tests.conftest import chamber

pytestmark = pytest.mark.django_db
URL = "/applications/apply/"


def test_an_application_comes_in_and_leads_to_its_own_page(visitor: Any, filled: Any, as_person: Any) -> None:
    answer = visitor.post(URL, filled())
    assert answer.status_code == 302, answer.context["form"].errors
    page = visitor.get(answer.headers["Location"])
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store, private"
    with as_person("qin"):
        [made] = Application.objects.all()
        assert (made.name, made.contact_phone, made.is_own) == ("西安 桃源春餐饮管理有限公司", "13900000007", True)
        assert made.agreed == ["matching"] and "西安市常德商会" in made.consent_text and made.consented_at
        [mail] = Delivery.objects.filter(purpose=PROGRESS.name)
        assert mail.address == "ding@example.com" and answer.headers["Location"] in mail.body


def test_a_form_that_was_sent_twice_is_one_application(visitor: Any, filled: Any, as_person: Any) -> None:
    sent = filled()
    first, second = visitor.post(URL, sent), visitor.post(URL, sent)
    assert first.headers["Location"] == second.headers["Location"]
    with as_person("qin"):
        assert Application.objects.count() == 1 and Delivery.objects.filter(purpose=PROGRESS.name).count() == 1


def test_those_who_review_applications_are_told_by_their_own_channels(
    visitor: Any, filled: Any, as_person: Any, signed_in: Any
) -> None:
    signed_in("tan").post("/deliveries/mine/", {"arrival": [], "overdue": ["email"]})
    visitor.post(URL, filled(), headers={"accept-language": "en"})
    with as_person("qin"):
        made = Application.objects.get()
        told = Delivery.objects.filter(purpose=Notice.ARRIVAL)
        assert {each.address for each in told} == {"qin@example.com", "peng@example.com"}
        assert {each.subject for each in told} == {"西安 桃源春餐饮管理有限公司申请入会"}
        assert all(f"/applications/application/{made.pk}/" in each.body for each in told)
        made.ask(question="营业执照何时换发？")
        page = path_of(made)
    visitor.post(page, {"step": "answer", "answer": "下月"})
    visitor.post(page, {"step": "withdraw"})
    with as_person("qin"):
        assert [each.subject[-7:] for each in told.filter(address="qin@example.com").order_by("id")[1:]] == [
            "询问的问题作了答复"[-7:],
            "撤回了入会申请",
        ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"consented": ""}, "consented"),
        ({"contact_phone": "029-88888888"}, "contact_phone"),
        ({"credit_code": "91610100MA6U0TFB7B"}, "credit_code"),
        ({"credit_code": ""}, "credit_code"),
        ({"contact_email": "谁"}, "contact_email"),
        ({"kind": "chamber"}, "kind"),
        ({"agreed": ["everything"]}, "agreed"),
    ],
)
def test_what_is_wrong_is_marked_and_what_was_typed_stays(
    visitor: Any, filled: Any, as_person: Any, said: Any, field: str
) -> None:
    answer = visitor.post(URL, filled(**said))
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert "桃源春" in answer.content.decode()
    with as_person("qin"):
        assert not Application.objects.exists()


def test_a_person_needs_no_credit_code(visitor: Any, filled: Any) -> None:
    assert visitor.post(URL, filled(kind="individual", name="曾子涵", credit_code="")).status_code == 302


@pytest.mark.parametrize("how", ["honeypot", "too fast", "forged time"])
def test_a_robot_is_thanked_and_not_taken_in(visitor: Any, filled: Any, as_person: Any, how: str) -> None:
    now = links.sign(OPENED, str(chamber("changde").pk), at=time.time())
    said = {"honeypot": {"website": "https://spam"}, "too fast": {"opened": now}, "forged time": {"opened": "x"}}[how]
    assert visitor.post(URL, filled(**said)).status_code == 200
    with as_person("qin"):
        assert not Application.objects.exists() and not Delivery.objects.exists()


def test_nobody_applies_too_often(visitor: Any, filled: Any, as_person: Any) -> None:
    answers = [visitor.post(URL, filled(name=f"第{n}家公司")) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "第5家公司" in answers[-1].content.decode()


def test_a_closed_form_takes_nothing(visitor: Any, filled: Any, as_person: Any, signed_in: Any) -> None:
    sent = filled()
    saved = signed_in("qin").post("/applications/settings/", {"greeting": "", "months_kept": "6"})
    assert saved.status_code == 302
    assert visitor.post(URL, sent).status_code == 200
    with as_person("qin"):
        assert not Application.objects.exists()


def test_a_link_of_another_chamber_or_a_forged_one_leads_nowhere(
    visitor: Any, application: Any, as_person: Any
) -> None:
    from django.test import Client

    from tenants.applications.telling import path_of

    with as_person("qin"):
        path = path_of(application())
    assert visitor.get(path).status_code == 200
    assert Client(HTTP_HOST="shaoyang.localhost").get(path).status_code == 404
    forged = path[:-2] + ("A" if path[-2] != "A" else "B") + "/"
    assert visitor.get(forged).status_code == 404


def test_the_applicant_answers_and_withdraws_but_decides_nothing(
    visitor: Any, application: Any, as_person: Any
) -> None:
    from tenants.applications.telling import path_of

    with as_person("qin"):
        asked = application()
        path = path_of(asked)
        asked.ask(question="有没有经营场所？")
    assert "有没有经营场所" in visitor.get(path).content.decode()
    assert visitor.post(path, {"step": "answer", "answer": ""}).status_code == 200
    assert visitor.post(path, {"step": "approve"}).status_code == 200
    assert visitor.post(path, {"step": "answer", "answer": "在高新区"}).status_code == 302
    with as_person("qin"):
        asked.refresh_from_db()
        assert asked.status == "received" and asked.questions.get().answer == "在高新区"
    assert visitor.post(path, {"step": "erase"}).status_code == 200
    assert visitor.post(path, {"step": "withdraw"}).status_code == 302
    with as_person("qin"):
        assert Application.objects.get(pk=asked.pk).status == "withdrawn"
    visitor.post(path, {"step": "erase"})
    assert visitor.get(path).status_code == 404
    with as_person("qin"):
        assert not Delivery.objects.filter(record_id=asked.pk).exists()


def test_what_came_to_nothing_is_erased_in_time_and_leaves_no_telephone(working: Any, application: Any) -> None:
    working("qin")
    refused, kept, member = application("甲"), application("乙"), application("丙")
    for each in (refused, kept, member):
        each.submit()
    today = localdate()
    resolved = {"body": "council", "resolution": "1", "resolved_on": today}
    refused.refuse(**resolved, reason="不符")
    kept.refuse(**resolved, reason="不符")
    Reception(months_kept=2).save()
    Application.objects.filter(pk=refused.pk).update(ended_on=today - datetime.timedelta(days=63))
    assert [(removal.rule, removal.number) for removal in remove_due()] == [("applications.ended", 1)]
    assert set(Application.objects.values_list("name", flat=True)) == {"乙", "丙"}
    assert not Delivery.objects.filter(record_id=refused.pk).exists()
    told = str(list(Entry.objects.filter(record_id=refused.pk).values_list("changes", "facts")))
    assert "13900000007" not in told and "ding@example.com" not in told


def test_who_has_themselves_erased_takes_the_application_along(as_person: Any, application: Any) -> None:
    from huiguan.privacy.erasing import erase, read_of
    from huiguan.privacy.persons import parts_of, person_of

    with as_person("qin"):
        made = application(kind="individual", name="丁若溪")
        made.submit()
        made.approve(body="council", resolution="1", resolved_on=localdate())
        made.welcome()
        member = made.member
        member.leave(reason="迁走")
        person = person_of(member.contacts.get())
        erase(person, reason="本人要求", read=read_of(parts_of(person)))
        assert not Application.objects.exists()
        assert "13900000007" not in str(list(Delivery.objects.values()))
