"""What is worked out from a chamber's records: kept until one of them changes, which its trail counts."""

import hashlib
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.core.cache import cache
from django.utils.timezone import localdate
from django.utils.translation import get_language

from huiguan import trail
from huiguan.once import is_reading, once
from huiguan.tenancy.binding import current_place, current_schema

Answer = TypeVar("Answer")
AT_MOST = 300  # seconds: what no trail tells of (standings worked out anew, the hour) is seen as soon as this


def until_changed(name: str, work_out: Callable[[], Answer]) -> Answer:
    """What `work_out` gives for the bound chamber today, in the language of the page; the same for whoever asks.

    `name` is its own: under it the answer is kept.

    Only in a chamber, whose trail has every change of its records, and only for a page that changes nothing: what is
    not committed is kept for nobody.
    """
    is_told = is_reading() and current_place() == "chamber"
    return kept_under(name, _number(current_schema()), work_out) if is_told else work_out()


def kept_under(name: str, version: Hashable, work_out: Callable[[], Answer]) -> Answer:
    """What `work_out` gives here today, as long as `version` of what it stands on is the same."""
    if not is_reading():
        return work_out()
    told = hashlib.sha256(repr(version).encode()).hexdigest()[:24]
    key = f"unchanged:{name}:{told}:{localdate()}:{get_language()}"
    kept: tuple[Answer] | None = cache.get(key)  # in a tuple: nothing may be the answer
    if kept is None:
        kept = (work_out(),)
        cache.set(key, kept, AT_MOST)
    return kept[0]


@once
def _number(schema: str) -> int:
    """Of the bound chamber, which is named because a page may look into several."""
    return trail.last_number()
