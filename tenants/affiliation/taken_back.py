"""The chamber's directory entry ends with the item `directory`: here it is a draft again."""

from collections.abc import Iterator

from django.utils.translation import ngettext_lazy

from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place
from tenants.affiliation.models import Entry

DELETED = ngettext_lazy("{n} directory entry is deleted there", "{n} directory entries are deleted there")


@on_item_taken_back(Item.DIRECTORY, Place.CHAMBER)
def forget_entry(whose: Whose) -> Iterator[Ending]:
    mine = Entry.objects.filter(affiliation__federation_id=whose.federation_id, status=Entry.Status.PUBLISHED)
    yield Ending(mine, Entry.unpublish, DELETED)
