"""A chamber sees its figures, agrees to each, sends them word for word, and takes them back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from federation.registry.queries import federations_of
from huiguan.actors import NotAllowed
from huiguan.kpis import last_quarter
from huiguan.outbox.models import Message
from tenants.benchmarks import actions
from tenants.benchmarks.models import Figure, Share
from tenants.benchmarks.showing import quarters_before
from tenants.members.models import Member

QUARTER = last_quarter()


@pytest.fixture
def told(changde: Any) -> dict[str, Any]:
    [federation] = federations_of(changde.pk)
    return {"federation_id": federation.id, "federation_name": federation.name}


def sent() -> Any:
    return Message.objects.filter(name="benchmarks.figures_sent")


def fill(members: int = 12) -> None:
    for number in range(members):
        Member(name=f"第{number}家有限公司", joined_on="2020-01-01", industry="商贸").save()


def test_a_figure_that_nobody_has_seen_cannot_be_shared(working: Any, told: Any) -> None:
    working("qin")
    with pytest.raises(ValidationError):
        actions.share(code="K02", **told)


def test_an_officer_cannot_share(working: Any, told: Any) -> None:
    working("tan")
    actions.compute(*QUARTER)
    with pytest.raises(NotAllowed):
        actions.share(code="K02", **told)


def test_a_thin_figure_has_no_value_and_is_not_sent(working: Any, told: Any) -> None:
    working("qin")
    fill(3)
    actions.compute(*QUARTER)
    assert Figure.objects.get(code="K02").value is None
    actions.share(code="K02", **told)
    with pytest.raises(ValidationError):
        actions.send(year=QUARTER[0], quarter=QUARTER[1], **told)
    assert not sent().exists()


def test_what_was_previewed_is_what_the_ledger_and_the_federation_have(working: Any, told: Any) -> None:
    working("qin")
    fill()
    actions.compute(*QUARTER)
    for code in ("K02", "P01"):
        actions.share(code=code, **told)
    shown = actions.preview(federation_id=told["federation_id"], year=QUARTER[0], quarter=QUARTER[1])
    actions.send(year=QUARTER[0], quarter=QUARTER[1], **told)
    message = sent().get()
    assert message.content == shown
    assert {f["code"] for f in shown["figures"]} == {"K02", "P01"}
    assert shown["members"] == 12


def test_a_figure_taken_back_is_in_no_later_sending(working: Any, told: Any) -> None:
    working("qin")
    fill()
    actions.compute(*QUARTER)
    actions.share(code="K02", **told)
    actions.withdraw(Share.objects.get())
    assert actions.preview(federation_id=told["federation_id"], year=QUARTER[0], quarter=QUARTER[1])["figures"] == []
    assert Message.objects.filter(name="benchmarks.figure_withdrawn").exists()


def test_computing_again_replaces_and_never_doubles(working: Any) -> None:
    working("qin")
    fill()
    actions.compute(*QUARTER)
    fill(1)
    actions.compute(*QUARTER)
    assert Figure.objects.get(code="P01").denominator == 13


def test_four_quarters_end_with_the_last_one() -> None:
    assert quarters_before(2026, 3) == [(2025, 4), (2026, 1), (2026, 2), (2026, 3)]
    assert quarters_before(2026, 1, 2) == [(2025, 4), (2026, 1)]


def test_the_page_computes_shares_and_sends(signed_in: Any, as_person: Any, told: Any) -> None:
    with as_person("qin"):
        fill()
    browser = signed_in("qin")
    assert browser.get("/benchmarks/").status_code == 200
    browser.post("/benchmarks/computation/")
    browser.post("/benchmarks/kpis/K02/share/")
    assert "100%" in browser.get("/benchmarks/check/").content.decode()
    assert browser.post("/benchmarks/check/").status_code == 302
    assert signed_in("tan").get("/benchmarks/check/").status_code == 403
    with as_person("qin"):
        assert sent().count() == 1
