"""A visit is planned, put off, cancelled, recorded with all it brought; what was found is not for everybody. [004]"""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from huiguan.actors import NotAllowed, acting_as
from huiguan.files.models import KeptFile
from huiguan.followups.models import FollowUp
from huiguan.states import WrongState
from tenants.visits.models import Difficulty, Need, Visit
from tenants.visits.waiting import my_visits, unseen

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiguan.urls_chamber")]
TODAY = localdate()
TOMORROW = TODAY + datetime.timedelta(days=1)


def picture() -> SimpleUploadedFile:
    import io

    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (64, 48), "#b42318").save(content, "JPEG")
    return SimpleUploadedFile("门店.jpg", content.getvalue(), "image/jpeg")


def rows(prefix: str, *given: dict[str, str]) -> dict[str, str]:
    """As a browser sends three rows, of which some are filled."""
    sent = {f"{prefix}-TOTAL_FORMS": "3", f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def test_a_visit_is_not_planned_into_the_past_and_not_recorded_ahead(working: Any, visit: Any) -> None:
    working("tan")
    planned = visit(days=2)
    with pytest.raises(ValidationError):
        planned.postpone(on=TODAY - datetime.timedelta(days=1), reason="下雨")
    with pytest.raises(ValidationError):
        planned.record(on=TOMORROW, found="", mood="")
    planned.refresh_from_db()
    assert (planned.status, planned.postponed) == ("planned", 0)


def test_putting_off_and_cancelling_keep_the_reason(working: Any, visit: Any) -> None:
    working("tan")
    planned = visit(days=-1)
    planned.postpone(on=TOMORROW, reason="对方出差")
    assert (planned.on, planned.postponed, planned.reason) == (TOMORROW, 1, "对方出差")
    planned.cancel(reason="企业搬迁")
    with pytest.raises(WrongState):
        planned.record(on=TODAY, found="", mood="")
    planned.plan_again(on=TODAY)
    assert (planned.status, planned.reason) == ("planned", "")


def test_only_those_who_record_visits_record_them(working: Any, visit: Any, actor: Any) -> None:
    supervisor, president = actor("ruan"), actor("tao")
    working("tan")
    planned = visit()
    with acting_as(supervisor), pytest.raises(NotAllowed):
        planned.record(on=TODAY, found="", mood="")
    with acting_as(president):
        planned.record(on=TODAY, found="会长带队走访", mood="pleased")
    assert planned.recorded_by == "陶远山"


def test_a_record_brings_follow_ups_needs_and_pictures(as_person: Any, visit: Any, signed_in: Any, actor: Any) -> None:
    peng = actor("peng").person_id
    with as_person("tan"):
        planned = visit(days=-1)
    sent = {
        "on": TODAY.isoformat(),
        "found": "新开两家门店",
        "mood": "pleased",
        "photo": picture(),
        **rows("difficulties", {"text": "门口修路,客人进不来", "owner": str(peng), "due_on": TOMORROW.isoformat()}),
        **rows("needs", {"title": "找冷链配送", "text": "每天一车"}, {"title": "招厨师"}),
    }
    answer = signed_in("tan").post(f"/visits/visit/{planned.pk}/record/", sent)
    assert answer.status_code == 302
    with as_person("tan"):
        planned.refresh_from_db()
        assert (planned.status, planned.found, planned.recorded_by) == ("made", "新开两家门店", "谭一鸣")
        [difficulty], [promise] = Difficulty.objects.all(), FollowUp.objects.all()
        assert (difficulty.followup, promise.owner_id, promise.due_on) == (promise, peng, TOMORROW)
        assert promise.record_id == planned.pk
        assert sorted(Need.objects.values_list("title", flat=True)) == ["找冷链配送", "招厨师"]
        [photo] = KeptFile.objects.about(planned, "visits.photo")
        with pytest.raises(ValidationError):
            planned.take_back()
    page = signed_in("tan").get(f"/visits/visit/{planned.pk}/").content.decode()
    assert "门口修路" in page and "/exchange/listing/new/?kind=need" in page
    removal = f"/visits/visit/{planned.pk}/photos/{photo.pk}/removal/"
    assert (signed_in("ruan").post(removal).status_code, signed_in("tan").post(removal).status_code) == (403, 302)
    with as_person("tan"):
        assert not KeptFile.objects.about(planned).exists()


def test_what_is_wrong_in_one_row_keeps_all_that_was_typed(as_person: Any, visit: Any, signed_in: Any) -> None:
    with as_person("tan"):
        planned = visit()
    sent = {
        "on": TODAY.isoformat(),
        "found": "说了很多",
        **rows("difficulties", {"text": "缺钱", "owner": "", "due_on": "不知道"}),
        **rows("needs", {"title": "贷款"}),
    }
    answer = signed_in("tan").post(f"/visits/visit/{planned.pk}/record/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200 and "说了很多" in page and "缺钱" in page and "贷款" in page
    with as_person("tan"):
        assert not FollowUp.objects.exists() and Visit.objects.get(pk=planned.pk).status == "planned"


def test_a_visit_that_nobody_planned_is_recorded_at_once(as_person: Any, member: Any, signed_in: Any) -> None:
    with as_person("tan"):
        there = member()
    sent = {"member": str(there.pk), "on": TODAY.isoformat(), "found": "路过", **rows("difficulties"), **rows("needs")}
    answer = signed_in("tan").post("/visits/visit/record/", {**sent, "on": TOMORROW.isoformat()})
    assert answer.status_code == 200 and "路过" in answer.content.decode()
    assert signed_in("tan").post("/visits/visit/record/", sent).status_code == 302
    with as_person("tan"):
        [made] = Visit.objects.all()
        assert (made.member, made.status, made.on) == (there, "made", TODAY)


def test_findings_are_hidden_from_those_who_only_see_visits(as_person: Any, visit: Any, signed_in: Any) -> None:
    with as_person("tan"):
        made = visit(made=True, mood="displeased")
        need = Need.objects.create(visit=made, title="秘密合作")
    for url in (f"/visits/visit/{made.pk}/", f"/members/member/{made.member_id}/"):
        page = signed_in("ruan").get(url).content.decode()
        assert "生意平稳" not in page and "秘密合作" not in page
    assert signed_in("ruan").get(f"/visits/need/{need.pk}/").status_code == 404
    assert "生意平稳" in signed_in("tao").get(f"/visits/visit/{made.pk}/").content.decode()


def test_my_visits_and_those_of_nobody_wait_for_me(working: Any, visit: Any, actor: Any) -> None:
    tan, other = actor("tan"), actor("peng").person_id
    mine = tan.person_id
    working("tan")
    visit(days=-2, visitor_ids=[mine])
    visit(days=3)
    visit(days=3, visitor_ids=[other])
    visit(days=30, visitor_ids=[mine])
    items = list(my_visits(tan))
    assert [item.url.endswith("/record/") for item in items] == [True, False]
    assert not list(unseen(tan))
    visit(days=-400, made=True)
    assert "1" in next(iter(unseen(tan))).title
