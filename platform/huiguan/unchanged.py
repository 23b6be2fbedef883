"""What is worked out from a chamber's records: kept until one of them changes, which its trail counts."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.utils.timezone import localdate
from django.utils.translation import get_language

from huiguan import trail
from huiguan.once import is_reading, once
from huiguan.tenancy.binding import current_place

Answer = TypeVar("Answer")
AT_MOST = 300  # seconds: what no trail tells of (standings worked out anew, the hour) is seen as soon as this


def until_changed(name: str, work_out: Callable[[], Answer]) -> Answer:
    """What `work_out` gives for the bound chamber today, in the language of the page; the same for whoever asks.

    `name` is its own: under it the answer is kept.

    Only in a chamber, whose trail has every change of its records, and only for a page that changes nothing: what is
    not committed is kept for nobody.
    """
    if not (is_reading() and current_place() == "chamber"):
        return work_out()
    key = f"unchanged:{name}:{_number()}:{localdate()}:{get_language()}"
    kept: tuple[Answer] | None = cache.get(key)  # in a tuple: nothing may be the answer
    if kept is None:
        kept = (work_out(),)
        cache.set(key, kept, AT_MOST)
    return kept[0]


@once
def _number() -> int:
    return trail.last_number()
