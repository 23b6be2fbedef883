"""What a chamber's messages do to the register. Each may be delivered again; nothing happens twice."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from federation.registry.items import Item
from federation.registry.leaving import end_membership
from federation.registry.models import (
    Application,
    Membership,
    MembershipInvitation,
    Profile,
    SharingAgreement,
)
from federation.registry.queries import NotAMember, membership, sender
from federation.registry.taking_back import Whose, carry_out
from huiguan.inbox.handlers import Delivered, Refused, receives
from huiguan.tenancy.models import Chamber

FACTS = ("short_name", "kind", "region", "home_region")
PROFILE = ("introduction", "strengths", "website", "contact_name", "contact_phone")


@receives("affiliation.joined")
def join(message: Delivered) -> None:
    """The chamber accepted its invitation and the items it chose."""
    invitation = _invitation(message)
    if not invitation.is_open:
        raise Refused(_("The invitation is no longer open."))
    invitation.accept()
    on = localtime(message.sent_at).date()
    here = {"federation_id": message.federation_id, "chamber_id": message.chamber_id}
    member = Membership(**here, joined_on=on, **_facts(message))
    member.save()
    member.accept(items=message.content["items"], version=_version(message), on=on)


@receives("affiliation.declined")
def decline(message: Delivered) -> None:
    invitation = _invitation(message)
    if invitation.status == MembershipInvitation.Status.INVITED:
        invitation.decline(reason=str(message.content.get("reason", ""))[:500])


@receives("affiliation.items_changed")
def change_items(message: Delivered) -> None:
    """From now on exactly these items. What was shared under any other ends."""
    member = membership(federation_id=message.federation_id, chamber_id=message.chamber_id)
    member.accept(items=message.content["items"], version=_version(message), **_moment(message))
    carry_out(Whose(message.chamber_id, message.federation_id), [item for item in Item if item not in member.items])


@receives("affiliation.left")
def leave(message: Delivered) -> None:
    """Every item is taken back. Leaving without being a member changes nothing."""
    try:
        member = membership(federation_id=message.federation_id, chamber_id=message.chamber_id)
    except NotAMember:
        return
    end_membership(member, **_moment(message))


@receives("affiliation.profile_published")
def publish_profile(message: Delivered) -> None:
    """The entry is replaced by the new one, word for word."""
    member = sender(message, Item.DIRECTORY)
    profile = Profile.objects.filter(membership=member).first() or Profile(membership=member)
    profile.federation_id, profile.published_at = message.federation_id, message.sent_at
    for name in PROFILE:
        setattr(profile, name, message.content.get(name) or ([] if name == "strengths" else ""))
    for name, value in _facts(message).items():
        setattr(member, name, value)
    profile.region, profile.kind = member.region, member.kind
    member.save()
    profile.save()


@receives("affiliation.profile_withdrawn")
def withdraw_profile(message: Delivered) -> None:
    member = membership(federation_id=message.federation_id, chamber_id=message.chamber_id)
    for profile in Profile.objects.filter(membership=member):
        profile.delete()


@receives("affiliation.applied")
def receive_application(message: Delivered) -> None:
    """A chamber asks to join; a second application while one waits replaces its words."""
    mine = Application.objects.filter(federation_id=message.federation_id, chamber_id=message.chamber_id)
    waiting = mine.filter(status=Application.Status.RECEIVED).first()
    application = waiting or Application(federation_id=message.federation_id, chamber_id=message.chamber_id)
    facts = _facts(message)
    facts.pop("short_name")
    for name, value in {**facts, "message": str(message.content.get("message", ""))[:2000]}.items():
        setattr(application, name, value)
    application.save()


@receives("affiliation.application_withdrawn")
def withdraw_application(message: Delivered) -> None:
    mine = Application.objects.filter(federation_id=message.federation_id, chamber_id=message.chamber_id)
    for application in mine.filter(status=Application.Status.RECEIVED):
        application.withdraw()


def _invitation(message: Delivered) -> MembershipInvitation:
    """Only this chamber's, only this federation's: whatever else the message names does not exist."""
    mine = MembershipInvitation.objects.filter(federation_id=message.federation_id, chamber_id=message.chamber_id)
    found: MembershipInvitation | None = mine.filter(pk=message.content.get("invitation_id")).first()
    if found is None:
        raise Refused(_("There is no such invitation."))
    return found


def _facts(message: Delivered) -> dict[str, Any]:
    """What a chamber says of itself; its name is the one it is registered with on the platform."""
    said = {name: str(message.content.get(name) or "") for name in FACTS}
    if said["kind"] not in Chamber.Kind.values:
        said["kind"] = Chamber.Kind.NATIVE_PLACE
    return {"chamber_name": message.chamber_name, **said}


def _version(message: Delivered) -> int:
    """A version of this federation's agreement that exists: nobody accepts what nobody wrote."""
    version = int(message.content.get("version") or 0)
    if not SharingAgreement.objects.filter(federation_id=message.federation_id, version=version).exists():
        raise Refused(_("The federation has no such version of its sharing agreement."))
    return version


def _moment(message: Delivered) -> dict[str, Any]:
    """When it was said: the day that people read, and the moment that decides what came before."""
    return {"on": localtime(message.sent_at).date(), "at": message.sent_at}
