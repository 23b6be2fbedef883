"""T16: whoever looks for help finds only chambers that share how they do it now."""

from typing import Any
from uuid import UUID

import pytest

from federation.benchmarking.practices import practices_for
from federation.registry.items import Item
from huiguan.inbox.handlers import Refused, hand_over

WITHOUT = [item for item in Item.values if item != Item.BENCHMARKING]


@pytest.fixture
def chambers(house: Any) -> list[UUID]:
    """Twelve in a release, from the lowest figure to the highest."""
    opened, found = house.opened(), [house.joined() for _n in range(12)]
    for number, chamber_id in enumerate(found):
        house.send(chamber_id, 40.0 + 5 * number)
    house.frozen(opened)
    return found


def shares(house: Any, chamber_id: UUID, title: str = "按月电话提醒") -> bool:
    content = {"code": "K02", "title": title, "text": "每月第一周由联络员致电。"}
    return hand_over(house.said(chamber_id, "benchmarks.practice_shared", **content))


def read(house: Any, chamber_id: UUID) -> list[str]:
    seen = practices_for(chamber_id=chamber_id, federation_id=house.id, code="K02")
    return [card.title for card in seen]


def test_t16_only_who_shares_it_for_this_figure_is_listed_and_ending_it_takes_effect_at_once(
    house: Any, chambers: list[UUID]
) -> None:
    weak, best = chambers[0], chambers[-1]
    assert read(house, weak) == []
    shares(house, best)
    shares(house, best, "分级提醒")
    assert read(house, weak) == ["分级提醒"]
    assert read(house, best) == []
    assert practices_for(chamber_id=weak, federation_id=house.id, code="K04") == []
    hand_over(house.said(best, "benchmarks.practice_ended", code="K02"))
    assert read(house, weak) == []


def test_t16_whoever_takes_the_item_back_is_listed_no_longer_nor_after_accepting_again(
    house: Any, chambers: list[UUID]
) -> None:
    shares(house, chambers[-1])
    house.accept(chambers[-1], WITHOUT)
    assert read(house, chambers[0]) == []
    house.accept(chambers[-1], Item.values)
    assert read(house, chambers[0]) == []


def test_a_chamber_outside_the_better_quarter_has_no_card(house: Any, chambers: list[UUID]) -> None:
    """And the federation does not take the chamber's own word for it."""
    for chamber_id in (chambers[0], chambers[5], house.joined()):
        with pytest.raises(Refused):
            shares(house, chamber_id)
    assert read(house, chambers[1]) == []
