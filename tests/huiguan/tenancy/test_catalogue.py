"""What the live catalogue says: grants, names, keys and constraints of every schema (G3 and G4 of docs/security.md)."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.grants import books

TABLES = """
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v') and (n.nspname = 'public' or n.nspname like 'ch\\_%%')
"""


def rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def test_a_chambers_role_can_read_its_schema_and_nothing_else(changde: Any, shaoyang: Any) -> None:
    for me in (changde, shaoyang):
        reached = {s for s, _t in rows(f"{TABLES} and has_table_privilege(%s, c.oid, 'select')", me.db_role)}
        assert reached == {me.schema_name}


def test_the_application_itself_can_reach_no_chamber(changde: Any) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows(f'select * from "{changde.schema_name}".outbox_message')


def test_a_chamber_is_denied_anothers_table_even_by_its_full_name(changde: Any, shaoyang: Any) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), in_chamber(changde):
        rows(f'select * from "{shaoyang.schema_name}".outbox_message')


def test_the_federation_is_denied_every_chambers_table(changde: Any, shaoyang: Any) -> None:
    for each in (changde, shaoyang):
        for (table,) in rows("select tablename from pg_tables where schemaname = %s", each.schema_name):
            with pytest.raises(ProgrammingError, match="permission denied"), in_federation():
                rows(f'select * from "{each.schema_name}"."{table}"')


@pytest.mark.parametrize(
    "table", ["accounts_person", "accounts_session", "oauth2_provider_accesstoken", "billing_subscription"]
)
def test_neither_a_chamber_nor_the_federation_reads_credentials_or_billing(changde: Any, table: str) -> None:
    for place in (in_chamber(changde), in_federation()):
        with pytest.raises(ProgrammingError, match="permission denied"), place:
            rows(f"select * from {table}")


def test_public_and_chambers_share_no_table_name_but_the_migration_record(changde: Any) -> None:
    public = {t for (t,) in rows("select tablename from pg_tables where schemaname = 'public'")}
    mine = {t for (t,) in rows("select tablename from pg_tables where schemaname = %s", changde.schema_name)}
    assert public & mine == {"django_migrations"}


def test_no_constraint_crosses_schemas(changde: Any) -> None:
    crossing = """
        select c.conname from pg_constraint c
        join pg_class a on a.oid = c.conrelid join pg_class b on b.oid = c.confrelid
        where a.relnamespace <> b.relnamespace
    """
    assert rows(crossing) == []


def test_every_table_has_a_primary_key(changde: Any) -> None:
    keyless = """
        select format('%%I.%%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and (n.nspname = 'public' or n.nspname like 'ch\\_%%')
        and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
    """
    assert rows(keyless) == []


def test_the_key_of_every_table_of_a_chamber_is_a_uuid(changde: Any) -> None:
    """No two nodes ever give out the same, and a chamber can be put beside itself."""
    others = """
        select c.relname from pg_constraint k join pg_class c on c.oid = k.conrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
        where k.contype = 'p' and c.relnamespace = %s::regnamespace and a.atttypid <> 'uuid'::regtype
    """
    named = {"django_migrations", "audit_head"}  # the head of a trail goes by its scope
    assert {name for (name,) in rows(others, changde.schema_name)} == named


def test_chambers_have_no_sequences_and_no_triggers_of_their_own(changde: Any) -> None:
    inside = "select relname from pg_class where relkind = 'S' and relnamespace = %s::regnamespace"
    assert {n for (n,) in rows(inside, changde.schema_name)} == {"django_migrations_id_seq"}
    assert rows("select tgname from pg_trigger where not tgisinternal") == []


def test_a_trail_and_every_other_book_can_be_added_to_but_not_changed(changde: Any) -> None:
    kept = [(changde.schema_name, changde.db_role, table) for table in books()]
    assert "audit_entry" in books()
    for where, role, table in [*kept, ("public", "huiguan_federation", "journal_entry")]:
        for right, allowed in (("insert", True), ("select", True), ("update", False), ("delete", False)):
            one = f"{TABLES} and n.nspname = %s and c.relname = %s and has_table_privilege(%s, c.oid, %s)"
            assert bool(rows(one, where, table, role, right)) is allowed, (table, right)


def test_the_login_inherits_nothing_of_the_roles_it_may_become(changde: Any) -> None:
    inherited = """
        select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid
        join pg_roles u on u.oid = m.member where u.rolname = 'huiguan_app' and m.inherit_option
    """
    assert rows(inherited) == []


def test_a_chambers_role_owns_nothing_and_cannot_log_in(changde: Any) -> None:
    assert rows("select rolcanlogin from pg_roles where rolname = %s", changde.db_role) == [(False,)]
    assert rows("select 1 from pg_class where relowner = %s::regrole", changde.db_role) == []
