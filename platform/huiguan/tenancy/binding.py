"""The only ways into a place. Each opens a transaction and restores what it found."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, cast

from django.db import connections, transaction

from huiguan.once import is_reading
from huiguan.tenancy.places import FEDERATION, SITE, Place, Tenant

if TYPE_CHECKING:
    from huiguan.tenancy.engine.base import DatabaseWrapper
    from huiguan.tenancy.models import Chamber


class AlreadyInAnotherChamber(RuntimeError):
    """A job of one chamber tried to enter another: nothing may work for two chambers at once."""


@contextmanager
def in_chamber(chamber: "Chamber") -> Iterator["Chamber"]:
    """Work in one chamber's schema, as its role, in one transaction."""
    bound = current_chamber()
    if bound is not None and bound.schema_name != chamber.schema_name:
        raise AlreadyInAnotherChamber(f"{chamber.schema_name} was entered from {bound.schema_name}")
    with _bound_to(chamber):
        yield chamber


@contextmanager
def in_federation() -> Iterator[None]:
    """Work on the federation's tables, as the role that can read no chamber's schema."""
    with _bound_to(FEDERATION):
        yield


@contextmanager
def in_site() -> Iterator[None]:
    """Work on the shared tables as the application itself, for instance to read billing from a chamber's page."""
    with _bound_to(SITE):
        yield


def current_chamber() -> "Chamber | None":
    """The chamber bound now, or None on the site and in the federation."""
    place = engine().tenant
    return None if isinstance(place, Place) else cast("Chamber", place)


def bound_chamber() -> "Chamber":
    """The chamber bound now, for what only happens in one. Raises RuntimeError anywhere else."""
    chamber = current_chamber()
    if chamber is None:
        raise RuntimeError("no chamber is bound")
    return chamber


def current_place() -> str:
    """`chamber`, `federation` or `site`."""
    place = engine().tenant
    return place.name if isinstance(place, Place) else "chamber"


def current_schema() -> str:
    """The schema that a statement would work in now: what records remember of where they came from."""
    return str(engine().schema_name)


def engine(alias: str = "default") -> "DatabaseWrapper":
    """A connection as what it is: our engine."""
    return cast("DatabaseWrapper", connections[alias])


@contextmanager
def _bound_to(place: Tenant) -> Iterator[None]:
    """A place inside another has a savepoint, so that what fails there can be caught; while a page is only read there
    is nothing to take back, and its many short questions to other places are spared two statements each."""
    connection = engine()
    found = connection.tenant
    with nullcontext() if is_reading() and connection.in_atomic_block else transaction.atomic():
        connection.set_tenant(place)
        try:
            yield
        finally:
            connection.set_tenant(found)
