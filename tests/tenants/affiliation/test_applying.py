"""Applying to a federation: admitted means invited; the chamber still chooses item by item."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed_circle(changde: Any) -> Any:
    """A federation that has invited nobody."""
    from federation.registry.actions import open_federation
    from huiguan.accounts.models import Person
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        lian = Person.objects.get(email="lian@example.com")
        return open_federation(name="秦岭商会联盟", slug="qinling", coordinator=lian)


def test_an_officer_may_not_apply(closed_circle: Any, signed_in: Any) -> None:
    assert signed_in("tan").post("/affiliation/application/", {"slug": "qinling"}).status_code == 403


@pytest.mark.parametrize("slug", ["nowhere", "changde", "hunan"])
def test_an_address_that_is_no_federation_or_ones_own_is_refused(slug: str, closed_circle: Any, signed_in: Any) -> None:
    answer = signed_in("qin").post("/affiliation/application/", {"slug": slug})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_an_admitted_chamber_is_invited_and_joins(
    closed_circle: Any, signed_in: Any, changde: Any, arrive: Any
) -> None:
    from federation.registry.models import Application
    from federation.registry.queries import federations_of, invitations_of

    browser, coordinator = signed_in("qin"), signed_in("lian", host="qinling")
    assert browser.post("/affiliation/application/", {"slug": "qinling", "message": "愿同行"}).status_code == 302
    arrive()
    received = Application.objects.get(federation_id=closed_circle.pk)
    assert "愿同行" in coordinator.get(f"/registry/application/{received.pk}/").content.decode()
    assert invitations_of(changde.pk) == []
    coordinator.post(f"/registry/application/{received.pk}/moves/admit/")
    (invitation,) = invitations_of(changde.pk)
    accepted = {"items": ["liaison"], "version": 1}
    browser.post(f"/affiliation/invitations/{invitation.pk}/acceptance/", accepted)
    arrive()
    assert closed_circle.pk in [f.id for f in federations_of(changde.pk)]
    assert "秦岭商会联盟" in browser.get("/affiliation/").content.decode()


def test_a_rejected_chamber_reads_the_reason(closed_circle: Any, signed_in: Any, arrive: Any) -> None:
    from federation.registry.models import Application

    browser, coordinator = signed_in("qin"), signed_in("lian", host="qinling")
    browser.post("/affiliation/application/", {"slug": "qinling"})
    arrive()
    received = Application.objects.get(federation_id=closed_circle.pk)
    coordinator.post(f"/registry/application/{received.pk}/moves/reject/", {"reason": "本年度名额已满"})
    assert "本年度名额已满" in browser.get("/affiliation/").content.decode()


def test_a_delegate_decides_nothing(closed_circle: Any, hunan: Any, signed_in: Any) -> None:
    delegate = signed_in("qiao")
    assert delegate.get("/registry/membership/").status_code == 200
    assert delegate.post("/registry/membershipinvitation/new/", {"slug": "changde"}).status_code == 403
    assert delegate.get("/registry/sharingagreement/new/").status_code == 403
