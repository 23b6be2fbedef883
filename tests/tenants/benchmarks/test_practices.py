"""A chamber of the better quarter writes a card: previewed, sent, in the ledger, and taken back by itself."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from federation.benchmarking.models import Place, Release
from federation.registry.queries import federations_of
from huiguan.actors import SYSTEM, acting_as
from huiguan.capability import kpis
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_federation
from tenants.benchmarks import practices
from tenants.benchmarks.models import Practice

SAID = {"title": "按月电话提醒", "text": "每月第一周由联络员致电。"}
URL = "/benchmarks/kpis/K02/practice/"


@pytest.fixture
def federation(changde: Any) -> Any:
    [found] = federations_of(changde.pk)
    return found


@pytest.fixture
def placed(changde: Any, federation: Any) -> Any:
    """`placed(quartile)`: the chamber's place in the newest release."""

    def make(quartile: int) -> None:
        with acting_as(SYSTEM), in_federation():
            made = Release.objects.create(federation_id=federation.id, year=2025, quarter=1, status="frozen")
            Place.objects.create(release=made, chamber_id=changde.pk, code="K02", quartile=quartile)

    return make


def sent(name: str) -> Any:
    return Message.objects.filter(name=f"benchmarks.{name}").values_list("content", flat=True)


def test_only_the_better_quarter_writes(placed: Any, federation: Any, as_person: Any, signed_in: Any) -> None:
    placed(3)
    assert signed_in("qin").get(URL).status_code == 404
    with as_person("qin"), pytest.raises(ValidationError):
        practices.share_practice(kpi=kpis()["K02"], federation=federation, **SAID)


def test_the_words_that_were_written_leave_once_and_end_by_one_step(
    placed: Any, signed_in: Any, as_person: Any
) -> None:
    placed(4)
    browser = signed_in("qin")
    assert signed_in("tan").get(URL).status_code == 403
    assert browser.post(URL, {"title": "", "text": ""}).context["form"].errors
    assert browser.post(URL, SAID).status_code == 302
    with as_person("qin"):
        assert list(sent("practice_shared")) == [{"code": "K02", **SAID, "takes_mentees": False}]
        card = Practice.objects.get()
    assert SAID["title"] in browser.get("/benchmarks/kpis/K02/").content.decode()
    assert browser.post(f"/benchmarks/practices/{card.pk}/end/").status_code == 302
    with as_person("qin"):
        assert list(sent("practice_ended")) == [{"code": "K02"}]
        assert Practice.objects.get().ended_on
    assert browser.post(f"/benchmarks/practices/{card.pk}/end/").status_code == 404
