"""The coordinator's pages: the form is built question by question, the answers stand side by side."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from federation.calls import shapes
from huiguan.tenancy.binding import in_federation

pytestmark = pytest.mark.django_db
FIGURE = {"label": "引进项目数", "kind": "number", "unit": "个"}
RATE = {"label": "到位率", "kind": "number", "unit": "%"}
CHOICE = {"label": "有无专班", "kind": "choice", "parts": shapes.parts_of("choice", "有\n无")}
WORDS = {"label": "做法", "kind": "text"}


def _labels(call: Any) -> list[str]:
    with in_federation():
        return list(call.questions.values_list("label", flat=True))


def test_a_form_is_built_on_the_page(written: Any, signed_in: Any) -> None:
    call, client = written(FIGURE), signed_in("lian")
    moves = f"/calls/call/{call.pk}/moves"
    page = client.get(f"/calls/call/{call.pk}/").content.decode()
    assert 'x-data="kinds"' in page and "members.count" in page and "引进项目数" in page
    said = {"label": "会员总数", "kind": "number", "unit": "家", "parts": "", "source": "members.count"}
    client.post(f"{moves}/ask/", said)
    client.post(f"{moves}/ask/", {"label": "专班", "kind": "choice", "parts": "有\r\n无"})
    with in_federation():
        _figure, members, choice = call.questions.all()
    assert (members.source, members.unit, choice.parts) == ("members.count", "家", CHOICE["parts"])
    client.post(f"{moves}/raise_question/", {"question_id": str(choice.pk)})
    client.post(f"{moves}/drop_question/", {"question_id": str(members.pk)})
    page = client.get(f"{moves}/change_question/?question={choice.pk}").content.decode()
    assert "有\n无" in page
    client.post(f"{moves}/change_question/", {"question_id": str(choice.pk), "label": "说明", "kind": "text"})
    assert _labels(call) == ["引进项目数", "说明"]


def test_a_choice_without_choices_comes_back_with_the_reason(written: Any, signed_in: Any) -> None:
    call = written()
    answer = signed_in("lian").post(
        f"/calls/call/{call.pk}/moves/ask/", {"label": "专班", "kind": "choice", "parts": "有"}
    )
    assert "请填写 2 至 12 行" in answer.content.decode() and _labels(call) == []


def test_a_source_that_nobody_offers_is_refused(written: Any, signed_in: Any) -> None:
    said = {"label": "会员总数", "kind": "number", "source": "accounts.passwords"}
    call = written()
    assert signed_in("lian").post(f"/calls/call/{call.pk}/moves/ask/", said).status_code == 200
    assert _labels(call) == []


def test_answers_stand_side_by_side_with_their_totals(
    sent: Any, answered: Any, changde: Any, shaoyang: Any, signed_in: Any, coordinating: Any
) -> None:
    call, client = sent(FIGURE, RATE, CHOICE, WORDS), signed_in("lian")
    answered(call, changde, "3", "50", "有", "会长带队")
    answered(call, shaoyang, "2.5", "40", "无", "=1+1")
    page = client.get(f"/calls/call/{call.pk}/").content.decode()
    assert "5.5个" in page and "90%" not in page
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/calls/call/{call.pk}/sheet.xlsx").streaming_content)))
    rows = [[cell.value for cell in row][2:] for row in book.active]
    assert rows[1:] == [[3, 50, "有", "会长带队"], [2.5, 40, "无", "'=1+1"], [5.5, None, None, None]]


def test_the_sheet_costs_the_same_queries_for_any_number_of_chambers(
    sent: Any, changde: Any, django_assert_num_queries: Any, coordinating: Any
) -> None:
    import uuid

    from federation.calls.models import Call
    from federation.calls.sheet import sheet_of
    from huiguan.actors import SYSTEM, acting_as

    call = sent(FIGURE, WORDS)
    with coordinating(), acting_as(SYSTEM):
        for n in range(5):
            named = {"chamber_id": uuid.uuid4(), "chamber_name": f"商会{n}"}
            receipt = call.receipts.create(federation_id=call.federation_id, **named)
            receipt.submit(answers={str(q.pk): "1" for q in call.form}, signed_by="秦若兰")
        fresh = Call.objects.get(pk=call.pk)
        with django_assert_num_queries(3):
            sheet = sheet_of(fresh)
            assert [row.receipt.timeliness() for row in sheet.rows] == ["按时"] * 5 + ["", ""]


def test_a_delegate_reads_and_builds_nothing(written: Any, signed_in: Any) -> None:
    call, client = written(FIGURE), signed_in("qiao")
    page = client.get(f"/calls/call/{call.pk}/")
    assert page.status_code == 200 and "x-data" not in page.content.decode().split('id="main"')[1]
    assert client.post(f"/calls/call/{call.pk}/moves/ask/", {"label": "x", "kind": "text"}).status_code == 403
    assert client.get(f"/calls/call/{call.pk}/sheet.xlsx").status_code == 403
    assert client.get("/calls/punctuality/").status_code == 200


def test_another_federations_call_does_not_exist(sent: Any, signed_in: Any) -> None:
    import uuid

    call = sent(FIGURE)
    with in_federation():
        type(call).objects.filter(pk=call.pk).update(federation_id=uuid.uuid4())
    client = signed_in("lian")
    for page in ("", "sheet.xlsx", "reports/"):
        assert client.get(f"/calls/call/{call.pk}/{page}").status_code == 404
