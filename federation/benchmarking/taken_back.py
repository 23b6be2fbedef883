"""What ends with the item `benchmarking` on the federation's side: cards and exchanges. Releases stay. [D5]"""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import ngettext_lazy

from federation.benchmarking.models import Pairing, Practice
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place

EXCHANGES = ngettext_lazy("{n} practice exchange ends", "{n} practice exchanges end")
ENDED = ngettext_lazy("{n} practice card is no longer shown", "{n} practice cards are no longer shown")


@on_item_taken_back(Item.BENCHMARKING, Place.FEDERATION)
def end_practices(whose: Whose) -> Iterator[Ending]:
    yield from _end_exchanges(whose)
    cards = Practice.objects.filter(federation_id=whose.federation_id, chamber_id=whose.chamber_id)
    yield Ending(cards, lambda card: card.delete(), ENDED)


def _end_exchanges(whose: Whose) -> Iterator[Ending]:
    """Whoever waits for its answer as a mentor waits for another's."""
    mine = Pairing.objects.unfinished().filter(federation_id=whose.federation_id)
    asked = mine.filter(mentor_id=whose.chamber_id, status=Pairing.Status.PROPOSED)
    yield Ending(asked, Pairing.lose_mentor)
    own = mine.filter(Q(mentee_id=whose.chamber_id) | Q(mentor_id=whose.chamber_id))
    yield Ending(own.exclude(pk__in=[one.pk for one in asked]), Pairing.end, EXCHANGES)
