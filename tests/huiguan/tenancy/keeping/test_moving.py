"""A chamber moves to another database: closed, copied, compared, opened there; or it is left as it was."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.keeping import Impossible, moving
from huiguan.tenancy.keeping.moving import finish, move
from huiguan.tenancy.models import Chamber, Spare
from tests.conftest import chamber
from tests.huiguan.tenancy.keeping.conftest import owner, read, write
from tests.support import cast, database


@pytest.fixture(autouse=True)
def _run_folder(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RUN_DIR = tmp_path
    monkeypatch.setattr(hosts, "SECONDS", 0)


@pytest.fixture
def there(own_database: str) -> Iterator[str]:
    """Another prepared database, as its owner's address."""
    name = f"{own_database}_there"
    with database.fresh_copy(name):
        yield database.server().url("huiguan_owner", name)


@pytest.fixture
def mover(own_database: str) -> Chamber:
    """A chamber that the other database does not know, with a note and a secretary-general."""
    Spare.objects.all().delete()
    opened = provisioning.open_chamber(name="西安市郴州商会", slug="chenzhou")
    person = Person.objects.create_user("new@example.com", cast.PASSWORD, name="新人")
    appoint(person=person, role="secretary_general", chamber=opened)
    appoint(person=Person.objects.get(email=cast.email("qin")), role="officer", chamber=opened)
    write(opened, "kept")
    return opened


@pytest.fixture
def delivered(mover: Chamber) -> Chamber:
    owner(f'update "{mover.schema_name}".outbox_message set state = %s', "delivered")
    return mover


def test_a_chamber_is_copied_closed_and_opened_there_when_both_sides_are_the_same(
    delivered: Chamber, there: str
) -> None:
    move(delivered, to=there)
    assert ask(there, "select status from tenancy_chamber where slug = 'chenzhou'") == [("suspended",)]
    assert delivered.status == "suspended"
    finish(delivered, to=there)
    assert ask(there, "select status from tenancy_chamber where slug = 'chenzhou'") == [("active",)]
    assert delivered.status == "archived"
    assert "moved to" in delivered.note
    assert ask(there, f'select recipient from "{delivered.schema_name}".outbox_message') == [("kept",)]
    assert ask(there, "select domain from tenancy_domain where tenant_id = %s", delivered.pk) == [
        ("chenzhou.localhost",)
    ]
    assert roles(there, delivered) == {("new@example.com", "secretary_general"), (cast.email("qin"), "officer")}
    assert ask(there, "select password like '!%' from accounts_person where email = 'new@example.com'") == [(True,)]


def test_messages_on_their_way_are_waited_for(mover: Chamber, there: str) -> None:
    with pytest.raises(Impossible, match="on their way"):
        move(mover, to=there)
    assert mover.is_open
    assert ask(there, "select 1 from tenancy_chamber where slug = 'chenzhou'") == []


def test_a_chamber_that_the_other_database_has_is_refused(own_database: str, there: str) -> None:
    here = chamber("changde")
    with pytest.raises(Impossible, match="has a chamber changde already"):
        move(here, to=there)
    assert here.is_open


def test_a_database_that_does_not_answer_is_a_sentence(mover: Chamber) -> None:
    with pytest.raises(Impossible, match="does not answer") as refused:
        move(mover, to="postgres://somebody:secret@127.0.0.1:1/nowhere")
    assert "secret" not in str(refused.value)


def test_what_was_written_meanwhile_keeps_it_from_being_finished(delivered: Chamber, there: str) -> None:
    move(delivered, to=there)
    owner(f'update "{delivered.schema_name}".outbox_message set recipient = %s', "changed")
    with pytest.raises(Impossible, match="outbox_message differ"):
        finish(delivered, to=there)
    assert ask(there, "select status from tenancy_chamber where slug = 'chenzhou'") == [("suspended",)]


def test_when_the_copy_fails_the_chamber_is_open_again(
    delivered: Chamber, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise Impossible("no")

    monkeypatch.setattr(moving, "receive", fail)
    with pytest.raises(Impossible):
        move(delivered, to=there)
    assert chamber("chenzhou").is_open
    assert read(delivered) == ["kept"]


def ask(to: str, statement: str, *params: Any) -> list[Any]:
    with psycopg.connect(to) as connection:
        return connection.execute(statement, params or None).fetchall()  # type: ignore[arg-type]


def roles(to: str, of: Chamber) -> set[tuple[str, str]]:
    held = "select email, role from accounts_appointment a join accounts_person p on p.id = a.person_id"
    return set(ask(to, f"{held} where a.chamber_id = %s", of.pk))
