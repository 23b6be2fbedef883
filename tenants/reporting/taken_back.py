"""Drafts of answers end with the item `data_calls`; what was signed stays. The federation tells how many. [F1]"""

from collections.abc import Iterator

from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place
from tenants.reporting.models import Answer


@on_item_taken_back(Item.DATA_CALLS, Place.CHAMBER)
def end_drafts(whose: Whose) -> Iterator[Ending]:
    """A draft that nobody waits for is let go."""
    drafts = Answer.objects.filter(federation_id=whose.federation_id, status=Answer.Status.DRAFT)
    yield Ending(drafts, Answer.delete)
