"""A connection serves a limited number of chambers: only closing one frees what PostgreSQL learned of their tables."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from huiguan.actors import SYSTEM, acting_as
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.models import Chamber
from tenants.members.models import Group
from tests.conftest import chamber


@pytest.fixture
def two(own_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Chamber, Chamber]]:
    """Two chambers, and connections that serve two."""
    monkeypatch.setitem(connection.settings_dict, "TENANCY_CHAMBERS", 2)
    connection.close()
    yield chamber("changde"), chamber("shaoyang")
    connection.close()


def server() -> int:
    """The process of PostgreSQL that answers."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def served(where: Any) -> int:
    with in_chamber(where):
        Message.objects.count()
        return server()


def test_a_connection_is_replaced_once_it_has_served_its_share(two: Any) -> None:
    changde, shaoyang = two
    first = served(changde)
    assert served(shaoyang) == first
    assert served(changde) != first


def test_one_chamber_and_the_federation_keep_a_connection_for_ever(two: Any) -> None:
    first = served(two[0])
    for _number in range(5):
        with in_federation():
            assert server() == first
        assert served(two[0]) == first


def test_a_connection_is_never_replaced_within_a_transaction(two: Any) -> None:
    served(two[0]), served(two[1])
    with acting_as(SYSTEM), in_chamber(two[0]):
        Group.objects.create(name="理事会")
        first = server()
        with transaction.atomic(), in_federation():
            assert server() == first
        with in_chamber(two[0]):
            assert Group.objects.get().name == "理事会"
            assert server() == first


def test_what_runs_on_commit_survives_the_replacement(two: Any) -> None:
    served(two[0])
    ran: list[int] = []
    with in_chamber(two[1]):
        Message.objects.count()
        first = server()
        for _number in range(2):
            transaction.on_commit(lambda: ran.append(served(two[1])))
    assert len(ran) == 2
    assert first not in ran
