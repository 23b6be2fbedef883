"""Figures of the workbench: kept while nothing changes, never longer, and by each chamber for itself."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from huiguan.actors import current_actor
from huiguan.capability import Place, Source, capabilities
from huiguan.once import while_reading
from huiguan.unchanged import until_changed
from tenants.members.models import Member
from tests.support.statements import WORD, shared_tables, tables_of_chambers

MEMBERS = "会员"


def numbers() -> Any:
    """Gives 1, then 2, then 3: how often it was worked out."""
    worked_out = iter(range(1, 10))
    return lambda: next(worked_out)


def test_it_is_worked_out_again_when_a_record_changed_and_not_before(working: Any) -> None:
    working("qin")
    ask, seen = numbers(), []
    for name in ("迎春食品", "", "丝路物流"):
        if name:
            Member.objects.create(name=name)
        for _time in range(2):
            with while_reading():
                seen.append(until_changed("test", ask))
    assert seen == [1, 1, 1, 1, 2, 2]


def test_another_chamber_and_another_language_have_their_own(as_person: Any) -> None:
    ask, seen = numbers(), []
    for key, language in (("qin", "zh-hans"), ("dai", "zh-hans"), ("qin", "en"), ("qin", "zh-hans")):
        with as_person(key), translation.override(language), while_reading():
            seen.append(until_changed("test", ask))
    assert seen == [1, 2, 3, 1]


def test_a_page_that_looks_into_two_chambers_keeps_each_under_its_own_number(as_person: Any) -> None:
    ask, seen = numbers(), []
    with as_person("qin"):
        Member.objects.create(name="迎春食品")
    with while_reading():
        for key in ("qin", "dai"):
            with as_person(key):
                seen.append(until_changed("test", ask))
    with as_person("dai"), while_reading():
        seen.append(until_changed("test", ask))
    assert seen == [1, 2, 2]


def kept() -> Iterator[Any]:
    """What the workbench keeps, by name, of every folder."""
    for capability in capabilities(Place.CHAMBER):
        asked = [(f"figure{n}", f.compute) for n, f in enumerate(capability.figures) if f.is_of_the_place]
        asked += [(draw.__name__, draw) for draw in capability.charts]
        asked += [(s.items.__name__, partial(_all_of, s)) for s in capability.sources if s.is_of_the_place]
        yield from (pytest.param(ask, id=f"{capability.name}.{name}") for name, ask in asked)


def _all_of(source: Source) -> list[Any]:
    return list(source.items(current_actor()))


@pytest.mark.parametrize("ask", kept())
def test_what_is_kept_is_told_by_tables_of_the_chamber_alone(ask: Any, hunan: Any, working: Any) -> None:
    working("qin")
    with CaptureQueriesContext(connection) as queries:
        ask()
    read = {word for query in queries.captured_queries for word in WORD.findall(query["sql"])}
    assert read & tables_of_chambers(), "nothing was read"
    assert not read & shared_tables(), "the chamber's trail does not tell when these change"


@pytest.mark.parametrize("who", ["qin", "lian"])
def test_what_writes_and_a_federation_ask_each_time(working: Any, who: str) -> None:
    working(who)
    ask = numbers()
    if who == "qin":
        assert [until_changed("test", ask) for _time in range(2)] == [1, 2]
        return
    with while_reading():
        assert [until_changed("test", ask) for _time in range(2)] == [1, 2]


def figure_of(client: Client, label: str) -> Any:
    return {str(each["label"]): each["value"] for each in client.get("/").context["figures"]}[label]


def test_the_workbench_is_right_at_once_and_cheaper_the_second_time(signed_in: Any, as_person: Any) -> None:
    client, counts = signed_in("qin"), []
    client.get("/")  # what a process reads once in its life
    with as_person("qin"):
        Member.objects.create(name="迎春食品", status=Member.Status.ACTIVE)
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert figure_of(client, MEMBERS) == 1
        counts.append(len(queries))
    assert counts[1] <= counts[0] - 15
    with as_person("qin"):
        Member.objects.create(name="丝路物流", status=Member.Status.ACTIVE)
    assert figure_of(client, MEMBERS) == 2
