"""The offers on the shelf: whatever came and went, they are ranked as if they had just been put there."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from federation.matching.profiles import Need, Offer
from federation.matching.ranking import rank
from federation.matching.stock import Stock
from federation.matching.text import Analysed, analyse

ON = date(2026, 5, 1)
WORDS = ("音响", "会场", "会议", "嘉宾", "经济", "形势", "年货", "礼盒", "电缆", "物流", "贷款", "法务")
NEED: dict[str, Any] = {
    "id": "n", "chamber": "c0", "title": "会议音响", "text": "经济形势", "category": "EQP.AV", "region": "610100",
    "region_hard": False, "quantity": Decimal(2), "unit": "set", "starts_on": ON, "ends_on": ON, "budget": None,
}  # fmt: skip


def offer(key: str, **changes: Any) -> tuple[Offer, Analysed]:
    said = {
        "id": key, "chamber": "c1", "title": "会议音响", "text": "", "category": "EQP.AV", "regions": ("610100",),
        "capacity": Decimal(2), "unit": "set", "starts_on": ON, "ends_on": ON, "price": Decimal(0), **changes,
    }  # fmt: skip
    return (made := Offer(**said)), analyse(made.title, made.text)


def shown(stock: Stock, **options: Any) -> list[tuple[str, float]]:
    return [(match.offer.id, match.score) for match in rank(Need(**NEED), stock, on=ON, limit=50, **options).matches]


@pytest.mark.parametrize("seed", range(3))
def test_after_many_changes_every_score_is_that_of_a_stock_made_at_once(seed: int) -> None:
    """Parts are joined on the way, rows are given out again, and the rarity of each word is that of who is left."""
    chance, there, stock = random.Random(seed), dict[str, tuple[Offer, Analysed]](), Stock()
    for _number in range(25):
        words = [chance.choices(WORDS, k=4) for _offer in range(chance.choice((1, 1, 6)))]
        new = [offer(f"o{chance.randrange(30):02}", title="".join(w[:2]), text="，".join(w)) for w in words]
        new = list({made.id: (made, text) for made, text in new}.values())
        gone = set(chance.sample(sorted(there), k=min(len(there), chance.randrange(3))))
        stock = stock.changed(new, gone)
        there = {key: each for key, each in there.items() if key not in gone} | {each[0].id: each for each in new}
        fresh = Stock.of(there.values())
        assert [key for key, _score in shown(stock)] == [key for key, _score in shown(fresh)]
        assert dict(shown(stock)) == pytest.approx(dict(shown(fresh)))
    assert len(stock.parts) <= 4


def test_who_reads_a_stock_is_not_disturbed_by_the_next() -> None:
    before = Stock.of([offer("a"), offer("b")])
    ranked = shown(before)
    assert [key for key, _score in shown(before.changed([offer("a", title="年货礼盒")], ["b"]))] == ["a"]
    assert shown(before) == ranked


def test_only_what_may_be_shown_is_ranked() -> None:
    stock = Stock.of([offer("a"), offer("b"), offer("c", chamber="c2"), offer("d", chamber="c3")])
    assert [key for key, _score in shown(stock, among=stock.among({"c1", "c2"}, {"b", "unknown"}))] == ["a", "c"]


def test_an_empty_stock_answers_nothing() -> None:
    assert shown(Stock()) == shown(Stock().changed([], ["a"])) == []
    assert shown(Stock(), among=Stock().among({"c1"})) == []
