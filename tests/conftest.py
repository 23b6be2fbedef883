"""The fixed cast, signed-in clients, and ways to work as somebody."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.support import cast, database
from tests.support.statements import Watch, watch

# How long an example takes says only how busy the machine is.
settings.register_profile("house", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
STATEMENTS = Watch()
watch(STATEMENTS)

LONGEST = "test_demo.py"  # one process needs minutes for it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begun last it would be waited for by all the others."""
    items.sort(key=lambda item: item.path.name != LONGEST)


def pytest_collection_finish() -> None:
    """All that was loaded stays to the end: the collector need not look through it again and again, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # a tenth of the processor time of a test of pages
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: every test waits now and then, for its browser or its database."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """The database of this process was copied from the template before the settings were read."""
    yield
    from django.db import connections

    with django_db_blocker.unblock():
        connections.close_all()
    database.drop(database.DATABASE)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own, for a test that commits: threads, the owner's login, the worker. About 0.2 s."""
    from django.db import connections

    name = f"huiguan_test_own_{os.getpid()}"
    before = {alias: connections.settings[alias]["NAME"] for alias in connections.settings}

    def point_to(names: dict[str, str]) -> None:
        connections.close_all()
        for alias, database_name in names.items():
            connections.settings[alias]["NAME"] = database_name

    with django_db_blocker.unblock(), database.fresh_copy(name):
        point_to(dict.fromkeys(before, name))
        yield name
        point_to(before)


@pytest.fixture(autouse=True)
def _clean_caches() -> Iterator[None]:
    yield
    caches["shared"].clear()


@pytest.fixture(autouse=True)
def _one_schema_for_each_statement() -> Iterator[None]:
    """Whichever test sends a statement that works in two schemas fails, and says which."""
    yield
    assert STATEMENTS.take_broken() == []


@pytest.fixture
def changde(db: None) -> Any:
    """The chamber of most tests."""
    return chamber("changde")


@pytest.fixture
def shaoyang(db: None) -> Any:
    """The other chamber: whatever it can see of the first is a leak."""
    return chamber("shaoyang")


@pytest.fixture
def hunan(db: None) -> Any:
    """The federation of both chambers, which accepted every item; `lian` coordinates it, `qiao` is a delegate."""
    return federation()


def chamber(slug: str) -> Any:
    from huiguan.tenancy.models import Chamber

    return Chamber.objects.get(slug=slug)


def federation() -> Any:
    from federation.registry.models import Federation

    return Federation.objects.get(slug=cast.FEDERATION[0])


def slug_of(key: str) -> str:
    """The address of the place where somebody of the cast works; empty for the site."""
    known = {**cast.PEOPLE, **cast.COORDINATORS}
    return known[key][1] if key in known else ""


def host_of(key: str) -> Any:
    from huiguan.tenancy.hosts import Host

    if key in cast.COORDINATORS:
        return Host("federation", federation_id=federation().pk)
    return Host("chamber", chamber=chamber(slug_of(key)))


@pytest.fixture
def actor(db: None) -> Callable[[str], Any]:
    """`actor("qin")`: the person of the cast as the actor of their chamber or federation."""

    def make(key: str) -> Any:
        from huiguan.accounts.middleware import actor_for
        from huiguan.accounts.models import Person

        person = Person.objects.with_appointments().get(email=cast.email(key))
        return actor_for(person, host_of(key))

    return make


@pytest.fixture
def working(actor: Callable[[str], Any]) -> Iterator[Callable[[str], Any]]:
    """`working("qin")`: to the end of the test as her, in her chamber; `working("lian")` in the federation."""
    from contextlib import ExitStack

    from huiguan.actors import acting_as
    from huiguan.tenancy.binding import in_chamber, in_federation

    with ExitStack() as stack:

        def enter(key: str) -> Any:
            who, here = actor(key), host_of(key)
            stack.enter_context(acting_as(who))
            return stack.enter_context(in_chamber(here.chamber) if here.chamber else in_federation())

        yield enter


@pytest.fixture
def as_person(actor: Callable[[str], Any]) -> Callable[[str], Any]:
    """`with as_person("qin"):` for a moment in her chamber, as her; for tests that also use a browser."""
    from contextlib import contextmanager

    from huiguan.actors import acting_as
    from huiguan.tenancy.binding import in_chamber

    @contextmanager
    def enter(key: str) -> Iterator[Any]:
        with acting_as(actor(key)), in_chamber(chamber(cast.PEOPLE[key][1])) as here:
            yield here

    return enter


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """`signed_in("qin")`: a browser signed in on the host of her chamber or federation; `host=` for another."""

    def make(key: str, host: str | None = None) -> Client:
        from huiguan.accounts.models import Person

        return sign_in(Person.objects.get(email=cast.email(key)), host or slug_of(key))

    return make


def sign_in(person: Any, slug: str) -> Client:
    """A client with a session on one host, as the session middleware would have made it."""
    from django.utils.timezone import now

    from huiguan.tenancy.hosts import resolve

    name = f"{slug}.localhost" if slug else "localhost"
    client = Client(HTTP_HOST=name)
    client.force_login(person, backend="huiguan.accounts.backends.PersonBackend")
    session = client.session
    session["host"] = resolve(name).key
    session["used"] = session["began"] = now().isoformat()
    session.save()
    return client
