"""The federation's database role: it reads the federation's tables and no chamber's, whatever the code asks for."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from huiguan.tenancy.binding import in_federation
from huiguan.tenancy.places import FEDERATION_ROLE

pytestmark = pytest.mark.django_db
RELATIONS = """
    select n.nspname, c.relname,
        has_table_privilege(%s, c.oid, 'select, insert, update, delete, truncate, references, trigger')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^(pg_|information_schema)'
"""
SHARED = {"inbox_receipt", "journal_entry", "journal_head"}


def test_the_role_has_no_right_on_any_table_of_any_chamber(changde: Any, shaoyang: Any) -> None:
    probed = [row for row in _relations() if row[0] != "public"]
    schemas = {schema for schema, _name, _right in probed}
    assert {changde.schema_name, shaoyang.schema_name} <= schemas and len(probed) > 20
    assert [row for row in probed if row[2]] == []


def test_of_the_public_tables_it_reads_only_the_federations(db: None) -> None:
    from django.apps import apps

    labels = {c.label for c in apps.get_app_configs() if c.name.startswith("federation.")}
    own = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.app_label in labels}
    readable = {name for schema, name, right in _relations() if schema == "public" and right}
    assert readable == own | SHARED


@pytest.mark.parametrize("table", ["affiliation_affiliation", "outbox_message", "audit_entry"])
def test_a_select_on_a_chambers_table_is_denied(table: str, changde: Any) -> None:
    with in_federation(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _count(changde.schema_name, table)


@pytest.mark.parametrize("table", ["tenancy_chamber", "accounts_person", "accounts_appointment", "accounts_session"])
def test_a_select_on_people_chambers_or_sessions_is_denied(table: str) -> None:
    with in_federation(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _count("public", table)


def test_a_chamber_reads_the_register_only_through_its_questions(working: Any) -> None:
    """Its own role has no right on the federation's tables."""
    from federation.registry.models import Membership

    working("qin")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(Membership.objects.all())


def _relations() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS, [FEDERATION_ROLE])
        return cursor.fetchall()


def _count(*names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(*names)))
