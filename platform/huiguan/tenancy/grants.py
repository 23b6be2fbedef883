"""Who may touch which table: granted by the owner after each migration, asserted by tests over the live catalogue."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql

from huiguan.tenancy.places import FEDERATION_ROLE

OF_A_MESSAGE = "state, attempts, last_error, next_attempt_at, delivered_at, created_at, changed_at"  # its words stay
FEDERATION_APPS = ("inbox", "journal")  # beside every folder of federation/
DANGEROUS = ("query_to_xml", "database_to_xml", "lo_import", "lo_export", "lo_from_bytea", "lo_get", "lo_put")


def make_role(name: str) -> None:
    """A role that cannot log in and owns nothing; the application's login may become it, and inherits nothing of it."""
    _run("create role {} nologin noinherit", name)
    _run("grant {} to {} with inherit false, set true", name, _application())


def grant_future(schema_name: str) -> None:
    """Whatever a migration will create in the schema is the chamber's role's to use: no grant is needed then."""
    tables = "grant select, insert, update, delete on tables"
    _run(f"alter default privileges in schema {{0}} {tables} to {{0}}", schema_name)
    _run("alter default privileges in schema {0} grant usage on sequences to {0}", schema_name)


def grant_chamber(schema_name: str) -> None:
    """The chamber's role: its own schema only, its trail only to add to, what a message said never to change."""
    _run("grant usage on schema {0} to {0}", schema_name)
    _run("grant select, insert, update, delete on all tables in schema {0} to {0}", schema_name)
    _run("grant usage on all sequences in schema {0} to {0}", schema_name)
    _run("revoke update, delete on {0}.django_migrations, {0}.outbox_message from {0}", schema_name)
    _run(f"grant update ({OF_A_MESSAGE}) on {{0}}.outbox_message to {{0}}", schema_name)
    keep_books(schema_name, books())


def books() -> list[str]:
    """Tables of a chamber that are added to and read, never changed: their models say `is_added_to_only`."""
    labels = {c.label for c in apps.get_app_configs() if c.name in settings.TENANT_APPS}
    kept = (m for m in apps.get_models() if getattr(m, "is_added_to_only", False))
    return sorted(m._meta.db_table for m in kept if m._meta.app_label in labels)


def keep_books(schema_name: str, tables: Iterable[str]) -> None:
    """Asked of every new chamber, and of every chamber that a migration brought such a table."""
    for table in tables:
        _run("revoke update, delete on {0}.{1} from {0}", schema_name, table)


def grant_shared() -> None:
    """The application on public, and the federation's role on the federation's tables."""
    app = _application()
    _run("revoke create on schema public from public")
    _run("grant usage on schema public to {}", app)
    _run("grant select, insert, update, delete on all tables in schema public to {}", app)
    _run("grant usage on all sequences in schema public to {}", app)
    _run("revoke update, delete on journal_entry, django_migrations from {}", app)
    _grant_federation()


def _grant_federation() -> None:
    if not _exists(FEDERATION_ROLE):
        make_role(FEDERATION_ROLE)
    _run("grant usage on schema public to {}", FEDERATION_ROLE)
    _run("grant usage on all sequences in schema public to {}", FEDERATION_ROLE)
    for table in _federation_tables():
        _run("grant select, insert, update, delete on {} to {}", table, FEDERATION_ROLE)
    _run("revoke update, delete on journal_entry from {}", FEDERATION_ROLE)
    _seal()


def _seal() -> None:
    """Tables marked `is_sealed` are written by the federation and read by the owner's login alone."""
    for model in apps.get_models():
        if getattr(model, "is_sealed", False):
            for role in (_application(), FEDERATION_ROLE):
                _run("revoke all on {} from {}", model._meta.db_table, role)
            _run("grant insert on {} to {}", model._meta.db_table, FEDERATION_ROLE)


def _federation_tables() -> list[str]:
    labels = {c.label for c in apps.get_app_configs() if c.name.startswith("federation.")} | set(FEDERATION_APPS)
    models = (m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in labels)
    with connections["owner"].cursor() as cursor:
        existing = set(connections["owner"].introspection.table_names(cursor))
    return sorted({m._meta.db_table for m in models if not m._meta.proxy} & existing)


def _application() -> str:
    return str(settings.DATABASES["default"]["USER"])


def _exists(role: str) -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        return cursor.fetchone() is not None


def _run(statement: str, *names: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
