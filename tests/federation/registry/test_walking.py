"""A short random walk of consents in the tests; `huiguan verify consents --steps 10000` walks the long one. [G19]"""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from federation.registry.walking import World, walks
from federation.registry.walking.running import Walked, run
from tests.conftest import chamber, federation


@pytest.fixture
def walked(own_database: str) -> Iterator[Any]:
    """In a database of its own: the sealed figures are read by the owner's login, which sees what is committed."""

    def go(steps: int, seed: int = 7) -> Walked:
        members = [chamber("changde"), chamber("shaoyang")]
        return run(federation(), members, steps=steps, seed=seed, say=lambda _text: None)

    yield go


def test_what_needed_a_consent_is_dead_when_it_is_taken_and_stays_so() -> None:
    world = World(chamber=None, other_id=None, federation=None, chance=random.Random(1))  # type: ignore[arg-type]
    world.give("item")
    world.give("entry", under="item")
    world.send("w1", "item", "entry")
    world.send("w2", "item", "never given")
    assert set(world.sent) == {"w1"}
    world.take("item")
    world.give("item")
    assert world.sent == {} and not world.has("entry")


def test_nothing_crosses_without_a_live_consent(walked: Any) -> None:
    found = walked(150)
    assert found.leaks[:5] == []
    assert found.words > 100 and found.looks > 50
    assert {step.__name__ for walk in walks() for step in walk.steps} == set(found.steps)


@pytest.mark.parametrize(
    ("broken", "shown"),
    [
        ("federation.matching.taken_back.Profile.take_back", "matching shows"),
        ("tenants.exchange.models.Listing.has_consent", "left with"),
        ("federation.registry.taken_back.Profile.delete", "directory shows"),
    ],
)
def test_a_house_that_forgets_a_consent_is_caught(
    walked: Any, monkeypatch: pytest.MonkeyPatch, broken: str, shown: str
) -> None:
    walks()
    monkeypatch.setattr(broken, property(lambda _self: True) if "has_" in broken else lambda *_a, **_k: None)
    assert any(shown in leak for leak in walked(150).leaks)
