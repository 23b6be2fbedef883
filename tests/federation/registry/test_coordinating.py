"""What a coordinator does: inviting chambers, issuing the agreement; what nobody else may."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

pytestmark = pytest.mark.django_db
INVITE = "/registry/membershipinvitation/new/"


@pytest.fixture
def hengyang(db: None) -> Any:
    """A chamber outside the federation, opened in the spare schema."""
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.provisioning import open_chamber

    with acting_as(SYSTEM):
        return open_chamber(name="陕西省衡阳商会", slug="hengyang")


def test_a_stranger_of_the_federation_is_refused(hunan: Any, signed_in: Any) -> None:
    for key in ("qin", "operator"):
        assert signed_in(key, host="hunan").get("/registry/membership/").status_code == 403


@pytest.mark.parametrize("slug", ["changde", "nowhere", ""])
def test_a_member_or_an_unknown_address_cannot_be_invited(slug: str, hunan: Any, signed_in: Any) -> None:
    from federation.registry.models import MembershipInvitation

    before = MembershipInvitation.objects.count()
    answer = signed_in("lian").post(INVITE, {"slug": slug})
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
    assert MembershipInvitation.objects.count() == before


def test_a_suspended_chamber_is_as_unknown_as_none(hengyang: Any, hunan: Any, signed_in: Any) -> None:
    hengyang.status = "suspended"
    hengyang.save()
    suspended = signed_in("lian").post(INVITE, {"slug": "hengyang"}).context["form"].errors["slug"]
    unknown = signed_in("lian").post(INVITE, {"slug": "nowhere"}).context["form"].errors["slug"]
    assert suspended == unknown


def test_an_invited_chamber_finds_the_invitation(hengyang: Any, hunan: Any, signed_in: Any) -> None:
    from federation.registry.queries import invitations_of

    assert signed_in("lian").post(INVITE, {"slug": "hengyang.localhost", "message": "欢迎"}).status_code == 302
    (invitation,) = invitations_of(hengyang.pk)
    assert (invitation.federation.name, invitation.message) == (hunan.name, "欢迎")


def test_a_chamber_is_not_invited_twice(hengyang: Any, hunan: Any, signed_in: Any) -> None:
    signed_in("lian").post(INVITE, {"slug": "hengyang"})
    answer = signed_in("lian").post(INVITE, {"slug": "hengyang"})
    assert "slug" in answer.context["form"].errors


def test_an_expired_invitation_makes_room_for_a_new_one(hengyang: Any, hunan: Any, working: Any) -> None:
    import datetime

    from django.utils.timezone import localdate

    from federation.registry.actions import invite_chamber
    from federation.registry.models import MembershipInvitation
    from federation.registry.queries import invitations_of

    working("lian")
    old = invite_chamber(federation_id=hunan.pk, slug="hengyang")
    yesterday = localdate() - datetime.timedelta(days=1)
    MembershipInvitation.objects.filter(pk=old.pk).update(expires_on=yesterday)
    assert invitations_of(hengyang.pk) == []
    new = invite_chamber(federation_id=hunan.pk, slug="hengyang")
    assert [i.pk for i in invitations_of(hengyang.pk)] == [new.pk]


def test_a_new_version_leaves_what_was_accepted_untouched(hunan: Any, changde: Any, signed_in: Any) -> None:
    from federation.registry.queries import agreement, membership

    coordinator = signed_in("lian")
    form = coordinator.get("/registry/sharingagreement/new/").context["form"]
    given = {**form.initial, "changes": "对接的说明更清楚", "matching__leaves": "只有逐条发布的供需"}
    assert coordinator.post("/registry/sharingagreement/new/", given).status_code == 302
    newest = agreement(hunan.pk)
    assert newest is not None and newest.version == 2
    assert {c.item: c.leaves for c in newest.clauses.all()}["matching"] == "只有逐条发布的供需"
    member = membership(federation_id=hunan.pk, chamber_id=changde.pk, item="matching")
    assert [a.version for a in member.acceptances.filter(item="matching")] == [1]


def test_the_matrix_says_since_when_each_item_is_accepted(hunan: Any, signed_in: Any) -> None:
    shown = signed_in("lian").get("/registry/membership/").content.decode()
    assert shown.count("· 第1版") == 10
    assert "常德" in shown and "邵阳" in shown


def test_a_federation_takes_no_address_that_was_given_out(db: None) -> None:
    from federation.registry.actions import open_federation
    from federation.registry.models import Federation

    for slug in ("changde", "hunan", "admin", "Bad Slug"):
        with pytest.raises(ValidationError):
            open_federation(name="又一个联盟", slug=slug)
    assert Federation.objects.count() == 1


def test_a_federation_sees_only_its_own_members(hunan: Any, signed_in: Any) -> None:
    from federation.registry.actions import open_federation
    from federation.registry.models import Membership
    from huiguan.accounts.models import Person
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        lian = Person.objects.get(email="lian@example.com")
        open_federation(name="西北湘商联盟", slug="northwest", coordinator=lian)
    browser = signed_in("lian", host="northwest")
    assert "常德" not in browser.get("/registry/membership/").content.decode()
    member = Membership.objects.filter(federation=hunan).first()
    assert browser.get(f"/registry/membership/{member.pk}/").status_code == 404


def test_only_a_member_can_lead_the_federation(hunan: Any, changde: Any, hengyang: Any, signed_in: Any) -> None:
    coordinator = signed_in("lian")
    refused = coordinator.post("/registry/federation/", {"lead_chamber_id": str(hengyang.pk)})
    assert "lead_chamber_id" in refused.context["form"].errors
    said = {"lead_chamber_id": str(changde.pk), "description": "增进湘情"}
    assert coordinator.post("/registry/federation/", said).status_code == 302
    hunan.refresh_from_db()
    assert (hunan.lead_chamber_id, hunan.description) == (changde.pk, "增进湘情")
    assert signed_in("qiao").post("/registry/federation/", said).status_code == 403
