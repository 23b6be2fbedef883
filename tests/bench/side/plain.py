"""What Django without tenancy can be told to do."""

from typing import Any

from django.core.management import call_command
from django.test import Client

from tests.bench.side.requests import queries_of, seconds_of


def prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def request(queries: int, times: int) -> dict[str, Any]:
    client, path = Client(), f"/bench/{queries}/"
    return {"seconds": seconds_of(client, path, times), "statements": queries_of(client, path)}
