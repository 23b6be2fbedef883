"""`huiguan federation`: opened, invited and listed from the command line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = pytest.mark.django_db


def test_a_federation_is_opened_with_an_invited_coordinator() -> None:
    (row,) = _said("open", "northwest", "--name", "西北湘商联盟", "--coordinator", "ning@example.com")
    assert (row["slug"], row["name"]) == ("northwest", "西北湘商联盟")
    assert "northwest.localhost" in row["invitation"]


def test_an_address_that_is_taken_is_refused_in_words() -> None:
    with pytest.raises(CommandError):
        _said("open", "changde", "--name", "西北湘商联盟")


def test_members_are_listed_with_what_they_accepted() -> None:
    rows = _said("members", "hunan")
    assert [row["chamber"] for row in rows] == ["西安市常德商会", "陕西省邵阳商会"]
    assert rows[0]["items"] == ["directory", "liaison", "matching", "data_calls", "benchmarking"]


def test_an_invited_chamber_is_named() -> None:
    _said("open", "northwest", "--name", "西北湘商联盟")
    (row,) = _said("invite", "northwest", "changde")
    assert row["chamber"] == "西安市常德商会"


def _said(*words: str) -> list[Any]:
    out = StringIO()
    call_command("federation", *words, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]
