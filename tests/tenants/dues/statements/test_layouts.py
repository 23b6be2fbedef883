"""One statement in many dresses: the lines, and what they are matched to, stay the same."""

from dataclasses import replace

import pytest

from tenants.dues.statements import Line, read_statement
from tests.tenants.dues.statements.cases import Case, demo
from tests.tenants.dues.statements.dresses import DRESSES, HOLDER, Dress
from tests.tenants.dues.statements.evaluation import evaluate

JOINED = ("one signed column", "a chamber's own journal")  # summary and remark stand in one column


@pytest.fixture(scope="module")
def case() -> Case:
    return demo()


def said(line: Line) -> tuple[object, ...]:
    words = "".join(sorted(f"{line.summary}{line.remark}".replace(" ", "")))
    return line.booked_on, line.amount_fen, line.party, words


@pytest.mark.parametrize("name", DRESSES)
def test_a_statement_is_read_in_every_dress(name: str, case: Case) -> None:
    dress = DRESSES[name]
    lines = list(case.statement.lines)
    found = read_statement(dress.content(lines), filename=dress.filename)
    expected = [said(line) for line in lines]
    if name == "traditional characters":
        expected = [(day, fen) for day, fen, *_ in expected]
        assert [(line.booked_on, line.amount_fen) for line in found.lines] == expected
    else:
        assert [said(line) for line in found.lines] == expected
    assert {problem.code for problem in found.problems} <= {"sides_swapped", "sheet_hidden"}


@pytest.mark.parametrize("name", DRESSES)
def test_a_statement_is_matched_in_every_dress(name: str, case: Case) -> None:
    score = evaluate(dressed(case, DRESSES[name]))
    assert (score.precision, score.recall, score.lost) == (1, 1, 0), score.examples


def dressed(case: Case, dress: Dress) -> Case:
    """The answers stand at the lines of the same order."""
    lines = list(case.statement.lines)
    statement = read_statement(dress.content(lines), filename=dress.filename)
    assert len(statement.lines) == len(lines)
    places = [(line.sheet, line.row) for line in statement.lines]
    answers = {place: case.answers[line.sheet, line.row] for place, line in zip(places, lines, strict=True)}
    return replace(case, statement=statement, answers=answers, own_names=(HOLDER,))


def test_the_same_transaction_has_the_same_fingerprint_in_every_dress_that_shows_the_balance(case: Case) -> None:
    lines = list(case.statement.lines)
    prints = [line.fingerprint for line in lines]
    assert len(set(prints)) == len(prints)
    for name in ("debit and credit, newest first", "one signed column", "a sheet for each month", "English headings"):
        found = read_statement(DRESSES[name].content(lines), filename=DRESSES[name].filename)
        assert [line.fingerprint for line in found.lines] == prints, name
