"""The statement of the demo and those that were invented for it: precision, recall, and every reason."""

import json

import pytest

from tenants.dues.statements import Match
from tenants.dues.statements.reasons import REASONS
from tests.tenants.dues.statements.cases import CASES, Case
from tests.tenants.dues.statements.evaluation import Score, evaluate


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


@pytest.fixture(scope="module")
def score(case: Case) -> Score:
    return evaluate(case)


def test_every_line_of_the_truth_is_read_and_nothing_is_missed_in_the_sums(case: Case, score: Score) -> None:
    assert score.lines == len(case.answers) == len(case.statement.lines)
    assert case.statement.problems == ()


def test_what_is_matched_by_itself_is_right(score: Score) -> None:
    assert score.precision == 1, score.examples


def test_what_can_be_matched_by_itself_is_found(score: Score) -> None:
    assert score.recall >= 0.93, score.examples


def test_no_dues_are_called_none(score: Score) -> None:
    assert score.lost == 0, score.examples


def test_a_person_is_given_the_right_member_to_choose(case: Case) -> None:
    for found, answer in case.pairs():
        if found.match is Match.REVIEW and answer.candidates:
            offered = {candidate.member for candidate in found.candidates}
            assert offered & set(answer.candidates), (found, answer)


def test_every_answer_gives_its_reasons_in_whole_sentences(case: Case) -> None:
    for found, _ in case.pairs():
        said = found.as_json()
        assert found.reasons and "%(" not in said["reason"] and said["reason"].endswith((".", "。"))
        assert {reason.code for reason in found.reasons} <= set(REASONS)
        assert json.loads(json.dumps(said, ensure_ascii=False)) == said
        assert {"sheet", "row", "match", "allocations", "reason"} <= set(said)


def test_the_same_lines_give_the_same_answers(case: Case) -> None:
    assert case.matched() == case.matched()


def test_amounts_of_a_line_are_never_spent_twice(case: Case) -> None:
    for found in case.matched():
        if found.match is Match.AUTO and found.line.amount_fen > 0:
            assert sum(each.fen for each in found.allocations) == (found.gross_fen or found.line.income_fen)
