"""What ends with the item `data_calls`: open calls no longer wait for the chamber. What was accepted stays. [F1]"""

from collections.abc import Iterator

from django.utils.translation import ngettext_lazy

from federation.calls.models import Call, Receipt
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place

UNASKED = ngettext_lazy("{n} call no longer waits for an answer", "{n} calls no longer wait for an answer")


@on_item_taken_back(Item.DATA_CALLS, Place.FEDERATION)
def end_calls(whose: Whose) -> Iterator[Ending]:
    mine = Receipt.objects.filter(federation_id=whose.federation_id, chamber_id=whose.chamber_id)
    waiting = mine.filter(call__status=Call.Status.OPEN, status__in=(*Receipt.UNANSWERED, Receipt.Status.SUBMITTED))
    yield Ending(waiting, Receipt.end, UNASKED)
