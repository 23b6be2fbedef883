"""Joining a federation: who may, what leaves, what the federation knows afterwards."""

import json
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
INVITATIONS = "/affiliation/invitations/"


def test_an_officer_may_read_the_agreement_but_not_accept_it(northwest: Any, signed_in: Any) -> None:
    browser, pk = signed_in("tan"), northwest.invitation.pk
    shown = browser.get(f"{INVITATIONS}{pk}/").content.decode()
    assert "西北湘商联盟" in shown and 'name="items"' not in shown
    refused = browser.post(f"{INVITATIONS}{pk}/acceptance/", {"items": ["liaison"], "version": 1})
    assert refused.status_code == 403


def test_the_invitation_of_another_chamber_does_not_exist(northwest: Any, signed_in: Any) -> None:
    stranger = signed_in("dai")
    assert stranger.get(f"{INVITATIONS}{northwest.invitation.pk}/").status_code == 404
    answer = stranger.post(f"{INVITATIONS}{northwest.invitation.pk}/acceptance/", {"items": ["liaison"], "version": 1})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"version": 1},
        {"items": ["everything"], "version": 1},
        {"items": ["liaison"], "version": 2},
        {"items": ["liaison"]},
    ],
)
def test_nothing_is_joined_without_an_item_or_under_another_version(
    given: dict[str, Any], northwest: Any, signed_in: Any, changde: Any
) -> None:
    from federation.registry.queries import federations_of
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Affiliation

    answer = signed_in("qin").post(f"{INVITATIONS}{northwest.invitation.pk}/acceptance/", given)
    assert answer.status_code == 200
    with in_chamber(changde):
        assert not Affiliation.objects.filter(federation_id=northwest.federation.pk).exists()
    assert northwest.federation.pk not in [f.id for f in federations_of(changde.pk)]


def test_joining_leaves_exactly_what_the_ledger_says(northwest: Any, signed_in: Any, changde: Any, arrive: Any) -> None:
    from federation.registry.queries import federations_of
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Affiliation

    pk = northwest.invitation.pk
    answer = signed_in("qin").post(f"{INVITATIONS}{pk}/acceptance/", {"items": ["liaison", "directory"], "version": 1})
    assert answer.status_code == 302
    arrive()
    with in_chamber(changde):
        affiliation = Affiliation.objects.get(federation_id=northwest.federation.pk)
        message = Message.objects.get(record_id=affiliation.pk)
    assert message.content == {
        "invitation_id": str(pk),
        "items": ["directory", "liaison"],
        "version": 1,
        "chamber": "西安市常德商会",
        "short_name": "",
        "kind": "native_place",
        "region": "",
        "home_region": "",
    }
    assert (message.state, message.recipient, message.sent_by) == ("delivered", "西北湘商联盟", "秦若兰")
    joined = {f.id: f for f in federations_of(changde.pk)}
    assert joined[northwest.federation.pk].items == ("directory", "liaison")


def test_the_ledger_page_shows_the_message_word_for_word(northwest: Any, signed_in: Any, changde: Any) -> None:
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber

    browser = signed_in("qin")
    browser.post(f"{INVITATIONS}{northwest.invitation.pk}/acceptance/", {"items": ["liaison"], "version": 1})
    with in_chamber(changde):
        message = Message.objects.get(name="affiliation.joined", recipient_id=northwest.federation.pk)
    shown = browser.get(f"/ledger/message/{message.pk}/").content.decode()
    word_for_word = json.dumps(message.content, ensure_ascii=False, indent=2).replace('"', "&quot;")
    assert word_for_word in shown


def test_the_coordinator_sees_who_joined_and_what_was_accepted(northwest: Any, signed_in: Any, arrive: Any) -> None:
    pk = northwest.invitation.pk
    signed_in("qin").post(f"{INVITATIONS}{pk}/acceptance/", {"items": ["matching"], "version": 1})
    before = signed_in("lian", host="northwest").get("/registry/membership/").content.decode()
    assert "常德" not in before
    arrive()
    after = signed_in("lian", host="northwest").get("/registry/membership/").content.decode()
    assert "西安市常德商会" in after and after.count("· 第1版") == 1


def test_a_withdrawn_invitation_cannot_be_accepted_and_the_chamber_reads_why(
    northwest: Any, signed_in: Any, working: Any, changde: Any, arrive: Any
) -> None:
    from federation.registry.queries import federations_of
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.binding import in_chamber, in_federation
    from tenants.affiliation.models import Affiliation

    browser = signed_in("qin")
    browser.post(f"{INVITATIONS}{northwest.invitation.pk}/acceptance/", {"items": ["liaison"], "version": 1})
    with acting_as(SYSTEM), in_federation():
        northwest.invitation.withdraw()
    arrive()
    with in_chamber(changde):
        affiliation = Affiliation.objects.get(federation_id=northwest.federation.pk)
        trouble = affiliation.trouble()
    assert trouble is not None and trouble.last_error
    assert trouble.last_error in browser.get(f"/affiliation/{affiliation.pk}/").content.decode()
    assert northwest.federation.pk not in [f.id for f in federations_of(changde.pk)]


def test_declining_tells_only_the_reason(northwest: Any, signed_in: Any, changde: Any, arrive: Any) -> None:
    from federation.registry.models import MembershipInvitation
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber

    pk = northwest.invitation.pk
    signed_in("qin").post(f"{INVITATIONS}{pk}/refusal/", {"reason": "人手不足"})
    arrive()
    with in_chamber(changde):
        content = Message.objects.get(name="affiliation.declined").content
    assert content == {"invitation_id": str(pk), "reason": "人手不足"}
    answered = MembershipInvitation.objects.get(pk=pk)
    assert (answered.status, answered.answer) == ("declined", "人手不足")


def test_an_open_invitation_waits_on_the_workbench_of_the_secretary_general_only(
    northwest: Any, signed_in: Any
) -> None:
    assert str(northwest.invitation.pk) in signed_in("qin").get("/").content.decode()
    assert str(northwest.invitation.pk) not in signed_in("tan").get("/").content.decode()
    assert str(northwest.invitation.pk) not in signed_in("dai").get("/").content.decode()
