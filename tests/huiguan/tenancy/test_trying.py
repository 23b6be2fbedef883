"""The trials of the walls between chambers, short: that they find a hole where there is one, and none here (G2, G3)."""

from collections import Counter
from typing import Any

from django.db import connections

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.trying import closed, crowd, migrations, reach

SMALL = {"chambers": 2, "threads": 3, "statements": 60}


def silent(_text: str) -> None:
    pass


def test_no_role_reaches_a_table_of_another_chamber(own_database: str) -> None:
    result = reach.reach({"chambers": 2}, silent)
    assert result.passed and result.details["probes"] > 250, result


def test_a_table_that_was_granted_by_mistake_is_found(own_database: str, monkeypatch: Any) -> None:
    asked = reach._asked

    def after_a_mistake(names: list[str]) -> tuple[int, int]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f'grant select on "{names[0]}".outbox_message to "{names[1]}"')
        return asked(names)

    monkeypatch.setattr(reach, "_asked", after_a_mistake)
    result = reach.reach({"chambers": 2}, silent)
    assert not result.passed and result.details["reachable"] == 1


def test_threads_under_cancelled_statements_meet_no_foreign_row(own_database: str) -> None:
    result = crowd.crowd(SMALL, silent)
    assert result.passed and result.details["reads"] + result.details["writes"] >= SMALL["statements"], result


def test_a_row_of_another_chamber_would_be_counted(own_database: str, monkeypatch: Any) -> None:
    furnish = crowd._furnish

    def wrongly(chamber: Any) -> None:
        furnish(chamber)
        with crowd.in_chamber(chamber):
            stray = crowd._row(chamber)
            stray.recipient = "ch_other"
            stray.save(force_insert=True)

    monkeypatch.setattr(crowd, "_furnish", wrongly)
    result = crowd.crowd(SMALL, silent)
    assert not result.passed and result.details["wrong"] > 0


def test_a_chamber_between_two_states_is_found(own_database: str) -> None:
    chambers, met = list(Chamber.objects.all()), Counter[str]()
    assert migrations.look_at(chambers, met) == len(chambers) and met["wrong"] == 0
    Chamber.objects.filter(slug="changde").update(fingerprint="before")
    assert migrations.look_at(chambers, met) == len(chambers) - 1
    assert (met["between"], met["wrong"]) == (1, 1)


def test_a_chamber_that_is_behind_and_closed_is_as_it_must_be(own_database: str) -> None:
    chambers, met = list(Chamber.objects.all()), Counter[str]()
    with acting_as(SYSTEM):
        migrations._take_back(chambers[:1])
    assert migrations.look_at(chambers, met) == len(chambers) - 1
    assert met["wrong"] == 0


def test_closed_hosts_cannot_be_told_apart(db: None) -> None:
    result = closed.enumerating({"requests": 3}, silent)
    assert result.details["answers"] == [(404, result.details["answers"][0][1])], result


def test_a_closed_host_that_answers_otherwise_is_found(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(Chamber, "is_open", True)
    result = closed.enumerating({"requests": 1}, silent)
    assert not result.passed and len(result.details["answers"]) > 1
