"""What the stock library's side can be told to do: its own ways, as its documentation says."""

import uuid
from itertools import cycle, islice
from typing import Any

from bench_client.models import Address, Client
from django.core.management import call_command
from django.db import connection
from django.test import Client as Browser

from huiguan.tenancy import dumping
from tests.bench.side.requests import queries_of, seconds_of


def prepare() -> None:
    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    public = Client(schema_name="public", name="public")
    public.save(verbosity=0)


def open_one() -> str:
    """A tenant and its domain; saving it makes the schema by migrating."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    tenant = Client(schema_name=name, name="基准商会")
    tenant.save(verbosity=0)
    Address.objects.create(domain=f"{name}.localhost".replace("_", "-"), tenant=tenant, is_primary=True)
    return name


def open_up_to(number: int) -> None:
    """One by migrating, the others as copies of it: only what is measured must be done the stock way."""
    missing = number - Client.objects.exclude(schema_name="public").count()
    if missing <= 0:
        return
    first = open_one()
    dump = dumping.schema_sql(first)
    for _each in range(missing - 1):
        name = f"bench_{uuid.uuid4().hex[:12]}"
        with connection.cursor() as cursor:
            cursor.execute(f'create schema "{name}"; {dump.replace(first, name)}')
        tenant = Client(schema_name=name, name="基准商会")
        tenant.auto_create_schema = False
        tenant.save(verbosity=0)


def migrate() -> None:
    call_command("migrate_schemas", tenant=True, verbosity=0, interactive=False)


def send_jobs(number: int, done: str) -> None:
    """Each for another tenant than the one before."""
    from tests.bench.side.stock_celery import count

    tenants = Client.objects.exclude(schema_name="public").values_list("schema_name", flat=True)
    for name in islice(cycle(tenants), number):
        count.delay(schema_name=name, done=done)


def request(queries: int, times: int) -> dict[str, Any]:
    client, path = Browser(HTTP_HOST=Address.objects.latest("pk").domain), f"/bench/{queries}/"
    return {"seconds": seconds_of(client, path, times), "statements": queries_of(client, path)}
