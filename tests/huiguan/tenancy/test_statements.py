"""The watch over the suite's statements: what it calls wrong, and that it sees what is really sent."""

from typing import Any

import pytest
from django.db import connections

from tests.conftest import STATEMENTS
from tests.support.statements import Watch, fault_of, shared_tables, tables_of_chambers

ONE, OTHER = f"ch_{'1' * 32}", f"ch_{'2' * 32}"
WRONG = {
    "select * from outbox_message m join tenancy_chamber c on c.id = m.id": "of public",
    'select 1 from outbox_message where exists (select 1 from "public"."accounts_person")': "of public",
    f'select * from "{OTHER}".outbox_message': "2 chambers",
    f'select * from "{ONE}"."audit_entry" union all select * from {OTHER}.audit_entry': "2 chambers",
    "INSERT INTO outbox_message (id) SELECT id FROM audit_entry": "inserted by a query",
    "UPDATE outbox_message SET id = gen_random_uuid()": "volatile function",
}
RIGHT = (
    'SELECT "outbox_message"."id" FROM "outbox_message" INNER JOIN "audit_entry" ON TRUE',
    "INSERT INTO outbox_message (id) VALUES (%s) RETURNING id",
    "INSERT INTO outbox_message (id) SELECT * FROM UNNEST((%s)::uuid[])",
    "UPDATE outbox_message SET changed_at = now() WHERE id IN (SELECT id FROM audit_entry)",
    f'grant usage on schema "{OTHER}" to "{ONE}"',
)


@pytest.mark.parametrize("statement", WRONG)
def test_a_statement_that_needs_two_schemas_is_wrong(statement: str) -> None:
    assert WRONG[statement] in fault_of(statement, ONE)


@pytest.mark.parametrize("statement", RIGHT)
def test_a_statement_within_a_chamber_is_right(statement: str) -> None:
    assert fault_of(statement, ONE) == ""


def test_every_table_belongs_to_public_or_to_chambers() -> None:
    assert len(tables_of_chambers()) > 50 and len(shared_tables()) > 30
    assert not tables_of_chambers() & shared_tables()


@pytest.mark.django_db(databases=["default", "owner"])
def test_what_the_owner_sends_across_schemas_is_found_once(changde: Any) -> None:
    with connections["owner"].cursor() as cursor:
        for _number in range(2):
            cursor.execute(f'select 1 from "{changde.schema_name}".outbox_message, public.tenancy_chamber')
    [found] = STATEMENTS.take_broken()
    assert "['outbox_message'] of a chamber with ['tenancy_chamber'] of public" in found


def test_a_statement_is_looked_at_once() -> None:
    watch = Watch()
    for _number in range(3):
        watch.look_at("select 1 from outbox_message", ONE)
        watch.look_at("select 1 from outbox_message", OTHER)
    assert len(watch.seen) == 1
