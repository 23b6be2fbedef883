"""How often something may be asked for: counted in the shared cache, the same for all chambers together (rule 21)."""

from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render


class Rate(NamedTuple):
    """So many, from one address, in so many seconds."""

    most: int
    seconds: int = 60


BY_LINK = Rate(120)  # many phones share an address; whoever guesses a token would have to ask 2^80 times


def is_within(name: str, key: object, *, most: int, seconds: int) -> bool:
    """Count one more; False when that is more than `most` in so many seconds."""
    place, cache = f"rate:{name}:{key}", caches["shared"]
    if cache.add(place, 1, seconds):
        return True
    try:
        return cache.incr(place) <= most
    except ValueError:  # it ended in between
        return True


def is_within_for(request: Any, name: str, rate: Rate) -> bool:
    return is_within(name, caller_of(request), most=rate.most, seconds=rate.seconds)


def caller_of(request: Any) -> str:
    """The address that a request came from, as whoever ends TLS says it."""
    return str(get_adapter().get_client_ip(request))


def too_often(request: Any) -> HttpResponse:
    answer = render(request, "too_often.html", status=429)
    answer.headers["Cache-Control"] = "no-store"
    return answer
