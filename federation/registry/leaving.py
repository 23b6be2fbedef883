"""A membership ends: because the chamber says so, or because there is no such chamber here any more. [decision 0211]"""

import datetime

from django.db import transaction
from django.utils.timezone import localdate, now

from federation.registry.items import Item
from federation.registry.models import Application, Federation, Membership, MembershipInvitation
from federation.registry.taking_back import Whose, carry_out
from huiguan import trail
from huiguan.tenancy.binding import in_federation, in_site
from huiguan.tenancy.models import Chamber

GONE = (Chamber.Status.ARCHIVED, Chamber.Status.ERASED)  # moved to another house, or erased


def end_membership(member: Membership, *, on: datetime.date, at: datetime.datetime) -> None:
    """Every item is taken back, and with each what was shared under it. The caller is in the federation."""
    member.leave(on=on, at=at)
    for federation in Federation.objects.filter(pk=member.federation_id, lead_chamber_id=member.chamber_id):
        federation.lead_chamber_id = None
        federation.save()
    carry_out(Whose(member.chamber_id, member.federation_id, has_left=True), Item)


def end_what_is_gone() -> int:
    """Who was erased or moved away says nothing any more: the register ends it. Returns how many memberships."""
    with in_site():
        gone = list(Chamber.objects.filter(status__in=GONE).values_list("pk", flat=True))
    with in_federation():
        left = list(Membership.objects.active().filter(chamber_id__in=gone))
        for member in left:
            _end(member)
        for application in Application.objects.filter(chamber_id__in=gone, status=Application.Status.RECEIVED):
            application.withdraw()
        invited = MembershipInvitation.objects.filter(status=MembershipInvitation.Status.INVITED)
        for invitation in invited.filter(chamber_id__in=gone):
            invitation.withdraw()
    return len(left)


@transaction.atomic
def _end(member: Membership) -> None:
    """One after the other with what other chambers say at the same moment."""
    trail.take_turn()
    end_membership(member, on=localdate(), at=now())
