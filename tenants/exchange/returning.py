"""Needs and offers that were withdrawn with the sharing agreement: published again in one step, once it is accepted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.matching.queries import federations_matching
from huiguan.actors import current_actor
from huiguan.inbox.handlers import digest_of
from tenants.exchange.models import Listing


@dataclass(frozen=True)
class Returning:
    """`unfit` are those that cannot be published as they are, each with what is missing."""

    fit: list[Listing]
    unfit: list[tuple[Listing, str]]

    def digest(self) -> str:
        """Of every word that would leave: what was read is what is sent."""
        return digest_of({str(listing.pk): listing.content() for listing in self.fit})


def returning() -> Returning:
    """Those whose federation the chamber takes part in again."""
    chamber_id = current_actor().chamber_id
    keys = [key for key, _name in federations_matching(chamber_id=chamber_id)] if chamber_id else []
    found = list(Listing.objects.filter(status=Listing.Status.TAKEN_BACK, recipient_id__in=keys))
    missing = [(listing, _missing(listing)) for listing in found]
    return Returning([one for one, why in missing if not why], [(one, why) for one, why in missing if why])


@transaction.atomic
def publish_again(*, chosen: Iterable[str], read: str) -> int:
    """Publish the chosen ones as they were read. Returns how many; raises ValidationError when words have changed."""
    current_actor().require("exchange.publish")
    now = returning()
    if now.digest() != read:
        raise ValidationError(_("Something was changed meanwhile. Read it again."))
    again = [listing for listing in now.fit if str(listing.pk) in set(chosen)]
    for listing in again:
        listing.publish(federation=(listing.recipient_id, listing.recipient), version=listing.version)
    return len(again)


def _missing(listing: Listing) -> str:
    if listing.is_over:
        return _("Its last day is over: change the dates first.")
    return "" if listing.has_consent else _("It concerns a member: note the day the member agreed first.")
