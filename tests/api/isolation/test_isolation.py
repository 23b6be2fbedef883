"""A hostile chamber at a part of all addresses, and that the walk would find what it looks for (G1, G5)."""

from typing import Any

import pytest

from api.isolation import questions, reporting, roles
from api.isolation.actors import actors
from api.isolation.asking import Answer, Question, ask, readable
from api.isolation.questions import Case, faults
from api.isolation.running import every_address
from api.isolation.stage import Stage, set_up
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from huiguan.verifying.canaries import marks_in

NOBODY = "00000000-0000-0000-0000-000000000001"
EVERY = 97  # of some hundred addresses: a few, another part of them with each new page


@pytest.fixture
def two(changde: Any, shaoyang: Any) -> Stage:
    with acting_as(SYSTEM):
        return set_up(changde, shaoyang, "verify-isolation", lambda _text: None)


def test_every_kind_of_row_holds_words_that_say_whose_it_is(two: Stage) -> None:
    assert [side.filler.plain for side in two.sides] == [[], [], [], []]
    assert sum(len(words) for words in two.theirs.filler.marked.values()) > 200
    contact = two.theirs.rows["members.Contact"]
    with in_chamber(two.theirs.chamber):  # type: ignore[arg-type]
        assert marks_in(type(contact).objects.get(pk=contact.pk).name.encode()) == {two.theirs.mark}


def test_a_word_of_the_other_chamber_is_heard_wherever_it_stands(two: Stage) -> None:
    """Its own secretary reads it on a page and in a workbook: so would a stranger be found who did."""
    import zlib

    there = next(a for a in actors(Stage(two.theirs, two.mine, two.common, two.strange)) if a.name == "officer")
    for page in ("/members/contact/", "/members/contact/export/"):
        answer = ask(Question("GET", two.theirs.host, page, there.cookies))
        assert answer.status == 200 and two.theirs.mark in answer.marks, page
    packed = b"%PDF-1.7\nstream\n" + zlib.compress(f"CNRY-{two.theirs.mark}-x".encode()) + b"\nendstream"
    assert {mark for part in readable(packed) for mark in marks_in(part)} == {two.theirs.mark}


def test_a_leak_an_error_a_foreign_record_and_a_carried_session_are_faults(two: Stage) -> None:
    [officer] = [a for a in actors(two) if a.name == "officer"]
    [address] = [a for a in every_address() if a.place == "chamber" and a.route == "/members/member/<uuid:pk>/"]

    def found(form: str, status: int, marks: frozenset[str] = frozenset()) -> list[str]:
        case = Case(
            form,
            officer,
            address,
            Question("GET", two.mine.host, address.at({"pk": NOBODY})),
            frozenset({two.theirs.mark}),
        )
        return [each.split(":")[0] for each in faults(case, Answer(status, "", b"", marks))]

    assert found("own", 200) == found("path", 404) == found("carried", 403) == []
    assert found("own", 200, frozenset({two.theirs.mark})) == [f"leak of ['{two.theirs.mark}']"]
    assert found("own", 500) == ["error 500"]
    assert found("path", 200) == ["a foreign record answers 200"]
    assert found("path", 403) == ["a foreign record is forbidden, and not missing"]
    assert found("carried", 200) == ["a credential of another host answers 200"]


def test_every_address_of_the_api_is_documented_and_the_other_way_round() -> None:
    assert reporting._routes() == reporting._documented() != set()


def test_a_part_of_all_addresses_leaks_nothing(two: Stage) -> None:
    result = reporting.walked(two, lambda _text: None, every=EVERY, start=3)
    assert result.passed, "\n".join(result.details["faults"][:20])
    assert result.details["requests"] > 300


def test_a_permission_closes_the_addresses_that_declare_it(two: Stage) -> None:
    result = roles.tried(two, lambda _text: None, every=25)
    assert result.passed, result.details
    assert result.details["permissions"] > 90


def test_an_address_that_is_no_record_is_one_that_exists() -> None:
    assert {each.route for each in every_address()} >= questions.NO_RECORD
