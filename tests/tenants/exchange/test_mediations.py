"""A dispute of two other chambers, mediated by this one."""

from typing import Any

import pytest

from federation.matching.models import Dispute, ExpressionOfInterest, Profile
from huiguan.keys import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediation(pair: Any, changde: Any, shaoyang: Any, hunan: Any) -> str:
    """邵阳 and 怀化 disagree over what was delivered; 常德 is named. The address of its page."""
    need, offer = (Profile.objects.get(pk=listing.pk) for listing in pair)
    offer.pk, offer.chamber_id, offer.chamber_name, offer._state.adding = uuid7(), uuid7(), "怀化商会", True
    offer.save()
    sides = {"from_chamber_id": shaoyang.pk, "from_name": shaoyang.name, "to_chamber_id": offer.chamber_id}
    interest = ExpressionOfInterest(need=need, offer=offer, to_name="怀化商会", federation_id=hunan.pk, **sides)
    interest.status = "disputed"
    interest.save()
    told = {"raised_by_id": shaoyang.pk, "raised_by_name": shaoyang.name, "about": "只讲了半小时"}
    dispute = Dispute(interest=interest, federation_id=hunan.pk, mediator_id=changde.pk, **told)
    dispute.mediator_name, dispute.status = changde.name, "mediating"
    dispute.save()
    return f"/exchange/mediations/{dispute.pk}/"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_mediator_reads_it_among_its_tasks_and_reports(mediation: str, signed_in: Any, deliver: Any) -> None:
    browser = signed_in("qin")
    assert mediation in text_of(browser.get("/tasks/"))
    assert mediation in text_of(browser.get("/exchange/introductions/"))
    page = text_of(browser.get(mediation))
    assert "只讲了半小时" in page
    assert "怀化商会" in page
    assert browser.post(mediation, {"result": "settled", "text": ""}).status_code == 200
    assert browser.post(mediation, {"result": "settled", "text": "补讲一次"}).status_code == 302
    assert "Refresh" in browser.get(mediation)
    deliver()
    assert Dispute.objects.get().ending == "补讲一次"
    assert ExpressionOfInterest.objects.get().status == "delivered"
    assert mediation not in text_of(browser.get("/tasks/"))
    assert browser.get(mediation).context["found"].is_waiting is False


def test_a_party_finds_no_mediation_of_its_own(mediation: str, signed_in: Any) -> None:
    assert signed_in("dai").get(mediation).status_code == 404


def test_who_may_not_agree_may_not_mediate(mediation: str, signed_in: Any) -> None:
    assert signed_in("peng").get(mediation).status_code == 403
