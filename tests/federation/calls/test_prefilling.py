"""A draft is filled from the chamber's own records, says where each figure comes from, and a person corrects it."""

import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.federation.calls.conftest import seen_by

pytestmark = pytest.mark.django_db
MEMBERS = {"label": "会员总数", "kind": "number", "unit": "家", "source": "members.count"}
RETENTION = {"label": "会员保留率", "kind": "number", "source": "K02"}


@pytest.fixture
def members(at_work: Any, changde: Any) -> None:
    """Twelve members since long; of them three have left this year."""
    from tenants.members.models import Member

    with at_work(changde):
        for n in range(12):
            left = localdate() - datetime.timedelta(days=30) if n < 3 else None
            status = "left" if left else "active"
            Member.objects.create(name=f"湘商企业{n}", joined_on="2020-01-01", left_on=left, status=status)


def _prefilled(call: Any, chamber: Any) -> Any:
    from tenants.reporting.models import Answer
    from tenants.reporting.prefilling import prefilled

    return prefilled(seen_by(chamber, call), Answer(call_id=call.pk))


def test_a_figure_and_a_kpi_are_counted_in_the_chamber(
    sent: Any, at_work: Any, members: Any, changde: Any, shaoyang: Any
) -> None:
    call = sent(MEMBERS, RETENTION)
    with at_work(changde):
        known = _prefilled(call, changde)
        assert list(known.words.values()) == ["9", "75"]
        assert f"{localdate():%Y-%m-%d}" in next(iter(known.found.values())).where
        assert [q.unit for q in seen_by(changde, call).questions] == ["家", "%"]
    with at_work(shaoyang):
        assert list(_prefilled(call, shaoyang).words.values()) == ["0"]


def test_a_kpi_is_of_the_days_that_the_call_names(sent: Any, at_work: Any, members: Any, changde: Any) -> None:
    call = sent(RETENTION, first_day=datetime.date(2024, 1, 1), last_day=datetime.date(2024, 12, 31))
    with at_work(changde):
        [found] = _prefilled(call, changde).found.values()
    assert found.said == "100" and "2024-01-01" in found.where


def test_nothing_leaves_that_a_person_has_not_saved(
    sent: Any, at_work: Any, members: Any, changde: Any, signed_in: Any
) -> None:
    from huiguan.outbox.models import Message

    call = sent(MEMBERS)
    name = str(seen_by(changde, call).questions[0].id)
    client = signed_in("qin")
    page = client.get(f"/reporting/calls/{call.pk}/").content.decode()
    assert 'value="9"' in page and "本会记录：9" in page and 'name="digest"' not in page
    page = client.post(f"/reporting/calls/{call.pk}/draft/", {name: "10"}, follow=True).content.decode()
    assert 'value="10"' in page and "本会记录：9" in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    client.post(f"/reporting/calls/{call.pk}/signature/", {"digest": digest})
    with at_work(changde):
        [line] = Message.objects.get(name="reporting.answer_signed").content["answers"]
    assert (line["question"], line["answer"], line["unit"]) == ("会员总数", "10", "家")


def test_only_who_may_see_a_figure_is_told_it(sent: Any, members: Any, changde: Any) -> None:
    from huiguan.actors import Actor, acting_as
    from huiguan.tenancy.binding import in_chamber

    call = sent(MEMBERS)
    blind = Actor("无权", permissions=frozenset({"reporting.answer"}), chamber_id=changde.pk)
    with acting_as(blind), in_chamber(changde):
        assert _prefilled(call, changde).words == {}


def test_every_name_that_a_call_can_ask_for_is_counted_in_an_empty_chamber(at_work: Any, changde: Any) -> None:
    from huiguan import offered
    from huiguan.kpis import Period

    with at_work(changde):
        for name in offered.offers():
            found = offered.find(name, Period.year_to(localdate()))
            assert found is None or float(found.said) >= 0
    assert {"members.count", "K02"} <= offered.offers().keys()
