"""The distribution as numbers, for whatever is asked: what must hold of each one, against exhaustive search."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from federation.matching.allocating.contest import EDGES, POINTS, STEPS, Contest, Settled
from federation.matching.allocating.reasons import Reasons
from federation.matching.allocating.running import settle as settle_apart
from federation.matching.allocating.solving import settle
from federation.matching.models.allocations import Outcome

FEW = settings(max_examples=25)  # of four needs on average: what is wrong shows within the first few


@st.composite
def contests(draw: Any, most: int = 9) -> Contest:
    """A few chambers whose needs ask for a few offers, some of which cannot be given at all."""
    chambers = draw(st.lists(st.integers(0, 4), min_size=1, max_size=most))
    numbered = {chamber: number for number, chamber in enumerate(dict.fromkeys(chambers))}
    times = draw(st.lists(st.integers(0, 2), min_size=1, max_size=4))
    possible = list(itertools.product(range(len(chambers)), range(len(times))))
    pairs = sorted(draw(st.sets(st.sampled_from(possible), min_size=1)))
    points = draw(st.lists(st.integers(1, POINTS), min_size=len(pairs), max_size=len(pairs)))
    served = draw(st.lists(st.integers(0, 2), min_size=len(numbered), max_size=len(numbered)))
    needs, offers = zip(*pairs, strict=True)
    return Contest(needs, offers, points, [numbered[c] for c in chambers], times, served)


def is_possible(contest: Contest, pairs: tuple[int, ...]) -> bool:
    given_away = Counter(contest.offers[pair] for pair in pairs)
    within = all(given_away[offer] <= contest.times[offer] for offer in given_away)
    return within and len({contest.needs[pair] for pair in pairs}) == len(pairs)


def all_distributions(contest: Contest) -> Iterator[tuple[int, ...]]:
    """Every one there is."""
    by_need: dict[int, list[int]] = {}
    for pair, need in enumerate(contest.needs):
        by_need.setdefault(need, []).append(pair)
    for chosen in itertools.product(*([None, *pairs] for pairs in by_need.values())):
        pairs = tuple(pair for pair in chosen if pair is not None)
        if is_possible(contest, pairs):
            yield pairs


def chambers_with_something(contest: Contest, pairs: tuple[int, ...]) -> int:
    got = contest.got(pairs)
    return sum(bool(before or got[chamber]) for chamber, before in enumerate(contest.served))


def worth(contest: Contest, pairs: tuple[int, ...]) -> int:
    """With the bonus of each chamber's first needs."""
    steps = (*STEPS, *[0] * len(contest.needs))
    got = contest.got(pairs)
    return contest.total(pairs) + sum(
        sum(steps[before : before + got[chamber]]) for chamber, before in enumerate(contest.served)
    )


@given(contests())
@FEW
def test_nothing_is_given_more_often_than_it_can_be_or_to_whoever_did_not_ask(contest: Contest) -> None:
    settled = settle(contest)
    for pairs in (settled.given, settled.by_score):
        assert is_possible(contest, pairs)
        assert set(pairs) <= set(range(len(contest.needs)))


@given(contests(most=6))
@FEW
def test_by_score_alone_it_is_the_best_there_is(contest: Contest) -> None:
    best = max(contest.total(pairs) for pairs in all_distributions(contest))
    assert contest.total(settle(contest).by_score) == best


@given(contests(most=6))
@FEW
def test_no_chamber_is_left_with_nothing_that_could_have_something(contest: Contest) -> None:
    settled = settle(contest)
    served = chambers_with_something(contest, settled.given)
    assert served == max(chambers_with_something(contest, pairs) for pairs in all_distributions(contest))
    if not settled.is_raised:
        assert worth(contest, settled.given) == max(worth(contest, pairs) for pairs in all_distributions(contest))


@given(contests())
@FEW
def test_nothing_that_is_asked_for_is_left_over(contest: Contest) -> None:
    given_pairs = settle(contest).given
    left = Counter(dict(enumerate(contest.times)))
    left.subtract(contest.offers[pair] for pair in given_pairs)
    has = {contest.needs[pair] for pair in given_pairs}
    assert not [p for p, need in enumerate(contest.needs) if need not in has and left[contest.offers[p]] > 0]


@given(contests())
@FEW
def test_the_same_contest_always_has_the_same_answer(contest: Contest) -> None:
    assert settle(contest) == settle(contest)


@given(contests())
@FEW
def test_each_pair_has_a_reason_that_is_true(contest: Contest) -> None:
    settled = settle(contest)
    reasons = list(Reasons(contest, settled))
    least: dict[int, int] = {}
    for pair in settled.given:
        offer = contest.offers[pair]
        least[offer] = min(least.get(offer, POINTS), contest.points[pair])
    for pair, reason in enumerate(reasons):
        assert (pair in settled.given) is (reason in (Outcome.FITS, Outcome.BALANCED))
        if reason == Outcome.BETTER:
            assert contest.points[pair] <= least[contest.offers[pair]]
        if reason == Outcome.URGENT_FIRST:
            assert contest.times[contest.offers[pair]] == 0
    if settled.given == settled.by_score:
        assert not {Outcome.BALANCE, Outcome.BALANCED} & set(reasons)


def test_a_small_chamber_comes_before_the_fifth_need_of_a_large_one() -> None:
    """By score alone the large chamber takes it all."""
    large, small = [0] * 5, [1]
    contest = Contest(range(6), [0] * 6, [9000, 9000, 9000, 9000, 9000, 4000], large + small, [5], [0, 0])
    settled = settle(contest)
    assert contest.got(settled.by_score) == {0: 5}
    assert contest.got(settled.given) == {0: 4, 1: 1}
    assert list(Reasons(contest, settled)).count(Outcome.BALANCE) == 1
    assert not settled.is_raised


def test_a_chamber_is_not_left_with_nothing_even_where_the_usual_weights_would_leave_it() -> None:
    """A second need of the large one is worth .3 + .95, the first of the small one .6 + .1."""
    contest = Contest([0, 1, 2], [0, 0, 0], [9500, 9500, 1000], [0, 0, 1], [2], [0, 0])
    settled = settle(contest)
    assert contest.got(settled.given) == {0: 1, 1: 1}
    assert settled.is_raised


def test_what_a_chamber_holds_already_counts() -> None:
    contest = Contest([0, 1], [0, 0], [9000, 8000], [0, 1], [1], [1, 0])
    assert settle(contest).given == (1,)
    assert settle(contest).by_score == (0,)


def test_a_need_that_asks_for_very_many_is_not_forgotten_by_looking_at_its_best_alone() -> None:
    """Its best offers all go to others; one beyond them is left."""
    asked = EDGES + 1
    rivals = [(1 + n, n, 10_000) for n in range(EDGES)]
    pairs = sorted([*((0, n, 5000 - n) for n in range(asked)), *rivals])
    needs, offers, points = zip(*pairs, strict=True)
    contest = Contest(needs, offers, points, range(asked), [1] * asked, [0] * asked)
    given_pairs = settle(contest).given
    assert (0, EDGES) in {(needs[pair], offers[pair]) for pair in given_pairs}


@pytest.fixture(scope="module")
def crowded() -> Contest:
    """Needs of chambers of very different sizes, each asking for a few."""
    chance = random.Random(7)
    chambers = sorted(chance.choices(range(12), [1 / (1 + n) for n in range(12)], k=150))
    numbered = {chamber: number for number, chamber in enumerate(dict.fromkeys(chambers))}
    pairs = [(need, offer) for need in range(150) for offer in sorted(chance.sample(range(30), 5))]
    needs, offers = zip(*pairs, strict=True)
    points = [chance.randint(2000, POINTS) for _pair in pairs]
    return Contest(needs, offers, points, [numbered[c] for c in chambers], [1] * 30, [0] * len(numbered))


def test_all_chambers_together_pay_little_for_the_balance_and_it_is_more_even_than_first_come(crowded: Contest) -> None:
    settled = settle(crowded)
    assert chambers_with_something(crowded, settled.given) == len(crowded.served)
    assert crowded.total(settled.given) >= 0.95 * crowded.total(settled.by_score)
    assert crowded.evenness(settled.given) > crowded.evenness(greedy(crowded))


def test_the_solver_answers_the_same_from_a_process_of_its_own(crowded: Contest) -> None:
    settled: Settled = settle_apart(crowded)
    assert settled == settle(crowded)


def greedy(contest: Contest) -> tuple[int, ...]:
    """The best pair first, as long as there is something."""
    left, has, given_pairs = list(contest.times), set[int](), []
    for pair in sorted(range(len(contest.needs)), key=lambda pair: -contest.points[pair]):
        need, offer = contest.needs[pair], contest.offers[pair]
        if left[offer] and need not in has:
            left[offer] -= 1
            has.add(need)
            given_pairs.append(pair)
    return tuple(given_pairs)
