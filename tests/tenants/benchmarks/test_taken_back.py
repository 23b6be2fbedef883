"""The chamber takes the item back: its consents end, and what it sent waits for no release."""

from typing import Any

import pytest
from django.utils.translation import override

from federation.benchmarking.models import Release
from federation.registry.items import Item
from federation.registry.queries import federations_of
from huiguan.actors import SYSTEM, acting_as
from huiguan.outbox.delivery import deliver
from huiguan.tenancy.binding import in_federation
from tenants.affiliation.models import Affiliation
from tenants.benchmarks import actions
from tenants.benchmarks.models import Sending, Share
from tenants.benchmarks.showing import last_quarter, quarters_before
from tenants.benchmarks.waiting import unsent
from tenants.members.models import Member

WITHOUT = [item for item in Item.values if item != Item.BENCHMARKING]
QUARTER = last_quarter()
BEFORE = quarters_before(*QUARTER)[-2]


@pytest.fixture
def told(changde: Any, as_person: Any) -> dict[str, Any]:
    """Two KPIs are shared and sent for the last quarter, and for the one before."""
    [federation] = federations_of(changde.pk)
    to = {"federation_id": federation.id, "federation_name": federation.name}
    with as_person("qin"):
        for number in range(12):
            Member(name=f"第{number}家有限公司", joined_on="2020-01-01", industry="商贸").save()
        for year, quarter in (BEFORE, QUARTER):
            actions.compute(year, quarter)
        for code in ("K02", "P01"):
            actions.share(code=code, **to)
        for year, quarter in (BEFORE, QUARTER, QUARTER):
            actions.send(year=year, quarter=quarter, **to)
    return to


@pytest.fixture
def change(told: Any, changde: Any, as_person: Any) -> Any:
    """`change(items)`: the chamber accepts exactly these, and the federation has heard it."""

    def accept(items: list[str]) -> None:
        with as_person("qin"):
            Affiliation.objects.current().get().change_items(items=items, version=1)
        with acting_as(SYSTEM):
            deliver(changde)

    return accept


def release(told: Any, quarter: tuple[int, int]) -> None:
    with acting_as(SYSTEM), in_federation():
        year, number = quarter
        Release.objects.create(federation_id=told["federation_id"], year=year, quarter=number, status="frozen")


def test_what_is_released_stays_and_the_rest_is_counted_once_by_quarter_and_kpi(
    told: Any, change: Any, as_person: Any
) -> None:
    release(told, BEFORE)
    with as_person("qin"), override("en"):
        said = Affiliation.objects.current().get().foretold(WITHOUT)[Item.BENCHMARKING]
    assert said == [
        "2 figures that were sent and are not released stay out of the release",
        "2 key figures are no longer shared",
    ]
    change(WITHOUT)
    with as_person("qin"):
        taken_back = Sending.objects.filter(taken_back_on__isnull=False).values_list("year", "quarter")
        assert set(taken_back) == {QUARTER}
        assert [(s.year, s.quarter) for s in Sending.objects.standing()] == [BEFORE]
        assert not Share.objects.standing(told["federation_id"]).exists()


def test_nothing_is_to_be_sent_while_nothing_is_shared(change: Any, actor: Any, as_person: Any) -> None:
    change(WITHOUT)
    qin = actor("qin")
    with as_person("qin"):
        assert list(unsent(qin)) == []


def test_accepting_again_shares_nothing_by_itself_and_one_step_shares_all_again(
    told: Any, change: Any, signed_in: Any, as_person: Any
) -> None:
    browser = signed_in("qin")
    change(WITHOUT)
    assert browser.get("/benchmarks/").context["ended"] == []
    change(Item.values)
    with as_person("qin"):
        assert not Share.objects.standing(told["federation_id"]).exists()
    page = browser.get("/benchmarks/")
    assert [share.code for share in page.context["ended"]] == ["K02", "P01"]
    assert page.context["sent"] is None
    assert signed_in("tan").post("/benchmarks/shares/again/").status_code == 403
    assert browser.post("/benchmarks/shares/again/").status_code == 302
    with as_person("qin"):
        assert Share.objects.standing(told["federation_id"]).count() == 2
    assert browser.get("/benchmarks/").context["ended"] == []
    assert "/benchmarks/check/" in browser.get("/tasks/").content.decode()


def test_what_was_taken_back_by_itself_is_not_shared_again_with_the_others(
    told: Any, change: Any, as_person: Any
) -> None:
    """Shared until the item was taken back, shared again, then withdrawn on purpose."""
    change(WITHOUT)
    change(Item.values)
    with as_person("qin"):
        actions.share_again(**told)
        actions.withdraw(Share.objects.standing(told["federation_id"]).get(code="K02"))
    change(WITHOUT)
    change(Item.values)
    with as_person("qin"):
        assert actions.share_again(**told) == 1
        assert [share.code for share in Share.objects.standing(told["federation_id"])] == ["P01"]


def test_a_chamber_without_a_credit_code_says_so_instead_of_inventing_one(
    told: Any, changde: Any, signed_in: Any, as_person: Any
) -> None:
    from huiguan.tenancy.binding import in_site
    from huiguan.tenancy.models import Chamber

    with as_person("qin"):
        assert actions.organisation() == ""
    with in_site():
        Chamber.objects.filter(pk=changde.pk).update(credit_code="51610100MJA0000023")
    content = signed_in("qin").get("/benchmarks/check/").context["content"]
    assert len(content["organisation"]) == 24
    assert "51610100MJA0000023" not in str(content)
