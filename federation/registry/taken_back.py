"""The directory entry ends with the item `directory`: the federation deletes it. The chamber's side tells it."""

from collections.abc import Iterator

from federation.registry.items import Item
from federation.registry.models import Profile
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place


@on_item_taken_back(Item.DIRECTORY, Place.FEDERATION)
def delete_entry(whose: Whose) -> Iterator[Ending]:
    mine = Profile.objects.filter(federation_id=whose.federation_id, membership__chamber_id=whose.chamber_id)
    yield Ending(mine, Profile.delete)
