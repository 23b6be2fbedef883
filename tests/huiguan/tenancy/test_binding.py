"""The ways into a chamber, and every way out that leaked in the stock library (traps T1 to T15 of docs/security.md)."""

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.cache import caches
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from federation.registry.models import Federation
from huiguan.actors import SYSTEM, acting_as
from huiguan.embedded.testing import server
from huiguan.once import while_reading
from huiguan.outbox.models import Message
from huiguan.records import InAnotherChamber
from huiguan.tenancy import hosts
from huiguan.tenancy.binding import AlreadyInAnotherChamber, current_chamber, current_schema, in_chamber, in_federation
from huiguan.tenancy.engine.base import OutsideTransaction
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber


def note(text: str) -> Message:
    """Any row of a chamber's table."""
    keys = {"recipient_id": SYSTEM_KEY, "record_id": SYSTEM_KEY}
    return Message(name="test", recipient=text, record_text=text, content={"text": text}, basis="", **keys)


SYSTEM_KEY = "00000000-0000-0000-0000-000000000001"


def texts() -> list[str]:
    return list(Message.objects.filter(name="test").order_by("id").values_list("recipient", flat=True))


@pytest.fixture
def two(own_database: str) -> tuple[Chamber, Chamber]:
    """Two chambers with one committed row each, named after themselves."""
    both = chamber("changde"), chamber("shaoyang")
    for each in both:
        with in_chamber(each):
            note(each.slug).save()
    return both


def test_a_chamber_reads_its_own_rows_and_leaves_no_trace(two: Any) -> None:
    changde, shaoyang = two
    with in_chamber(changde):
        assert texts() == ["changde"]
        assert current_chamber() == changde
    with in_chamber(shaoyang):
        assert texts() == ["shaoyang"]
    assert current_schema() == "public"


def test_a_chambers_tables_cannot_be_reached_outside_a_transaction(two: Any) -> None:
    connection.set_tenant(two[0])
    try:
        with pytest.raises(OutsideTransaction):
            texts()
    finally:
        connection.set_schema_to_public()


def test_the_session_keeps_nothing_after_commit_rollback_or_error(two: Any) -> None:
    for end in ("commit", "rollback", "error"):
        try:
            with in_chamber(two[0]):
                texts()
                if end == "rollback":
                    transaction.set_rollback(True)
                if end == "error":
                    raise LookupError
        except LookupError:
            pass
        with connection.cursor() as cursor:
            cursor.execute("select current_user, current_setting('search_path')")
            assert cursor.fetchone() == ("huiguan_app", '"$user", public')


def test_entering_another_chamber_from_inside_one_is_refused(two: Any) -> None:
    changde, shaoyang = two
    with in_chamber(changde):
        with pytest.raises(AlreadyInAnotherChamber), in_chamber(shaoyang):
            pass
        with in_chamber(changde):
            assert texts() == ["changde"]


def test_a_rollback_to_a_savepoint_binds_again(two: Any) -> None:
    with in_chamber(two[0]):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
        assert texts() == ["changde"]


def test_a_savepoint_lost_in_the_federation_does_not_leave_its_role_behind(two: Any) -> None:
    with in_chamber(two[0]):
        assert texts() == ["changde"]
        with pytest.raises(ProgrammingError), in_federation():
            Message._base_manager.count()
        assert texts() == ["changde"]


def test_an_error_swallowed_without_a_savepoint_stops_the_transaction(two: Any) -> None:
    with pytest.raises(DatabaseError), in_chamber(two[0]):
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        except DatabaseError:
            pass
        texts()


def test_cancelled_statements_never_answer_from_another_chamber(two: Any) -> None:
    wrong, read, stop = [], [], threading.Event()

    def work(me: Chamber) -> None:
        for _round in range(120):
            try:
                with in_chamber(me):
                    found = texts()
                (read if found == [me.slug] else wrong).append(found)
            except DatabaseError:
                connection.close()
        connections.close_all()

    canceller = threading.Thread(target=_cancel_everybody, args=(stop,))
    workers = [threading.Thread(target=work, args=(each,)) for each in (*two, *two)]
    for thread in (canceller, *workers):
        thread.start()
    for thread in workers:
        thread.join()
    stop.set()
    canceller.join()
    assert wrong == []
    assert len(read) > 50


def _cancel_everybody(stop: threading.Event) -> None:
    with connection.cursor() as cursor:
        while not stop.wait(0.001):
            cursor.execute(
                "select pg_cancel_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid() and state = 'active'"
            )
    connections.close_all()


def test_threads_do_not_share_a_place(two: Any) -> None:
    inside, seen = threading.Barrier(2, timeout=60), {}

    def work(me: Chamber) -> None:
        with in_chamber(me):
            inside.wait()
            seen[me.slug] = texts()
            inside.wait()
        connections.close_all()

    threads = [threading.Thread(target=work, args=(each,)) for each in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"changde": ["changde"], "shaoyang": ["shaoyang"]}


def test_a_queryset_made_in_one_chamber_is_refused_in_another(two: Any) -> None:
    changde, shaoyang = two
    with in_chamber(changde):
        lazy = Message.objects.filter(recipient="changde")
    with in_chamber(shaoyang):
        for use in (list, len, lambda q: q.count(), lambda q: q.update(recipient="x"), lambda q: q.delete(), bool):
            with pytest.raises(InAnotherChamber):
                use(lazy)
        with pytest.raises(InAnotherChamber):
            list(Message.objects.filter(id__in=lazy.values("id")))


def test_a_queryset_made_at_import_time_belongs_to_nobody_until_it_is_used(two: Any) -> None:
    changde, shaoyang = two
    early = Message.objects.filter(name="test")
    with in_chamber(changde):
        assert len(early) == 1
    with in_chamber(shaoyang), pytest.raises(InAnotherChamber):
        list(early)


def test_a_record_loaded_in_one_chamber_is_not_saved_in_another(two: Any) -> None:
    changde, shaoyang = two
    with in_chamber(changde):
        mine = Message.objects.get(name="test")
    with in_chamber(shaoyang):
        for use in (mine.save, mine.delete, mine.refresh_from_db):
            with pytest.raises(InAnotherChamber):
                use()
        assert texts() == ["shaoyang"]


def test_a_missing_schema_is_an_error_and_never_publics_rows(two: Any) -> None:
    ghost = Chamber(schema_name="ch_ghost", db_role=two[0].db_role, slug="ghost")
    with pytest.raises(DatabaseError), in_chamber(ghost):
        texts()


def test_a_chamber_without_its_role_is_an_error_and_the_next_transaction_works(two: Any) -> None:
    nobody = Chamber(schema_name=two[0].schema_name, db_role="ch_nobody", slug="nobody")
    with pytest.raises(DatabaseError, match="ch_nobody"), in_chamber(nobody):
        texts()
    with in_chamber(two[0]):
        assert texts() == ["changde"]


def test_a_connection_that_is_gone_when_a_transaction_begins_is_said_and_replaced(two: Any) -> None:
    with in_chamber(two[0]):
        pid = connection.connection.info.backend_pid
    with psycopg.connect(server().url("postgres", "postgres")) as superuser:
        superuser.execute("select pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(OperationalError), in_chamber(two[0]):
        texts()
    with in_chamber(two[0]):
        assert texts() == ["changde"]


def test_binding_costs_one_statement_that_is_counted(two: Any) -> None:
    with CaptureQueriesContext(connection) as queries, in_chamber(two[0]):
        texts()
    said = [each["sql"] for each in queries]
    assert [text for text in said if "set_config" in text] == [said[1]]
    assert said[1].startswith("begin; ")


def test_a_question_to_another_place_costs_no_savepoint_while_a_page_is_read(two: Any) -> None:
    def ask() -> list[str]:
        with CaptureQueriesContext(connection) as queries, in_chamber(two[0]):
            for _number in range(2):
                with in_federation():
                    Federation.objects.count()
            assert texts() == ["changde"]
        return [each["sql"].split()[0] for each in queries if not each["sql"].startswith(("BEGIN", "COMMIT"))]

    with while_reading():
        assert ask() == ["begin;", "SELECT", "SELECT", "select", "SELECT"]
    assert "SAVEPOINT" in ask()


def test_a_missing_table_is_an_error_and_never_publics_rows(two: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'drop table "{two[0].schema_name}".outbox_message')
        cursor.execute("create table public.outbox_message as select 'leak' as recipient")
    with pytest.raises(ProgrammingError), in_chamber(two[0]):
        texts()
    with in_chamber(two[1]):
        assert texts() == ["shaoyang"]


def test_what_runs_on_commit_runs_where_it_was_registered(two: Any) -> None:
    ran: list[str] = []

    def remember() -> None:
        ran.append(current_schema())

    with transaction.atomic():
        with in_chamber(two[0]):
            transaction.on_commit(remember)
        with in_chamber(two[1]):
            texts()
        transaction.on_commit(remember)
    assert ran == [two[0].schema_name, "public"]


def test_the_cache_of_one_chamber_is_not_anothers(two: Any) -> None:
    with in_chamber(two[0]):
        caches["default"].set("secret", "changde")
    with in_chamber(two[1]):
        assert caches["default"].get("secret") is None


def test_a_suspended_chambers_host_is_forgotten_at_once(two: Any) -> None:
    assert hosts.resolve("changde.localhost").kind == "chamber"
    Chamber.objects.filter(slug="changde").update(status=Chamber.Status.SUSPENDED)
    assert hosts.resolve("changde.localhost").kind == "chamber"  # another process may go on for SECONDS
    hosts.forget_chamber(two[0])
    assert hosts.resolve("changde.localhost").kind == "closed"


@pytest.mark.parametrize("name", ["CHANGDE.localhost", "changde.localhost.", "changde.localhost:8000"])
def test_a_host_is_found_however_it_is_written(two: Any, name: str) -> None:
    assert hosts.resolve(name).chamber == two[0]


def test_a_task_for_an_unknown_or_suspended_chamber_is_refused(two: Any) -> None:
    from huiguan.celery import UnknownChamber, chamber_task

    task = chamber_task(seen_in)
    assert task(str(two[0].pk)) == ["changde"]
    Chamber.objects.filter(pk=two[0].pk).update(status=Chamber.Status.SUSPENDED)
    for key in (str(two[0].pk), SYSTEM_KEY):
        with pytest.raises(UnknownChamber):
            task(key)


def seen_in(chamber_id: str) -> list[str]:
    return texts()


@pytest.fixture(autouse=True)
def _as_the_system() -> Any:
    with acting_as(SYSTEM):
        yield


Use = Callable[[Any], Any]
