"""The second reading as two secretariats do it."""

from typing import Any

import pytest

from federation.matching.models import Profile, ProfileReview

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def asked(write: Any, deliver: Any, signed_in: Any) -> str:
    """The coordinator wants a second reading; 常德 publishes. The address at which 邵阳 reads."""
    said = {"lists_per_slot": "3", "is_reviewed": "on"}
    assert signed_in("lian").post("/matching/rules/", said).status_code == 302
    write("qin", kind="offer", category="VEN.HALL", title="酒店大礼堂", unit="seat", is_named=False)
    deliver()
    return f"/exchange/readings/{ProfileReview.objects.get().pk}/"


def test_the_reader_has_it_among_its_tasks_reads_it_without_the_name_and_approves(
    asked: str, signed_in: Any, deliver: Any
) -> None:
    dai = signed_in("dai")
    assert asked in text_of(dai.get("/tasks/"))
    page = text_of(dai.get(asked))
    assert "酒店大礼堂" in page
    assert "常德" not in page
    assert signed_in("qin").get(asked).status_code == 404
    assert dai.post(asked, {"verdict": "approve"}).status_code == 302
    assert asked not in text_of(dai.get("/tasks/"))
    deliver()
    assert Profile.objects.get().status == "published"


def test_what_is_to_be_changed_is_a_task_of_its_chamber(asked: str, signed_in: Any, deliver: Any) -> None:
    answer = signed_in("dai").post(asked, {"verdict": "return"})
    assert list(answer.context["form"].errors) == ["remarks"]
    signed_in("dai").post(asked, {"verdict": "return", "remarks": ["several"], "text": "分成两条"})
    deliver()
    assert "一条中包含多项" in text_of(signed_in("qin").get("/tasks/"))
    listing = Profile.objects.get().pk
    assert "复核方已退回" in text_of(signed_in("qin").get(f"/exchange/listing/{listing}/matches/"))
