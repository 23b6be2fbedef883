"""The four layers 核心层、紧密层、联系层、影响层: by position and engagement, with the reason. [003 三(二)]"""

import datetime
from typing import NamedTuple

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

CORE_TITLES = frozenset(
    ["会长", "执行会长", "轮值会长", "常务副会长", "副会长", "监事长", "秘书长", "执行秘书长", "常务理事"]
)  # 常务理事以上 [003]
CLOSE_TITLES = frozenset(
    ["理事", "监事", "副监事长", "副秘书长", "名誉会长", "高级顾问", "顾问", "专委会主任", "专委会副主任"]
)  # 理事, and those who serve beside them
HIGH, LOW = 75, 25
LEAST_KNOWN = 3  # weight of the parts that a score must rest on before it moves anybody


class Layer(models.IntegerChoices):
    """From the heart of the chamber outwards."""

    CORE = 1, _("Core layer")
    CLOSE = 2, _("Close layer")
    CONTACT = 3, _("Contact layer")
    INFLUENCE = 4, _("Influence layer")


class Derived(NamedTuple):
    """A layer and why."""

    layer: Layer
    reason: str


class Chosen(NamedTuple):
    """What a person decided instead, until when."""

    layer: int | None
    reason: str
    until: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        return self.layer is not None and (self.until is None or day <= self.until)


def layer_of(titles: list[str], score: float | None, known: float, chosen: Chosen, day: datetime.date) -> Derived:
    """`score` from 0 to 100 rests on parts that weigh `known` together."""
    if chosen.layer is not None and chosen.holds(day):
        return Derived(Layer(chosen.layer), _decided(chosen))
    by_position = _by_position(titles)
    return by_position if score is None or known < LEAST_KNOWN else _moved(by_position, score)


def _decided(chosen: Chosen) -> str:
    if chosen.until is None:
        return _now("Decided by hand: {reason}").format(reason=chosen.reason)
    day = date_format(chosen.until, "DATE_FORMAT")
    return _now("Decided by hand until {day}: {reason}").format(day=day, reason=chosen.reason)


def _by_position(titles: list[str]) -> Derived:
    for layer, wanted in ((Layer.CORE, CORE_TITLES), (Layer.CLOSE, CLOSE_TITLES)):
        held = next((title for title in titles if title.removesuffix("单位") in wanted), None)
        if held:
            return Derived(layer, _now("Holds the position “{title}”.").format(title=held))
    return Derived(Layer.CONTACT, _now("Holds no position in the council."))


def _moved(derived: Derived, score: float) -> Derived:
    """One step out for who keeps away, one step in for an ordinary member who is always there."""
    if score < LOW and derived.layer is not Layer.INFLUENCE:
        said = _now("Engagement is {score} of 100: one layer further out.").format(score=round(score))
        return Derived(Layer(derived.layer + 1), f"{derived.reason}{said}")
    if score >= HIGH and derived.layer is Layer.CONTACT:
        said = _now("Engagement is {score} of 100: one layer closer.").format(score=round(score))
        return Derived(Layer.CLOSE, f"{derived.reason}{said}")
    return derived
