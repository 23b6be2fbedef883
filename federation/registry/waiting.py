"""What waits for a coordinator, and the number of members."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.registry.models import Application, Membership, MembershipInvitation
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


def count_members() -> tuple[float | None, float | None]:
    return Membership.objects.of(current_actor().federation_id).active().count(), None
