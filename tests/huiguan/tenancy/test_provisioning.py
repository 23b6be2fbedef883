"""Opening chambers: from a spare, by replay, by migrating; addresses that are never given out twice."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, connections

from huiguan.actors import SYSTEM, acting_as
from huiguan.outbox.models import Message
from huiguan.tenancy import dumping, hosts, migrating, provisioning
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber, Domain, Spare, Template, schema_of
from tests.conftest import chamber


@pytest.fixture(autouse=True)
def _as_the_system(own_database: str) -> Any:
    with acting_as(SYSTEM):
        yield


def works(opened: Chamber) -> bool:
    with in_chamber(opened):
        return Message.objects.count() == 0


def test_a_spare_is_claimed_with_rows_alone(django_assert_max_num_queries: Any) -> None:
    spare = Spare.objects.get()
    with django_assert_max_num_queries(14):
        opened = provisioning.open_chamber(name="西安市郴州商会", slug="chenzhou")
    assert opened.pk == spare.pk
    assert not Spare.objects.exists()
    assert works(opened)


def test_without_a_spare_the_template_is_replayed() -> None:
    Spare.objects.all().delete()
    assert works(provisioning.open_chamber(name="西安市郴州商会", slug="chenzhou"))


def test_without_a_dump_program_the_schema_is_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    Spare.objects.all().delete()
    Template.objects.all().delete()

    def fail(name: str) -> str:
        raise dumping.NoDumpProgram(name)

    monkeypatch.setattr(dumping, "schema_sql", fail)
    assert works(provisioning.open_chamber(name="西安市郴州商会", slug="chenzhou"))


def test_a_replayed_schema_equals_a_migrated_one() -> None:
    replayed = schema_of(provisioning.make_schema())
    template = provisioning.template()
    assert dumping.schema_sql(replayed).replace(replayed, "x") == template.sql.replace(template.schema_name, "x")


def test_two_openings_at_once_never_share_a_schema() -> None:
    provisioning.refill(3)
    opened, start = [], threading.Barrier(3, timeout=60)

    def work(slug: str) -> None:
        with acting_as(SYSTEM):
            start.wait()
            opened.append(provisioning.open_chamber(name=slug, slug=slug).schema_name)
        connections.close_all()

    threads = [threading.Thread(target=work, args=(slug,)) for slug in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(opened)) == 3


@pytest.mark.parametrize(
    "slug", ["changde", "www", "api", "Upper", "1st", "a", "ch-x", "x" * 31, "a_b", "pg-1", "商会"]
)
def test_an_address_that_is_taken_reserved_or_malformed_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        provisioning.open_chamber(name="某商会", slug=slug)
    assert Spare.objects.count() == 1


def test_a_retired_address_is_never_given_out_again() -> None:
    Domain.objects.filter(domain=hosts.address("changde")).update(tenant=None)
    Chamber.objects.filter(slug="changde").update(slug="gone")
    with pytest.raises(ValidationError):
        provisioning.open_chamber(name="新商会", slug="changde")
    assert hosts.resolve("changde.localhost").kind == "unknown"


def test_a_schema_that_exists_is_never_adopted() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute('create schema "ch_taken"')
    with pytest.raises(ProgrammingError), provisioning.as_owner_of("ch_taken"):
        provisioning._create("ch_taken")


def test_spares_of_older_migrations_are_removed() -> None:
    old = Spare.objects.get()
    Spare.objects.update(fingerprint="old")
    assert provisioning.refill(1) == 1
    assert Spare.objects.get().pk != old.pk
    assert not _schema_exists(schema_of(old.pk))


def test_a_chamber_that_is_behind_answers_that_it_is_being_upgraded(client: Any) -> None:
    Chamber.objects.filter(slug="changde").update(fingerprint="old")
    answer = client.get("/", headers={"host": "changde.localhost"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_chambers_that_are_behind_are_brought_to_head_together() -> None:
    both = [chamber("changde"), chamber("shaoyang")]
    for each in both:
        _take_back_outbox(each)
    report = migrating.migrate_chambers()
    assert (sorted(report.done), report.failed) == (["changde", "shaoyang"], {})
    assert all(map(works, both))
    assert migrating.is_current()


def test_a_chamber_that_cannot_be_migrated_is_unchanged_and_listed() -> None:
    both = [chamber("changde"), chamber("shaoyang")]
    for each in both:
        _take_back_outbox(each)
    _owner(f'create table "{both[1].schema_name}".outbox_message (x int)')
    report = migrating.migrate_chambers()
    assert report.done == ["changde"]
    assert "already exists" in report.failed["shaoyang"]
    _owner(f'drop table "{both[1].schema_name}".outbox_message')
    assert migrating.migrate_chambers().done == ["shaoyang"]


def test_a_round_that_ends_before_it_is_noted_has_done_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_chamber: Chamber) -> None:
        raise KeyboardInterrupt

    changde = chamber("changde")
    _take_back_outbox(changde)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(migrating, "_note_head", die)
        migrating.migrate_chambers()
    report = migrating.migrate_chambers()
    assert (report.done, report.failed) == (["changde"], {})


def _take_back_outbox(each: Chamber) -> None:
    """The chamber as it was before the outbox was thought of."""
    _owner(f'drop table "{each.schema_name}".outbox_message')
    _owner(f"delete from \"{each.schema_name}\".django_migrations where app = 'outbox'")
    Chamber.objects.filter(pk=each.pk).update(fingerprint="before the outbox")


def _owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def _schema_exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_namespace where nspname = %s", [name])
        return cursor.fetchone() is not None
