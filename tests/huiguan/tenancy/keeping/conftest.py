"""A chamber with something in it, in a database of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from huiguan.actors import SYSTEM, acting_as
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber
from tests.huiguan.tenancy.test_binding import note, texts

ODD = "tab\there\\N quote' \n\\.\nCREATE SCHEMA ch_x; COPY a.b (c) FROM stdin;\nSET x;\n湘"


@pytest.fixture(autouse=True)
def _as_the_system(own_database: str) -> Any:
    with acting_as(SYSTEM):
        yield


@pytest.fixture
def here() -> Chamber:
    """Changde, whose notes say "kept" and what a careless reader of a dump would stumble over."""
    found = chamber("changde")
    write(found, "kept")
    with in_chamber(found):
        odd = note("odd")
        odd.content = {"text": ODD, "schema": found.schema_name}
        odd.save()
    return found


@pytest.fixture
def backup(here: Chamber, tmp_path: Path) -> Path:
    return back_up(here, tmp_path / "changde.tar.gz")[0]


def write(to: Chamber, text: str) -> None:
    with in_chamber(to):
        note(text).save()


def read(of: Chamber) -> list[str]:
    with in_chamber(of):
        return texts()


def odd_content(of: Chamber) -> Any:
    with in_chamber(of):
        return Message.objects.get(recipient="odd").content


def owner(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def names(like: str) -> list[str]:
    return [n for (n,) in owner("select nspname from pg_namespace where nspname like %s order by 1", like)]
