"""Measures the matching on a labelled set: `python -m federation.matching.evaluation FILE`.

Four conditions: as given, category removed, 30 % of the categories wrong (five seeds), all text in Traditional Chinese;
and every need once more with its answers taken away, when nothing should be shown.
"""

import json
import random
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

from opencc import OpenCC

from federation.matching.profiles import Need, Offer
from federation.matching.ranking import TOP, rank
from federation.matching.stock import Stock
from federation.matching.text import analyse

SEEDS = range(5)
WRONG_SHARE = 0.3
RELEVANT = 2  # the grade from which an answer must not be missed

Answers = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Needs and offers with the grades (1 to 3) of the right answers and the pairs that must never be shown."""

    on: date
    needs: tuple[Need, ...]
    offers: Mapping[str, Offer]
    grades: Mapping[str, Mapping[str, int]]
    forbidden: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, path: Path) -> "LabelledSet":
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            on=date.fromisoformat(document["as_of"]),
            needs=tuple(map(Need.from_labelled, document["needs"])),
            offers={row["id"]: Offer.from_labelled(row) for row in document["offers"]},
            grades={key: _right(grades) for key, grades in document.get("qrels", {}).items()},
            forbidden=document.get("must_exclude", {}),
        )

    @property
    def chambers(self) -> list[str]:
        """All that are named, also those that may only read."""
        both: list[Need | Offer] = [*self.needs, *self.offers.values()]
        return sorted({one.chamber for one in both}.union(*(one.visible_to or () for one in both)))

    def with_needs(self, change: Callable[[Need], Need]) -> "LabelledSet":
        return replace(self, needs=tuple(map(change, self.needs)))


@dataclass(frozen=True, slots=True)
class Measure:
    """`unanswered` is the share of the needs nobody can answer that got an empty list, as they should."""

    ndcg: float
    recall: float
    violations: float
    unanswered: float


def measure(labelled: LabelledSet) -> Measure:
    return judge(labelled, answer(labelled))


def answer(labelled: LabelledSet) -> Answers:
    """The ids of the top five for each need."""
    stock = stock_of(labelled.offers)
    ranked = {need.id: rank(need, stock, on=labelled.on) for need in labelled.needs}
    return {key: [match.offer.id for match in ranking.matches] for key, ranking in ranked.items()}


def stock_of(offers: Mapping[str, Offer]) -> Stock:
    return Stock.of((offer, analyse(offer.title, offer.text)) for offer in offers.values())


def judge(labelled: LabelledSet, answers: Answers) -> Measure:
    """Scored from the labels alone, never from the engine's own limits."""
    graded = {key: grades for key, grades in labelled.grades.items() if grades and key in answers}
    recalls = [recall(answers[key], grades) for key, grades in graded.items() if max(grades.values()) >= RELEVANT]
    return Measure(
        ndcg=_mean(ndcg(answers[key], grades) for key, grades in graded.items()),
        recall=_mean(recalls),
        violations=sum(len(set(labelled.forbidden.get(key, ())) & set(shown)) for key, shown in answers.items()),
        unanswered=_share(not shown for key, shown in answers.items() if key not in graded),
    )


def ndcg(shown: list[str], grades: Mapping[str, int]) -> float:
    """nDCG of the first five with the gain 2^grade - 1."""
    return _gain(grades.get(key, 0) for key in shown) / _gain(sorted(grades.values(), reverse=True))


def recall(shown: list[str], grades: Mapping[str, int]) -> float:
    relevant = {key for key, grade in grades.items() if grade >= RELEVANT}
    return len(relevant & set(shown[:TOP])) / len(relevant)


def without_category(labelled: LabelledSet) -> LabelledSet:
    return labelled.with_needs(lambda need: replace(need, category=None))


def with_wrong_categories(labelled: LabelledSet, seed: int) -> LabelledSet:
    """Three in ten needs get another category of the set at random."""
    chance = random.Random(seed)  # noqa: S311  # the same wrong categories each time, nothing secret
    known = sorted({offer.category for offer in labelled.offers.values()} | {str(n.category) for n in labelled.needs})

    def spoil(need: Need) -> Need:
        if chance.random() >= WRONG_SHARE:
            return need
        return replace(need, category=chance.choice([code for code in known if code != need.category]))

    return labelled.with_needs(spoil)


def in_traditional(labelled: LabelledSet) -> LabelledSet:
    convert = OpenCC("s2t").convert
    written = {k: replace(o, title=convert(o.title), text=convert(o.text)) for k, o in labelled.offers.items()}
    changed = labelled.with_needs(lambda n: replace(n, title=convert(n.title), text=convert(n.text)))
    return replace(changed, offers=written)


def emptied(labelled: LabelledSet) -> float:
    """The share of the needs that get an empty list once all their right answers are taken away."""
    return _share(not _answer_without(labelled, need) for need in labelled.needs if labelled.grades.get(need.id))


def report(path: Path) -> dict[str, Any]:
    labelled = LabelledSet.read(path)
    noisy = [measure(with_wrong_categories(labelled, seed)) for seed in SEEDS]
    return {
        "given": measure(labelled),
        "no category": measure(without_category(labelled)),
        "noisy": Measure(*(fmean(getattr(m, name) for m in noisy) for name in Measure.__slots__)),
        "traditional": measure(in_traditional(labelled)),
        "emptied, left empty": emptied(labelled),
    }


def _answer_without(labelled: LabelledSet, need: Need) -> list[str]:
    left = {key: offer for key, offer in labelled.offers.items() if key not in labelled.grades[need.id]}
    return [match.offer.id for match in rank(need, stock_of(left), on=labelled.on).matches]


def _gain(grades: Iterable[int]) -> float:
    return sum(float(2**grade - 1) / log2(place + 2) for place, grade in enumerate(list(grades)[:TOP]))


def _right(grades: Mapping[str, int]) -> dict[str, int]:
    return {key: grade for key, grade in grades.items() if grade > 0}


def _mean(figures: Iterable[float]) -> float:
    """1 when there was nothing to get wrong."""
    listed = list(figures)
    return fmean(listed) if listed else 1.0


def _share(facts: Iterable[bool]) -> float:
    return _mean(map(float, facts))


if __name__ == "__main__":
    for name, figure in report(Path(sys.argv[1])).items():
        print(f"{name:20} {figure}")
