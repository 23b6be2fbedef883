"""The owner's login: DDL in one schema at a time, from the worker or the command line, never in a web process."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from huiguan.tenancy.binding import engine
from huiguan.tenancy.places import Place


@contextmanager
def as_owner_of(schema_name: str) -> Iterator[None]:
    """One transaction of the owner with one schema, and nothing else, on its path."""
    owner = engine("owner")
    found = owner.tenant
    with transaction.atomic(using="owner"):
        owner.set_tenant(Place("owner", "none", schema_name))
        try:
            yield
        finally:
            owner.set_tenant(found)
