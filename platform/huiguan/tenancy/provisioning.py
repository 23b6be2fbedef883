"""Opens chambers: claims a spare schema, else replays a template's SQL, else migrates an empty one.

A spare is made under the key that its chamber will have, so that claiming it is only rows in public: no DDL, no rename,
nothing that a web process may not do.
"""

import uuid
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import InternalError, OperationalError, connections, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from huiguan.ciphers.models import ChamberKey
from huiguan.ciphers.ring import add_first_data_key, make_keys
from huiguan.tenancy import dumping, hosts
from huiguan.tenancy.grants import grant_chamber, grant_future, make_role
from huiguan.tenancy.migrating import fingerprint, migrate_schema
from huiguan.tenancy.models import RESERVED, SLUG, Chamber, Domain, Spare, Template, schema_of
from huiguan.tenancy.owner import as_owner_of

SPARES = 3  # kept ready; refilled by the worker after each claim


@transaction.atomic
def open_chamber(*, name: str, slug: str, **fields: Any) -> Chamber:
    """A working chamber on its address. Raises ValidationError with a text per wrong field; then nothing exists."""
    check_slug(slug)
    key = _claim() or make_schema()
    chamber = Chamber(id=key, schema_name=schema_of(key), db_role=schema_of(key), name=name, slug=slug, **fields)
    chamber.fingerprint = fingerprint()
    chamber.full_clean()
    chamber.save(force_insert=True)
    add_first_data_key(key)
    Domain.objects.create(domain=hosts.address(slug), tenant=chamber, is_primary=True)
    hosts.forget(hosts.address(slug))
    return chamber


def check_slug(slug: str) -> None:
    """An address is free when it was never given out; reserved names never are."""
    SLUG(slug)
    if slug in RESERVED or slug.startswith(("ch-", "pg-")):
        raise ValidationError({"slug": _("This address is reserved. Choose another.")})
    if Domain.objects.filter(domain=hosts.address(slug)).exists():
        raise ValidationError({"slug": _("This address has been used. Choose another.")})


def refill(wanted: int = SPARES) -> int:
    """Make spares until `wanted` are ready; remove those of older migrations. Returns how many were made."""
    drop_stale()
    missing = wanted - Spare.objects.filter(fingerprint=fingerprint()).count()
    for _number in range(missing):
        Spare.objects.create(id=make_schema(), fingerprint=fingerprint())
    return max(0, missing)


def make_missing_keys() -> None:
    """Of chambers from before there were any: one question when all have theirs."""
    have = ChamberKey.objects.values("pk")
    for chamber in Chamber.objects.exclude(status=Chamber.Status.ERASED).exclude(pk__in=have):
        make_keys(chamber.pk)


def make_schema() -> uuid.UUID:
    """An empty migrated schema with its role, by replay of the template. Owner work."""
    key, source = uuid.uuid4(), template()
    name = schema_of(key)
    with as_owner_of(name):
        _create(name)
        make_role(name)
        grant_future(name)
        _replay(source, name)
        grant_chamber(name)
    return key


def template() -> Template:
    """The SQL of a fresh schema at head; made by migrating one and dumping it when there is none yet."""
    found = Template.objects.filter(fingerprint=fingerprint()).first()
    if found is None:
        found = _make_template()
    return found


def drop_stale() -> None:
    """Spares of older migrations and their roles."""
    for spare in Spare.objects.exclude(fingerprint=fingerprint()):
        drop_schema(spare.id)
        spare.delete()


def drop_schema(key: uuid.UUID) -> None:
    """With everything in it, for ever. Its role goes too, unless a copy of this database beside it still knows it."""
    name = sql.Identifier(schema_of(key))
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("drop schema if exists {} cascade").format(name))
    with suppress(InternalError, OperationalError), connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("drop role if exists {}").format(name))


def _claim() -> uuid.UUID | None:
    ready = Spare.objects.select_for_update(skip_locked=True).filter(fingerprint=fingerprint())
    spare = ready.first()
    if spare is None:
        return None
    key = spare.id
    spare.delete()
    return key


def _make_template() -> Template:
    name = f"tpl_{fingerprint()[:32]}"
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(name)))
    with as_owner_of(name):
        _create(name)
        migrate_schema(name)
    try:
        made = Template(fingerprint=fingerprint(), schema_name=name, sql=dumping.schema_sql(name))
    except dumping.NoDumpProgram:
        return Template(fingerprint=fingerprint(), schema_name=name, sql="")
    made.save()
    Template.objects.exclude(fingerprint=fingerprint()).delete()
    return made


def _create(name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("create schema {}").format(sql.Identifier(name)))  # fails if it exists: never adopted


def _replay(source: Template, name: str) -> None:
    if not source.sql:
        migrate_schema(name)
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute(source.sql.replace(source.schema_name, name))
