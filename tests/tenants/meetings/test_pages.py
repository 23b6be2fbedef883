"""The pages of both sides, from the convened session to the finished action item."""

import datetime
import io

import pytest
from django.utils.timezone import localtime, now
from pypdf import PdfReader

from tests.tenants.meetings.conftest import said


@pytest.fixture
def pages(signed_in, hunan):
    """`pages("qin").post(...)`: browsers of people on both sides."""
    return {key: signed_in(key) for key in ("qin", "tan", "ruan", "dai", "lian", "qiao")}.__getitem__


def session_url(session, *parts):
    return f"/meetings/sessions/{session.pk}/" + "".join(f"{p}/" for p in parts)


def move_url(session, name):
    return f"/liaison/session/{session.pk}/moves/{name}/"


def test_a_reader_reads_and_answers_nothing(pages, as_, invited):
    assert pages("ruan").get(session_url(invited)).status_code == 200
    assert pages("ruan").post(session_url(invited, "attendance"), {"coming": "no"}).status_code == 403
    assert pages("tan").post(session_url(invited, "approval"), {}).status_code == 403
    with as_("qin"):
        assert not said().exists()


def test_an_unknown_session_is_not_found(pages, invited):
    assert pages("qin").get("/meetings/sessions/01a20362-7bce-703a-b034-e21bcfde766c/").status_code == 404
    assert pages("qin").get("/meetings/actions/01a20362-7bce-703a-b034-e21bcfde766c/").status_code == 404


def test_another_chambers_action_item_is_not_found(pages, as_, held):
    with as_("lian"):
        key = held.action_items.get().pk
    assert pages("qin").get(f"/meetings/actions/{key}/").status_code == 200
    assert pages("dai").get(f"/meetings/actions/{key}/").status_code == 404


def test_who_comes_must_be_said(pages, as_, invited):
    answer = pages("tan").post(session_url(invited, "attendance"), {"coming": "yes"})
    assert answer.status_code == 200
    assert "请写明带队人和人数" in answer.content.decode()
    with as_("tan"):
        assert not said().exists()


def test_words_that_changed_under_the_readers_eyes_are_not_approved(pages, as_, held):
    pages("qin").post(session_url(held, "approval"), {"digest": "0" * 64})
    with as_("qin"):
        assert not said().exists()


def test_the_delegate_of_the_federation_is_shown_no_button(pages, held):
    assert "moves/revise_minutes" in pages("lian").get(f"/liaison/session/{held.pk}/").content.decode()
    assert "/moves/" not in pages("qiao").get(f"/liaison/session/{held.pk}/").content.decode()
    assert pages("qiao").post(move_url(held, "revise_minutes")).status_code == 403


def test_nobody_speaks_for_a_chamber_through_the_federations_pages(pages, held, changde):
    answer = pages("lian").post(move_url(held, "approve_minutes"), {"chamber_id": str(changde.pk)})
    assert answer.status_code == 403


def test_every_page_answers(pages, as_, held):
    with as_("lian"):
        action, series = held.action_items.get().pk, held.series_id
    chamber = ["", "topics/", "topics/new/", "actions/", f"actions/{action}/", f"series/{series}/hosts/"]
    chamber += ["reply/", "actionreport/", f"sessions/{held.pk}/"]
    for path in chamber:
        assert pages("qin").get(f"/meetings/{path}").status_code == 200, path
    federation = ["session/", f"session/{held.pk}/", f"session/{held.pk}/print/", "series/", f"series/{series}/"]
    assert pages("lian").get("/liaison/session/new/").headers["Location"].endswith(f"/series/{series}/sessions/")
    federation += [f"series/{series}/hosts/", f"series/{series}/sessions/", "topic/", f"actionitem/{action}/"]
    for path in federation:
        assert pages("lian").get(f"/liaison/{path}").status_code == 200, path
    for key in ("qin", "lian"):
        assert "整理分工表" in pages(key).get("/tasks/").content.decode() or key == "lian"


def test_from_convening_to_the_finished_action_item(pages, as_, arrive, convened, changde, shaoyang):
    """The whole way through the pages: refused nowhere, and every act of a chamber is in its ledger."""
    lian, qin, dai = pages("lian"), pages("qin"), pages("dai")
    url = f"/liaison/session/{convened.pk}/"
    assert "轮到" in lian.get(url).content.decode()

    lian.post(move_url(convened, "propose_host"), {"chamber_id": changde.pk})
    qin.post(session_url(convened, "hosting"), {"accepts": "yes", "note": "欢迎"})
    assert "答复正在送达" in qin.get(session_url(convened)).content.decode()
    arrive()

    agree_on_topic(lian, qin, dai, convened, arrive)
    starts_at = localtime(now() - datetime.timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    lian.post(move_url(convened, "schedule"), {"starts_at": starts_at, "place": "常德商会"})
    lian.post(move_url(convened, "send_notice"))

    for browser in (qin, dai):
        browser.post(session_url(convened, "attendance"), {"coming": "yes", "head": "某某", "people": 2})
    arrive()
    hold(lian, convened, changde, shaoyang)

    minutes = qin.get(session_url(convened)).content.decode()
    assert "按季提醒最有效" in minutes
    digest = minutes.split('name="digest" value="')[1][:64]
    for browser in (qin, dai):
        browser.post(session_url(convened, "approval"), {"digest": digest})
    arrive()
    assert "文字不再改动" in qin.get(session_url(convened)).content.decode()

    assert "写经验材料" in qin.get("/").content.decode()
    action = first_key(qin.get("/meetings/actions/"), "/meetings/actions/")
    qin.post(f"/meetings/actions/{action}/", {"evidence": "材料已发", "remark": "自己留着"})
    arrive()
    assert "请核实凭据" in lian.get("/").content.decode()
    lian.post(f"/liaison/actionitem/{action}/moves/verify/")
    assert "已核实" in qin.get("/meetings/actions/").content.decode()
    with as_("qin"):
        assert set(said().values_list("state", flat=True)) == {"delivered"}
        assert said().count() == 5


def agree_on_topic(lian, qin, dai, session, arrive):
    """Proposed by one chamber, seconded by the other, taken onto the agenda."""
    dai.post("/meetings/topics/new/", {"series": session.series_id, "title": "会费收取"})
    arrive()
    topic = first_key(qin.get("/meetings/topics/"), "/meetings/topics/")
    qin.post(f"/meetings/topics/{topic}/second/")
    arrive()
    lian.post(move_url(session, "take_topic"), {"topic_id": topic})


def hold(lian, session, changde, shaoyang):
    """Check in, record, draft, send."""
    for chamber in (changde, shaoyang):
        lian.post(move_url(session, "check_in"), {"chamber_id": chamber.pk})
    lian.post(move_url(session, "note_statement"), {"chamber_id": shaoyang.pk, "text": "按季提醒最有效"})
    lian.post(move_url(session, "record_decision"), {"text": "下一期继续交流"})
    taken_on = {"title": "写经验材料", "chamber_id": changde.pk, "due_on": "2099-01-01"}
    lian.post(move_url(session, "assign_action"), taken_on)
    for name in ("hold", "draft_minutes", "send_minutes"):
        lian.post(move_url(session, name))


def first_key(answer, stem):
    """The first key in the page's addresses below a stem."""
    words = answer.content.decode().split(stem)[1:]
    return next(w[:36] for w in words if w[8:9] == "-")


def test_a_secretary_says_on_which_dates_the_chamber_can_come_and_sees_what_was_said(
    pages, as_, convened, changde, arrive
):
    with as_("lian"):
        convened.host_id, convened.host_name = changde.pk, changde.name
        convened.save()
    move, soon = move_url(convened, "open_poll"), localtime(now() + datetime.timedelta(days=20))
    late = localtime(now() + datetime.timedelta(days=5)).date()
    offered = {"date_1": f"{soon:%Y-%m-%dT09:30}", "date_2": f"{soon:%Y-%m-%dT14:30}", "answer_by": late}
    refused = pages("lian").post(move, {**offered, "date_2": offered["date_1"]})
    assert refused.status_code == 200
    assert offered["date_1"] in refused.content.decode(), "what was typed is kept"
    assert pages("lian").post(move, offered).status_code == 302
    with as_("lian"):
        keys = [str(key) for key in convened.options.values_list("pk", flat=True)]
    url = session_url(convened, "dates")
    assert pages("ruan").post(url, dict.fromkeys(keys, "yes")).status_code == 403
    assert pages("tan").post(url, {keys[0]: "yes"}).status_code == 200
    assert pages("tan").post(url, {keys[0]: "yes", keys[1]: "no"}).status_code == 302
    assert "正在发送" not in pages("tan").get(session_url(convened)).content.decode()
    arrive()
    assert changde.name in pages("lian").get(f"/liaison/session/{convened.pk}/").content.decode()
    schedule = pages("lian").get(move_url(convened, "schedule"), {"starts_at": offered["date_1"]})
    assert offered["date_1"] in schedule.content.decode()


def test_adopted_minutes_are_a_paper_on_both_sides_and_others_are_not(pages, as_, held, changde, shaoyang):
    addresses = [("qin", session_url(held) + "minutes.pdf"), ("lian", f"/liaison/session/{held.pk}/minutes.pdf")]
    for key, url in addresses:
        assert pages(key).get(url).status_code == 404
    with as_("lian"):
        held.approvals.update(state="approved")
        held.adopt_minutes()
        heading, digest = held.minutes.text.splitlines()[0], held.minutes.digest
    for key, url in addresses:
        content = b"".join(pages(key).get(url))
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        assert heading in text.replace("\n", "")
        assert digest[:8] in text


def test_what_is_filed_as_a_problem_stands_on_the_page_of_the_series(pages, as_, invited, changde):
    with as_("lian"):
        invited.check_in(chamber_id=changde.pk)
    said = {"chamber_id": changde.pk, "text": "会费收不齐", "filed_as": "problem"}
    assert pages("lian").post(move_url(invited, "note_statement"), said).status_code == 302
    page = pages("lian").get(f"/liaison/series/{invited.series_id}/").content.decode()
    assert "各商会遇到的问题" in page
    assert "会费收不齐" in page
    assert "值得借鉴的做法" not in page, "nothing is filed there"
