"""What ends with the item `benchmarking` on the federation's side: practice cards. Releases stay as they are. [D5]"""

from collections.abc import Iterator

from django.utils.translation import ngettext_lazy

from federation.benchmarking.models import Practice
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place

ENDED = ngettext_lazy("{n} practice card is no longer shown", "{n} practice cards are no longer shown")


@on_item_taken_back(Item.BENCHMARKING, Place.FEDERATION)
def end_practices(whose: Whose) -> Iterator[Ending]:
    cards = Practice.objects.filter(federation_id=whose.federation_id, chamber_id=whose.chamber_id)
    yield Ending(cards, lambda card: card.delete(), ENDED)
