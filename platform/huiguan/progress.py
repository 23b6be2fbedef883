"""How far a long job has come: said by whoever does it, in whichever process, and asked for by the page that waits."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

EVERY_SECONDS = 0.3
FRESH_SECONDS = 30  # who has said nothing for longer has most likely ended
KEPT_SECONDS = 3600
log = logging.getLogger(__name__)
Teller = Callable[[str, int, int], None]
_teller: ContextVar[Teller | None] = ContextVar("teller", default=None)


@dataclass(frozen=True)
class Progress:
    """`done` of `of` in a step; `of` is 0 where nobody knows how much there is."""

    step: str
    done: int
    of: int
    said_at: float

    @property
    def is_fresh(self) -> bool:
        return time.time() - self.said_at < FRESH_SECONDS


def report(step: str, done: int = 0, of: int = 0) -> None:
    """Say it to whoever listens; nobody must."""
    if teller := _teller.get():
        teller(step, done, of)


@contextmanager
def told_to(teller: Teller) -> Iterator[None]:
    """Hand on what is reported inside, but not more often than a person can read."""
    token = _teller.set(_seldom(teller))
    try:
        yield
    finally:
        _teller.reset(token)


@contextmanager
def kept(key: object) -> Iterator[None]:
    """Keep what is reported inside for `found(key)`, of the chamber that is bound, until what was done is committed."""
    from django.db import transaction

    place = _place_of(key)
    with told_to(lambda step, done, of: _keep(place, Progress(step, done, of, time.time()))):
        try:
            yield
        finally:
            transaction.on_commit(lambda: _keep(place, None), robust=True)


def found(key: object) -> Progress | None:
    """What was last said and is not long past."""
    last: Progress | None = _cache().get(_place_of(key))
    return last if last and last.is_fresh else None


def first_in_a_while(key: object) -> bool:
    """Whether nobody asked the same in the last moments."""
    return bool(_cache().add(_place_of(key), True, FRESH_SECONDS))


def _place_of(key: object) -> str:
    """Named after the schema: no chamber finds what another kept, whichever thread says it (security rule 8)."""
    from huiguan.tenancy.binding import current_schema

    return f"{current_schema()}:{key}"


def _keep(place: str, progress: Progress | None) -> None:
    """A cache that is away costs the page its bar, never the job its end."""
    try:
        _cache().set(place, progress, KEPT_SECONDS) if progress else _cache().delete(place)
    except Exception:
        log.warning("progress could not be kept", exc_info=True)


def _seldom(teller: Teller) -> Teller:
    last: tuple[str, float] = ("", 0.0)

    def tell(step: str, done: int, of: int) -> None:
        nonlocal last
        if step != last[0] or time.monotonic() - last[1] >= EVERY_SECONDS:
            last = (step, time.monotonic())
            teller(step, done, of)

    return tell


def _cache() -> Any:
    from django.core.cache import caches

    return caches["progress"]
