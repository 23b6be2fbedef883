"""How well an offer answers a need: five parts, each from 0 to 1, weighed and kept (federation.md A.3)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from federation.matching import regions, taxonomy
from federation.matching.inference import Guess
from federation.matching.profiles import Need, Offer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Key = TypeVar("Key")

WEIGHTS = MappingProxyType({"text": 0.45, "category": 0.30, "region": 0.10, "capacity": 0.10, "budget": 0.05})
TEXT, CATEGORY, REGION, CAPACITY, BUDGET = WEIGHTS.values()
OTHERS = CAPACITY + BUDGET
DOUBT = 0.6  # how far a stated category yields when the text clearly speaks of another
PLAUSIBLE = 0.1  # a stated category with this share of the guess is not doubted
INCOMPARABLE = 0.25  # what the capacity counts when it is measured in another unit
VENUES = "VEN"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a score is made of."""

    text: float
    category: float
    region: float
    capacity: float
    budget: float

    @property
    def total(self) -> float:
        by_words = TEXT * self.text + CATEGORY * self.category + REGION * self.region
        return by_words + CAPACITY * self.capacity + BUDGET * self.budget

    def as_dict(self) -> dict[str, float]:
        return {part: round(float(value), 4) for part, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """A need, with what its words say about its category."""

    need: Need
    guess: Guess = field(default_factory=dict)
    sureness: float = 0.0


class Ceiling:
    """What offers score for one need; each category and each set of regions is worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.need = reading.need
        self.categories = _WorkedOut[str](lambda offered: category(reading, offered))
        self.regions = _WorkedOut[tuple[str, ...]](lambda served: regions.nearness(reading.need.region, served))

    @staticmethod
    def of(text: "Numbers", category: "Numbers", region: "Numbers") -> "Numbers":
        """The most that offers can score, by three of their parts; the other two are not worked out for all."""
        return TEXT * text + CATEGORY * category + REGION * region + OTHERS

    def parts(self, offer: Offer, text: float) -> Parts:
        """The parts of one pair. Hard limits are not its business: see `constraints`."""
        near, there = self.categories[offer.category], self.regions[offer.regions]
        return Parts(text, near, there, capacity(self.need, offer), budget(self.need, offer))


class _WorkedOut(dict[Key, float], Generic[Key]):
    """Values that are worked out when they are first asked for."""

    def __init__(self, work: Callable[[Key], float]) -> None:
        self.work = work

    def __missing__(self, key: Key) -> float:
        value = self[key] = self.work(key)
        return value


def category(reading: Reading, offered: str) -> float:
    """Nearness to the stated category or, as far as the words are clear, to the one they speak of."""
    guessed = _guessed(reading.guess, offered)
    stated = reading.need.category
    if stated is None:
        return taxonomy.UNKNOWN + _trust(reading) * (guessed - taxonomy.UNKNOWN)
    implausible = 1 - min(1.0, reading.guess.get(stated, 0.0) / PLAUSIBLE)
    doubt = DOUBT * reading.sureness * implausible
    return (1 - doubt) * taxonomy.nearness(stated, offered) + doubt * guessed


def _guessed(guess: Guess, offered: str) -> float:
    """The mean nearness of what the words speak of: all count as unrelated, and the few that are nearer for more."""
    nearer = ((near, guess.get(code, 0.0)) for code, near in taxonomy.related_to(offered))
    return taxonomy.UNRELATED * sum(guess.values()) + sum((near - taxonomy.UNRELATED) * part for near, part in nearer)


def _trust(reading: Reading) -> float:
    """How far a guess replaces "unknown": less when the words speak of several categories at once."""
    return reading.sureness * sqrt(max(reading.guess.values(), default=0.0))


def capacity(need: Need, offer: Offer) -> float:
    """The share of the quantity that is there; venues also lose up to half for being too big."""
    if not need.quantity or not offer.capacity:
        return 1.0
    if need.unit != offer.unit:
        return INCOMPARABLE
    enough = min(1.0, float(offer.capacity / need.quantity))
    if taxonomy.family(offer.category) != VENUES:
        return enough
    oversize = float(abs(offer.capacity - need.quantity) / max(offer.capacity, need.quantity))
    return min(enough, max(0.5, 1 - 0.5 * oversize))


def budget(need: Need, offer: Offer) -> float:
    """Half is lost at the very limit of the budget, nothing when it is free."""
    if not need.budget:
        return 1.0
    return 1 - 0.5 * min(1.0, float(offer.price / need.budget))
