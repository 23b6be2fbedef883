"""Both chambers' pages of a swap: asked by one, seen by the two alone, answered by the other."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from federation.liaison import queries
from tenants.meetings import swaps
from tests.tenants.meetings.conftest import said


@pytest.fixture
def hosted(as_: Any, convened: Any, changde: Any) -> Any:
    with as_("lian"):
        convened.host_id, convened.host_name = changde.pk, changde.name
        convened.save()
    return convened


def url(session: Any, *parts: Any) -> str:
    return f"/meetings/sessions/{session.pk}/" + "".join(f"{part}/" for part in parts)


def seen(chamber: Any, session: Any) -> Any:
    return queries.meeting(chamber_id=chamber.pk, session_id=session.pk)


def test_an_officer_does_not_pass_the_turn_on(signed_in: Any, as_: Any, hosted: Any, shaoyang: Any) -> None:
    assert signed_in("tan").post(url(hosted, "swap"), {"taker_id": str(shaoyang.pk)}).status_code == 403
    with as_("qin"):
        assert not said().exists()


def test_a_chamber_that_is_none_of_the_offered_is_refused_in_the_form(signed_in: Any, hosted: Any, hunan: Any) -> None:
    answer = signed_in("qin").post(url(hosted, "swap"), {"taker_id": str(hunan.pk)})
    assert answer.status_code == 200
    assert answer.context["swap"].errors


def test_who_does_not_host_is_offered_no_swap(
    signed_in: Any, as_: Any, hosted: Any, changde: Any, shaoyang: Any
) -> None:
    assert url(hosted, "swap") not in signed_in("dai").get(url(hosted)).content.decode()
    with as_("dai"), pytest.raises(ValidationError):
        swaps.ask_swap(meeting=seen(shaoyang, hosted), taker_id=changde.pk)


def test_asked_answered_and_hosted_by_the_other(
    signed_in: Any, as_: Any, arrive: Any, hosted: Any, changde: Any, shaoyang: Any
) -> None:
    qin, dai = signed_in("qin"), signed_in("dai")
    qin.post(url(hosted, "swap"), {"taker_id": str(shaoyang.pk), "why": "年会在即"})
    arrive()
    assert url(hosted, "swap", "withdrawal") in qin.get(url(hosted)).content.decode()
    assert "年会在即" in dai.get(url(hosted)).content.decode()
    coordinator = signed_in("lian").get(f"/liaison/session/{hosted.pk}/").content.decode()
    assert f"{changde.name}请{shaoyang.name}接替承办" in coordinator
    assert "请本会接替承办" in dai.get("/tasks/").content.decode()
    with as_("dai"):
        [swap] = seen(shaoyang, hosted).session.swaps_to_answer
    assert qin.post(url(hosted, "swaps", swap.id, "answer"), {"accepts": "yes"}).status_code == 302
    assert dai.post(url(hosted, "swaps", swap.id, "answer"), {"accepts": "yes"}).status_code == 302
    arrive()
    with as_("qin"):
        assert seen(changde, hosted).session.host == shaoyang.name
        assert [message.name for message in said()] == ["meetings.swap_asked"]
    assert (
        f"{changde.name} → {shaoyang.name}" in qin.get(f"/meetings/series/{hosted.series_id}/hosts/").content.decode()
    )


def test_the_question_is_taken_back(signed_in: Any, as_: Any, arrive: Any, hosted: Any, shaoyang: Any) -> None:
    qin = signed_in("qin")
    qin.post(url(hosted, "swap"), {"taker_id": str(shaoyang.pk)})
    arrive()
    qin.post(url(hosted, "swap", "withdrawal"))
    arrive()
    with as_("dai"):
        assert seen(shaoyang, hosted).session.swaps_to_answer == []
