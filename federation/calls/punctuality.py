"""How many calls each chamber answered in time: shown to the coordinator, and to the chamber its own. [F3]"""

import uuid
from collections import defaultdict
from typing import NamedTuple

from federation.calls.models import Receipt


class Punctuality(NamedTuple):
    """`of`: calls that were answered, or still open when their day had passed."""

    chamber_id: uuid.UUID
    chamber_name: str
    in_time: int
    of: int

    @property
    def share(self) -> float:
        return self.in_time / self.of


def punctuality(federation_id: uuid.UUID, chamber_id: uuid.UUID | None = None) -> list[Punctuality]:
    """Of every chamber, or of one, by name. A call that ended for a chamber before it answered is not counted."""
    found = Receipt.objects.filter(federation_id=federation_id).order_by("chamber_name", "id")
    if chamber_id:
        found = found.filter(chamber_id=chamber_id)
    counted: dict[uuid.UUID, list[Receipt]] = defaultdict(list)
    for receipt in found.select_related("call").prefetch_related("call__questions"):
        if receipt.done_at or (receipt.call.is_overdue and receipt.status != Receipt.Status.ENDED):
            counted[receipt.chamber_id].append(receipt)
    return [_of(receipts) for receipts in counted.values()]


def _of(receipts: list[Receipt]) -> Punctuality:
    latest = receipts[-1]
    in_time = sum(receipt.is_in_time for receipt in receipts)
    return Punctuality(latest.chamber_id, latest.chamber_name, in_time, len(receipts))
