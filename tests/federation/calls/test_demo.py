"""The demo plays the notice of [001]: answered in time, sent back, late; the next call is open."""

from collections.abc import Iterator
from typing import Any

import pytest

from federation.calls import demo as asking
from federation.calls import shapes
from huiguan.demo.stage import Stage
from huiguan.tenancy.binding import in_federation
from tenants.reporting import demo as answering

pytestmark = pytest.mark.django_db


@pytest.fixture
def played(hunan: Any, changde: Any, shaoyang: Any, actor: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """With the two chambers of the cast: one answers and is sent back, the other is late."""
    answers = {"changde": answering.ANSWERS["hengyang"]}
    monkeypatch.setattr(answering, "ANSWERS", answers)
    monkeypatch.setattr(answering, "SENT_BACK", {"changde": "请补充项目名称和签约日期。"})
    monkeypatch.setattr(answering, "_answer", _only_known(answering._answer))
    monkeypatch.setattr(Stage, "_actor", lambda self, key, host: actor(key))
    monkeypatch.setattr(Stage, "_head_of", lambda self, slug: {"changde": "qin", "shaoyang": "dai"}[slug])
    stage = Stage({"changde": changde, "shaoyang": shaoyang}, hunan.pk)
    asking.load_demo(stage)
    answering.load_demo(stage)
    yield stage


def _only_known(answer: Any) -> Any:
    return lambda stage, slug, *args, **kwargs: answer(stage, slug, *args, **kwargs) if slug in stage.chambers else None


def test_the_notice_is_answered_sent_back_and_late(played: Any, changde: Any, shaoyang: Any, hunan: Any) -> None:
    from federation.calls.models import Call
    from federation.calls.punctuality import punctuality

    with in_federation():
        yearly = Call.objects.get(title=asking.YEARLY)
        stands = {r.chamber_id: (r.status, r.timeliness()) for r in yearly.receipts.all()}
        counted = {p.chamber_id: (p.in_time, p.of) for p in punctuality(hunan.pk)}
    assert yearly.is_overdue and yearly.status == "open"
    assert stands == {changde.pk: ("returned", "按时"), shaoyang.pk: ("not_seen", "逾期")}
    assert counted == {changde.pk: (1, 1), shaoyang.pk: (0, 1)}


def test_every_chamber_that_is_asked_answers_but_one() -> None:
    from federation.registry.items import Item
    from tenants.affiliation.demo import STORIES

    asked = {slug for slug, story in STORIES.items() if Item.DATA_CALLS in story.items}
    assert asked - answering.ANSWERS.keys() == {"xiangtan"} and answering.ANSWERS.keys() < asked
    assert answering.SENT_BACK.keys() | {*answering.ACCEPTED} <= answering.ANSWERS.keys()


@pytest.mark.parametrize("slug", answering.ANSWERS)
def test_every_answer_of_the_demo_fits_its_form(slug: str) -> None:
    numbers, who, rows, words = answering.ANSWERS[slug]
    fields = [*asking.FIGURES, *asking.REST]
    table = next(f["parts"] for f in fields if f["kind"] == "table")
    choice = next(f["parts"] for f in fields if f["kind"] == "choice")
    assert len(numbers) == sum(f["kind"] == "number" and "source" not in f for f in fields)
    assert all(shapes.takes("number", [], number) for number in numbers) and shapes.takes("text", [], words)
    named = [dict(zip([part["name"] for part in table], row, strict=True)) for row in rows]
    assert shapes.takes("choice", choice, who) and shapes.takes("table", table, named)
