"""The chamber's own work on action items ends with the item `liaison`. The federation's side tells how many."""

from collections.abc import Iterator

from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place
from tenants.meetings.models import ActionReport


@on_item_taken_back(Item.LIAISON, Place.CHAMBER)
def end_reports(whose: Whose) -> Iterator[Ending]:
    undone = ActionReport.objects.filter(federation_id=whose.federation_id)
    yield Ending(undone.filter(status__in=["new", "in_progress"]), ActionReport.end)
