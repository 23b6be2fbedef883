"""Topics that parts of the federation suggest to the liaison meeting. [federation.md B.5]"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class TopicSuggestion:
    """`take_up` tells the part that suggested it that it is a topic now."""

    key: uuid.UUID
    title: str
    detail: str
    take_up: Callable[[], None]


Part = Callable[[uuid.UUID], Iterable[TopicSuggestion]]
_parts: list[Part] = []


def suggests_topics(part: Part) -> Part:
    """Declare a part, in its `suggesting.py`: called with the federation, in its place."""
    _parts.append(part)
    return part


def suggestions(federation_id: uuid.UUID) -> list[TopicSuggestion]:
    """Of every part, each part's own order kept."""
    _load()
    return [one for part in _parts for one in part(federation_id)]


@cache
def _load() -> None:
    autodiscover_modules("suggesting")
