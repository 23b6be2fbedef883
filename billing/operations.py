"""Does each thing at Stripe once, however often it is tried and whatever is lost between two tries."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils.timezone import now

from billing.models import Operation
from billing.provider import ProviderError

KEYS_ARE_SAFE_FOR = datetime.timedelta(hours=20)
Ask = Callable[[str], str]
Find = Callable[[str], str | None]


def once(*, key: str, kind: str, chamber_id: Any, ask: Ask, find: Find, asked: dict[str, Any] | None = None) -> str:
    """The id of what Stripe made: as kept, else found by our key in its metadata, else made now with that key.

    `ask(key)` makes it, `find(key)` looks for one made by an earlier try whose answer was lost.
    Raises ProviderError; the row then says why, and the sweep tries again.
    """
    operation, _made = Operation.objects.get_or_create(
        key=key, defaults={"kind": kind, "chamber_id": chamber_id, "asked": asked or {}}
    )
    if not operation.result_id:
        operation.result_id = _result(operation, ask, find)
        operation.problem = ""
        operation.save()
    return str(operation.result_id)


def is_ours(metadata: Any, key: str) -> bool:
    """Whether an object at Stripe was made by this operation: every one we make carries its key."""
    return metadata is not None and metadata.to_dict().get("operation") == key


def _result(operation: Operation, ask: Ask, find: Find) -> str:
    try:
        lost = find(operation.key) if _may_be_forgotten(operation) else None
        return lost or ask(operation.key)
    except ProviderError as error:
        operation.attempts += 1
        operation.problem = str(error)[:300]
        operation.save()
        raise


def _may_be_forgotten(operation: Operation) -> bool:
    """Stripe forgets a key after a day: from then on only looking tells whether it was done."""
    return bool(now() - operation.created_at > KEYS_ARE_SAFE_FOR)
