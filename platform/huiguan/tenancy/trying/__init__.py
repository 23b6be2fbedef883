"""Trials of the walls between chambers, in schemas that are made for them and dropped again. [G2, G3]"""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.migrating import fingerprint
from huiguan.tenancy.models import Chamber, Domain, schema_of
from huiguan.verifying import Say


@contextmanager
def throw_away(number: int, say: Say) -> Iterator[list[Chamber]]:
    """Places like chambers, with every table and a role, that no address leads to."""
    made: list[Chamber] = []
    try:
        for _number in range(number):
            key = provisioning.make_schema()
            made.append(Chamber(id=key, schema_name=schema_of(key), db_role=schema_of(key)))
        say(f"made {number} schemas")
        yield made
    finally:
        for each in made:
            provisioning.drop_schema(each.pk)


@contextmanager
def doors(number: int) -> Iterator[list[Chamber]]:
    """Hosts with nothing behind them, for what happens before a chamber is bound. They are never committed."""
    mark = f"verify-{secrets.token_hex(4)}"
    with transaction.atomic():
        made = [_door(f"{mark}-{n}") for n in range(number)]
        try:
            yield made
        finally:
            transaction.set_rollback(True)
            for each in made:
                hosts.forget(hosts.address(each.slug))


def _door(slug: str) -> Chamber:
    key = uuid.uuid4()
    chamber = Chamber(id=key, schema_name=schema_of(key), db_role=schema_of(key), name=slug, slug=slug)
    chamber.fingerprint = fingerprint()
    chamber.save(force_insert=True)
    Domain.objects.create(domain=hosts.address(slug), tenant=chamber, is_primary=True)
    return chamber
