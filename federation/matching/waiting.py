"""What waits for the coordinator of the matching: a mediator to be named, introductions that nobody moves."""

import uuid
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federation.matching.models import Dispute, ExpressionOfInterest
from federation.matching.reviewing import late_reviews
from federation.registry.queries import closed
from huiguan.actors import Actor
from huiguan.capability import Item


def items(actor: Actor) -> Iterator[Item]:
    if actor.federation_id is None:
        return
    waiting = Dispute.objects.of(actor.federation_id).filter(status=Dispute.Status.MEDIATION_ASKED)
    for dispute in waiting.select_related("interest__need", "interest__offer"):
        url = reverse("matching-dispute-detail", args=[dispute.pk])
        why = _("Both sides ask for mediation: name a chamber that is no party.")
        yield Item(str(dispute), url, why, level="due", action_label=_("Name a mediator"))
    yield from _without_mediator(actor.federation_id)
    if n := late_reviews(actor.federation_id):
        title = ngettext("{n} second reading is late", "{n} second readings are late", n).format(n=n)
        why = _("No other chamber can read it: call the reader.")
        yield Item(title, reverse("matching-profilereview-list"), why, level="late", action_label=_("Look"))
    mine = ExpressionOfInterest.objects.filter(federation_id=actor.federation_id)
    if n := mine.stalled(on=localdate()).count():
        title = ngettext("{n} introduction stands still", "{n} introductions stand still", n).format(n=n)
        why = _("The two sides are asked how far it is; a call may help.")
        yield Item(title, reverse("matching-expressionofinterest-list"), why, level="info", action_label=_("Look"))


def _without_mediator(federation_id: uuid.UUID) -> Iterator[Item]:
    """Another chamber may be named while the first does not answer."""
    mediating = Dispute.objects.of(federation_id).filter(status=Dispute.Status.MEDIATING)
    for dispute in mediating.filter(mediator_id__in=closed(federation_id)).select_related(
        "interest__need", "interest__offer"
    ):
        url = reverse("matching-dispute-detail", args=[dispute.pk])
        why = _("The mediator, {chamber}, is suspended on the platform.").format(chamber=dispute.mediator_name)
        yield Item(str(dispute), url, why, level="due", action_label=_("Name a mediator"))
