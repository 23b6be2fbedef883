"""What waits for a coordinator, and the number of members."""

import datetime
import uuid
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.registry.models import Application, Membership, MembershipInvitation
from federation.registry.queries import closed
from huiguan.actors import Actor, current_actor
from huiguan.capability import Item

SOON = datetime.timedelta(days=7)


def waiting(actor: Actor) -> Iterator[Item]:
    """Applications to decide, and invitations whose last day is near."""
    if actor.federation_id is None:
        return
    received = Application.objects.filter(federation_id=actor.federation_id, status=Application.Status.RECEIVED)
    for application in received.order_by("created_at"):
        yield Item(
            title=_("{chamber} applies to join").format(chamber=application),
            url=reverse("registry-application-detail", args=[application.pk]),
            why=_("Admit it, or say why not."),
            action_label=_("Decide"),
        )
    yield from _suspended(actor.federation_id)
    today = localdate()
    ending = MembershipInvitation.objects.open(on=today).filter(federation_id=actor.federation_id)
    for invitation in ending.filter(expires_on__lte=today + SOON):
        yield Item(
            title=_("{chamber} has not answered its invitation").format(chamber=invitation),
            url=reverse("registry-membershipinvitation-detail", args=[invitation.pk]),
            why=_("Give them a call before it ends."),
            due=invitation.expires_on,
            level="info",
        )


def _suspended(federation_id: uuid.UUID) -> Iterator[Item]:
    for member in Membership.objects.of(federation_id).active().filter(chamber_id__in=closed(federation_id)):
        yield Item(
            title=_("{chamber} is suspended on the platform").format(chamber=member),
            url=reverse("registry-membership-detail", args=[member.pk]),
            why=_("It answers nothing, and what it published is not shown, until it is open again."),
            level="info",
        )


def count_members() -> tuple[float | None, float | None]:
    return Membership.objects.of(current_actor().federation_id).active().count(), None
