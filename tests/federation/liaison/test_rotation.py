"""Whose turn it is: the rule by itself."""

import random
import statistics
import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.liaison.rotation import Held, Standing, cooldown, queue

A, B, C, D = (uuid.UUID(int=n) for n in range(1, 5))
ALL = frozenset({A, B, C, D})


def order(candidates):
    return [c.chamber for c in candidates]


def test_who_never_hosted_comes_before_who_did():
    found = queue(ALL, [Held(ALL, A), Held(ALL, B), Held(ALL, C)])
    assert order(found)[0] == D
    assert found[0].since is None
    assert found[0].balance == pytest.approx(-1)


def test_a_chamber_that_joined_later_is_owed_only_what_was_held_since():
    before = frozenset({A, B, C})
    history = [Held(before, A), Held(before, B), Held(before, C), Held(ALL, A)]
    late = next(c for c in queue(ALL, history) if c.chamber == D)
    assert late.entitled == pytest.approx(1 / 4 + 1 / 4)  # the last one, and the one it is asked for
    assert order(queue(ALL, history))[0] == B or late.balance < 0


def test_who_hosted_lately_rests_for_two_sessions_or_half_the_chambers():
    assert (cooldown(3), cooldown(4), cooldown(8), cooldown(9)) == (2, 2, 4, 4)
    found = {c.chamber: c.standing for c in queue(ALL, [Held(ALL, A), Held(ALL, B), Held(ALL, C)])}
    assert found == {A: Standing.READY, B: Standing.RESTING, C: Standing.RESTING, D: Standing.READY}


def test_declining_keeps_the_claim():
    history = [Held(ALL, A, declined=frozenset({D})), Held(ALL, B), Held(ALL, C)]
    assert order(queue(ALL, history))[0] == D
    now = queue(ALL, history, declined={D})
    assert now[-1].chamber == D
    assert now[-1].standing == Standing.DECLINED
    assert now[-1].balance == min(c.balance for c in now)


def test_two_refusals_in_a_row_call_for_a_co_host():
    no = frozenset({D})
    twice = [Held(ALL, A, declined=no), Held(ALL, B, declined=no)]
    assert queue(ALL, twice)[0].standing == Standing.CO_HOST
    once_then_hosted = [Held(ALL, A, declined=no), Held(ALL, D), Held(ALL, B, declined=no)]
    assert next(c for c in queue(ALL, once_then_hosted) if c.chamber == D).refusals == 1


def test_two_refusals_count_when_other_sessions_lie_between_them():
    """In a row of the questions that were put to it, not of the sessions."""
    no = frozenset({D})
    apart = [Held(ALL, A, declined=no), Held(ALL, B), Held(ALL, C, declined=no)]
    assert next(c for c in queue(ALL, apart) if c.chamber == D).standing == Standing.CO_HOST
    assert next(c for c in queue(ALL, apart[:2]) if c.chamber == D).standing == Standing.READY
    assert next(c for c in queue(ALL, apart[:2], declined=no) if c.chamber == D).refusals == 2


def test_who_wants_a_co_host_keeps_its_place_in_the_queue():
    no = frozenset({D})
    twice = [Held(ALL, A, declined=no), Held(ALL, B, declined=no), Held(ALL, C)]
    assert [(c.chamber, c.standing) for c in queue(ALL, twice)][:2] == [
        (D, Standing.CO_HOST), (A, Standing.READY),
    ]  # fmt: skip


def test_who_rests_is_asked_after_everybody_who_does_not_however_much_it_is_owed():
    """Its share of many sessions is large; it hosted the last one all the same."""
    late = frozenset({C, D})
    history = [Held(frozenset({A, B}), B) for _n in range(6)] + [Held(ALL, A)]
    found = queue(ALL, history)
    assert next(c.chamber for c in found if c.standing == Standing.READY) in late
    assert found[-1].standing == Standing.RESTING
    assert next(c for c in found if c.chamber == A).balance < 0


@given(st.integers(2, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_the_queue_is_the_rule_of_the_specification_word_for_word(size, told):
    """Smallest hosted − entitled; cooldown max(2, active/2); a tie to the longest since; then always the same lot."""
    chambers = [uuid.UUID(int=n + 1) for n in range(size)]
    pairs = [(chambers[host % size], chambers[no % size]) for host, no in told]
    history = [Held(frozenset(chambers), host, declined=frozenset({no} - {host})) for host, no in pairs]
    found = queue(chambers, history)
    share = (len(history) + 1) / size
    for one in found:
        hosted = [n for n, held in enumerate(history) if held.host == one.chamber]
        assert one.balance == pytest.approx(len(hosted) - share)
        assert one.since == (len(history) - 1 - hosted[-1] if hosted else None)
        assert (one.standing == Standing.RESTING) == (bool(hosted) and one.since < max(2, size // 2))
    ready = [c for c in found if c.can_be_asked]
    assert [c.chamber for c in found[: len(ready)]] == [c.chamber for c in ready]
    for before, after in pairwise(ready):
        assert before.balance <= after.balance + 1e-9
        if before.balance == pytest.approx(after.balance):
            waited = [float("inf") if c.since is None else c.since for c in (before, after)]
            assert waited[0] >= waited[1]
    assert order(queue(list(reversed(chambers)), history)) == order(found)


def test_two_hosts_together_count_half_each():
    found = {c.chamber: c.hosted for c in queue(ALL, [Held(ALL, A, co_host=B)])}
    assert found == {A: 0.5, B: 0.5, C: 0, D: 0}


def test_a_tie_goes_to_the_one_that_waited_longest_and_then_to_the_same_lot_each_time():
    assert order(queue(ALL, [Held(ALL, A), Held(ALL, B), Held(ALL, C), Held(ALL, D)]))[:2] == [A, B]
    assert order(queue([A, B, C, D], [])) == order(queue([D, C, B, A], []))


def test_over_forty_sessions_nobody_is_left_behind():
    """Eight chambers, two of them later, 70 % willing: .61 was measured before, a ring had 2.02. [federation.md C]"""
    worst = [imbalance(seed) for seed in range(31)]
    assert statistics.median(worst) <= 0.61
    assert sorted(worst)[20] <= 0.7


def imbalance(seed, sessions=40):
    """The largest distance between hosted and entitled at the end."""
    chance, history = random.Random(seed), []
    chambers = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(8)]
    for n in range(sessions):
        history.append(ask_around(chambers[: 6 + (n >= 10) + (n >= 20)], history, chance))
    return max(abs(sum(h.hosted_by(c) - h.share(c) for h in history)) for c in chambers)


def ask_around(active, history, chance):
    declined = set()
    while True:
        waiting = [c for c in queue(active, history, declined=declined) if c.standing != Standing.DECLINED]
        if not waiting or chance.random() < 0.7:
            break
        declined.add(waiting[0].chamber)
    waiting = waiting or queue(active, history)
    with_help = waiting[0].standing == Standing.CO_HOST and len(waiting) > 1
    return Held(frozenset(active), waiting[0].chamber, waiting[1].chamber if with_help else None, frozenset(declined))
