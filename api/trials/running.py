"""Runs a labelled set through the house in four conditions, and scores what came out against its labels alone.

The set's `as_of` is today: all its windows are moved by as many days as have passed since (decisions/0170).
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean
from typing import TypedDict, TypeVar

from django.utils.timezone import localdate

from api.trials.asking import Partner
from api.trials.house import House, Say, throw_away
from api.trials.listings import publish
from federation.matching import evaluation
from federation.matching.evaluation import Answers, LabelledSet, Measure
from federation.matching.profiles import Need, Offer

One = TypeVar("One", Need, Offer)
FIRST, LAST = datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)  # of a window without an end


class Figures(TypedDict):
    """`violations` are counted over all lists of the condition; the others are means, `noisy` over its five seeds."""

    violations: int
    ndcg5: float
    recall5: float
    abstained: float


def evaluate(labelled: LabelledSet, say: Say) -> dict[str, Figures]:
    """Opens throw-away chambers twice, for either script, and erases them."""
    today = as_of_today(labelled)
    with throw_away(today.chambers, say) as house:
        trial = Trial(house, today, say)
        found = {
            "given": trial.measure("given", [today]),
            "no_category": trial.measure("no category", [evaluation.without_category(today)]),
            "noisy": trial.measure("noisy", [evaluation.with_wrong_categories(today, s) for s in evaluation.SEEDS]),
        }
    traditional = evaluation.in_traditional(today)
    with throw_away(traditional.chambers, say) as house:
        found["traditional"] = Trial(house, traditional, say).measure("traditional", [traditional])
    return found


def as_of_today(labelled: LabelledSet) -> LabelledSet:
    """The same set with every window as far from today as it was from the day of the set."""
    by = localdate() - labelled.on

    def moved(one: One) -> One:
        return replace(one, starts_on=max(one.starts_on, FIRST) + by, ends_on=min(one.ends_on, LAST) + by)

    offers = {key: moved(offer) for key, offer in labelled.offers.items()}
    return replace(labelled, on=localdate(), needs=tuple(map(moved, labelled.needs)), offers=offers)


class Trial:
    """One house with the offers of a set published in it."""

    def __init__(self, house: House, labelled: LabelledSet, say: Say) -> None:
        self.house, self.say, self.partner = house, say, Partner(house)
        say(f"publishing {len(labelled.offers)} offers")
        self.offers = {publish(house, offer): key for key, offer in labelled.offers.items()}
        house.deliver()

    def measure(self, name: str, variants: Iterable[LabelledSet]) -> Figures:
        return figures([self._measure(name, labelled) for labelled in variants])

    def _measure(self, name: str, labelled: LabelledSet) -> Measure:
        self.say(f"{name}: publishing {len(labelled.needs)} needs and reading their lists")
        listings = {need.id: publish(self.house, need) for need in labelled.needs}
        self.house.deliver()
        answers: Answers = {}
        for need in labelled.needs:
            shown = self.partner.top_five(need.chamber, listings[need.id])
            answers[need.id] = [self.offers[key] for key in shown]
        return evaluation.judge(labelled, answers)


def figures(measures: list[Measure]) -> Figures:
    return {
        "violations": int(sum(one.violations for one in measures)),
        "ndcg5": round(fmean(one.ndcg for one in measures), 4),
        "recall5": round(fmean(one.recall for one in measures), 4),
        "abstained": round(fmean(one.unanswered for one in measures), 4),
    }
