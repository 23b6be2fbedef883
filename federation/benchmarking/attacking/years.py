"""Federations that chance makes: chambers come, stay away and join over the four releases of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from federation.benchmarking.disclosure import Contribution, Outcome, Year, release

RELEASES = 4
FACETS = {"size": ("10-49", "50-199", "200+"), "province": ("61", "43", "33"), "kind": ("trade", "local")}


@dataclass(frozen=True)
class Played:
    """One KPI of one federation over a year. The values do not change: the best case for whoever compares releases."""

    unit: str
    values: Mapping[str, float]
    outcomes: tuple[Outcome, ...]


def play(chance: Random) -> Played:
    """Published by our own rules, release after release."""
    unit = chance.choice(["%", "%", "d"])
    everyone = _chambers(chance, unit)
    year, outcomes = Year(), []
    for present in _attendance(chance, list(everyone)):
        outcome = release([everyone[who] for who in present], unit=unit, year=year)
        year = year.after(outcome)
        outcomes.append(outcome)
    return Played(unit, {who: one.value for who, one in everyone.items()}, tuple(outcomes))


def _chambers(chance: Random, unit: str) -> dict[str, Contribution]:
    draw = _rates(chance) if unit == "%" else lambda: chance.lognormvariate(3, 0.8)
    facets = {facet: chance.choices(values, k=60, weights=_weights(chance, values)) for facet, values in FACETS.items()}
    return {
        f"c{n}": Contribution(f"c{n}", f"o{n}", round(draw(), 2), 400, 60, {f: drawn[n] for f, drawn in facets.items()})
        for n in range(chance.randint(6, 45))
    }


def _rates(chance: Random):  # type: ignore[no-untyped-def]
    """Alike or far apart, low or high."""
    middle, certainty = chance.uniform(0.3, 0.95), chance.choice([4, 12, 40])
    return lambda: 100 * chance.betavariate(middle * certainty, (1 - middle) * certainty)


def _weights(chance: Random, values: tuple[str, ...]) -> list[float]:
    return [chance.uniform(0.2, 1) for _value in values]


def _attendance(chance: Random, everyone: list[str]) -> list[list[str]]:
    """Some join later, by one or by several; now and then one to three stay away."""
    joining = {who: chance.choice([0, 0, 0, 0, 1, 2, 3]) for who in everyone}
    found = []
    for quarter in range(RELEASES):
        here = [who for who in everyone if joining[who] <= quarter]
        away = set(chance.sample(here, min(len(here), chance.choice([0, 0, 0, 1, 3]))))
        found.append([who for who in here if who not in away])
    return found
