"""How often something may be asked for: counted in the shared cache, the same for all chambers together (rule 21)."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import caches


def is_within(name: str, key: object, *, most: int, seconds: int) -> bool:
    """Count one more; False when that is more than `most` in so many seconds."""
    place, cache = f"rate:{name}:{key}", caches["shared"]
    if cache.add(place, 1, seconds):
        return True
    try:
        return cache.incr(place) <= most
    except ValueError:  # it ended in between
        return True


def caller_of(request: Any) -> str:
    """The address that a request came from, as whoever ends TLS says it."""
    return str(get_adapter().get_client_ip(request))
