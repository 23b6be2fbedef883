"""One process that works for every chamber in turn: how large its connection to the database becomes, and what
replacing it costs."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tests.bench.machine import memory_of

OF_A_PAGE = 8  # tables


def read_all(chambers_per_connection: int | None = None) -> dict[str, int]:
    """Every table of every chamber, one transaction each. MB of the largest server process."""
    tables = _tables()
    with _replacing_after(chambers_per_connection):
        sizes: dict[int, float] = {}
        for chamber in Chamber.objects.all():
            _read(chamber, tables)
            server = connection.connection.info.backend_pid
            sizes[server] = memory_of(server).resident
    return {"MB": round(max(sizes.values())), "connections": len(sizes), "tables": len(tables)}


def visit(times: int, chambers_per_connection: int | None = None) -> None:
    """So many pages of chambers chosen at random."""
    tables, chance, chambers = _tables()[:OF_A_PAGE], random.Random(1), list(Chamber.objects.all())
    with _replacing_after(chambers_per_connection):
        for _number in range(times):
            _read(chance.choice(chambers), tables)


def _tables() -> list[Any]:
    names = {app.rpartition(".")[2] for app in settings.TENANT_APPS}
    return [model for model in apps.get_models() if model._meta.app_label in names]


@contextmanager
def _replacing_after(chambers: int | None) -> Iterator[None]:
    connection.close()
    before = connection.settings_dict["TENANCY_CHAMBERS"]
    connection.settings_dict["TENANCY_CHAMBERS"] = chambers or before
    try:
        yield
    finally:
        connection.settings_dict["TENANCY_CHAMBERS"] = before


def _read(chamber: Chamber, tables: list[Any]) -> None:
    with in_chamber(chamber):
        for model in tables:
            model._base_manager.first()
