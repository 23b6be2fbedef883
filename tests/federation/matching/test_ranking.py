"""The top five and its explanation, measured on the labelled sets."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from federation.matching import evaluation, ranking, scoring, taxonomy
from federation.matching.constraints import Reason, refusals
from federation.matching.evaluation import LabelledSet
from federation.matching.ranking import Ranking, rank

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def dev() -> LabelledSet:
    return LabelledSet.read(DATA / "matching_dev.json")


def ranked(labelled: LabelledSet, need_id: str) -> Ranking:
    need = next(need for need in labelled.needs if need.id == need_id)
    return rank(need, evaluation.stock_of(labelled.offers), on=labelled.on)


@pytest.mark.parametrize(("name", "ndcg", "recall"), [("dev", 0.99, 0.99), ("wide", 0.93, 0.98), ("fresh", 0.92, 0.98)])
def test_the_answers_are_found_and_no_limit_is_broken(name: str, ndcg: float, recall: float) -> None:
    found = evaluation.measure(LabelledSet.read(DATA / f"matching_{name}.json"))
    assert found.violations == 0
    assert found.ndcg >= ndcg
    assert found.recall >= recall


def test_a_missing_category_is_read_from_the_words(dev: LabelledSet) -> None:
    found = evaluation.measure(evaluation.without_category(dev))
    assert found.violations == 0
    assert found.ndcg >= 0.95


def test_wrong_categories_break_no_limit_and_cost_little(dev: LabelledSet) -> None:
    found = [evaluation.measure(evaluation.with_wrong_categories(dev, seed)) for seed in evaluation.SEEDS]
    assert [measure.violations for measure in found] == [0] * 5
    assert min(measure.ndcg for measure in found) >= 0.93


def test_traditional_characters_find_the_same_answers(dev: LabelledSet) -> None:
    assert evaluation.answer(evaluation.in_traditional(dev)) == evaluation.answer(dev)


def test_most_needs_without_an_answer_get_an_empty_list(dev: LabelledSet) -> None:
    assert evaluation.emptied(dev) >= 0.8


def test_the_same_question_has_the_same_answer_whatever_the_order(dev: LabelledSet) -> None:
    turned = replace(dev, offers=dict(reversed(dev.offers.items())))
    assert evaluation.answer(turned) == evaluation.answer(dev)


def test_a_match_says_what_its_score_is_made_of(dev: LabelledSet) -> None:
    best = ranked(dev, "V01").matches[0]
    assert best.offer.id == "D01"
    assert sum(scoring.WEIGHTS.values()) == pytest.approx(1)
    assert best.score == pytest.approx(sum(w * getattr(best.parts, p) for p, w in scoring.WEIGHTS.items()))
    assert "#会场" in best.matched


def test_each_forbidden_pair_is_refused_for_its_reason(dev: LabelledSet) -> None:
    needs = {need.id: need for need in dev.needs}
    for key, forbidden in dev.forbidden.items():
        for offer, reason in forbidden.items():
            assert Reason(reason) in refusals(needs[key], dev.offers[offer], on=dev.on), (key, offer)


def test_what_comes_near_is_told_with_its_reason_and_what_is_hidden_is_not(dev: LabelledSet) -> None:
    missed = {refusal.offer.id: refusal.reasons for refusal in ranked(dev, "V01").near_misses}
    assert missed["D02"] == (Reason.CAPACITY,)
    assert Reason.WINDOW in missed["D30"]
    hidden = {**dev.offers, "D02": replace(dev.offers["D02"], visible_to=frozenset())}
    again = ranked(replace(dev, offers=hidden), "V01")
    assert "D02" not in {refusal.offer.id for refusal in again.near_misses}


def test_only_the_promising_are_scored_in_full_and_the_five_best_are_still_the_five_best(
    dev: LabelledSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = evaluation.answer(dev)
    monkeypatch.setattr(ranking, "CANDIDATES", 5)
    assert evaluation.answer(dev) == exact


def test_venues_lose_by_being_too_big_and_speakers_do_not(dev: LabelledSet) -> None:
    need = replace(dev.needs[0], quantity=Decimal(100))
    hall = replace(dev.offers["D01"], capacity=Decimal(200))
    assert scoring.capacity(need, hall) == 0.75
    assert scoring.capacity(need, replace(hall, capacity=Decimal(10_000))) == pytest.approx(0.505)
    assert scoring.capacity(need, replace(hall, category="EXP.LAW")) == 1


def test_a_stated_category_is_doubted_only_when_the_words_clearly_speak_of_another() -> None:
    need = LabelledSet.read(DATA / "matching_dev.json").needs[0]
    agreeing = scoring.Reading(need, {"VEN.HALL": 1.0}, 1.0)
    unsure = scoring.Reading(need, {"LEG.IP": 1.0}, 0.0)
    against = scoring.Reading(need, {"LEG.IP": 1.0}, 1.0)
    assert scoring.category(agreeing, "VEN.HALL") == scoring.category(unsure, "VEN.HALL") == 1
    assert taxonomy.UNRELATED < scoring.category(against, "VEN.HALL") < 0.5 < scoring.category(against, "LEG.IP")
