"""What waits for the secretary-general: invitations to answer, agreements that have changed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from federation.registry import queries
from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.affiliation.models import Affiliation


def waiting(actor: Actor) -> Iterator[Item]:
    """Invitations by their last day; then what a new version of an agreement asks."""
    if actor.chamber_id is None:
        return
    for invitation in queries.invitations_of(actor.chamber_id):
        yield Item(
            title=_("Invitation to {federation}").format(federation=invitation.federation.name),
            url=reverse("affiliation-invitation", args=[invitation.pk]),
            why=_("Read what would be shared, then accept or decline."),
            due=invitation.expires_on,
            action_label=_("Read and answer"),
        )
    yield from _newer_agreements()


def has_joined() -> bool:
    """The step of the first run."""
    return bool(Affiliation.objects.exists())


def _newer_agreements() -> Iterator[Item]:
    current = list(Affiliation.objects.current())
    newest = queries.current_versions([a.federation_id for a in current]) if current else {}
    for affiliation in current:
        if newest.get(affiliation.federation_id, 0) > affiliation.version:
            yield Item(
                title=_("New sharing agreement of {federation}").format(federation=affiliation),
                url=reverse("affiliation-items", args=[affiliation.pk]),
                why=_("What you accepted goes on under the old words until you accept the new ones."),
                action_label=_("Read"),
            )
