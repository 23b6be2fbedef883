"""The chamber's needs and offers end with the item `matching`: each says why, and can be published again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place
from tenants.exchange.models import Listing

WITHDRAWN = {
    Listing.Kind.NEED: ngettext_lazy("{n} need is withdrawn", "{n} needs are withdrawn"),
    Listing.Kind.OFFER: ngettext_lazy("{n} offer is withdrawn", "{n} offers are withdrawn"),
}


@on_item_taken_back(Item.MATCHING, Place.CHAMBER)
def withdraw_listings(whose: Whose) -> Iterator[Ending]:
    taken_back = _("The chamber took the item “Matching” of the sharing agreement back.")
    why = _("The chamber has left the federation.") if whose.has_left else taken_back
    standing = Listing.objects.standing().filter(recipient_id=whose.federation_id)
    for kind, told in WITHDRAWN.items():
        yield Ending(standing.filter(kind=kind), lambda listing: listing.take_back(why=why), told)
