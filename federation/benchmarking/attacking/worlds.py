"""Other worlds in which the same numbers would have been published: what is so in one of them nobody can rule out."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from federation.benchmarking.attacking.knowledge import Known, World

TRIES, STEPS = 12, 60
FAR_AND_NEAR = (-2.5, 2.5, -1.01, 1.01, -0.55, 0.55, -0.3, 0.3, -0.15, 0.15)


class Worlds:
    """Looks for them: give the victim another value, then move others until every number is as it was published."""

    def __init__(self, known: Sequence[Known], truth: Mapping[str, float], most: float, chance: Random) -> None:
        self.known, self.truth, self.most, self.chance = known, dict(truth), most, chance

    def around(self, victim: str, knower: str, *, width: float) -> Iterator[World]:
        """The true one, then others, with the victim at values ever elsewhere. The knower's own value stays."""
        yield self.truth
        here = self.truth[victim]
        for away in FAR_AND_NEAR:
            value = here + away * width
            if 0 <= value <= self.most and (found := self._with(victim, value, knower)):
                yield found

    def _with(self, victim: str, value: float, knower: str) -> World | None:
        others = [who for who in self.truth if who not in (victim, knower)]
        others.sort(key=lambda who: abs(self.truth[who] - value))
        for attempt in range(TRIES):
            world = {**self.truth, victim: value}
            if attempt and others:  # somebody who stands there takes the victim's place
                world[others[(attempt - 1) % len(others)]] = self.truth[victim]
            if self._is_mended(world, {victim, knower}):
                return world
        return None

    def _is_mended(self, world: World, fixed: set[str]) -> bool:
        for _step in range(STEPS):
            broken = [one for one in self.known if not one.holds(world)]
            if not broken:
                return True
            self._mend(self.chance.choice(broken), world, fixed)
        return False

    def _mend(self, one: Known, world: World, fixed: set[str]) -> None:
        window = one.window(world)
        free = [who for who in window if who not in fixed]
        if not free:
            return
        moved = free if self.chance.random() < 0.5 else [self.chance.choice(free)]
        shift = one.lacks(world) * len(window) / len(moved)
        for who in moved:
            world[who] = min(max(world[who] + shift, 0), self.most)
