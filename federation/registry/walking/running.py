"""Walks: one random step of one chamber after another, delivered sooner or later, and looked at each time."""

import random
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from federation.registry.holding.saying import words_of
from federation.registry.models import Federation, Membership
from federation.registry.walking import Walk, World, walks
from huiguan.actors import EVERYTHING, Actor, acting_as
from huiguan.outbox.delivery import deliver
from huiguan.outbox.models import Message
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.models import Chamber

ENDINGS = ("exchange.profile_withdrawn",)  # says by its title what is withdrawn
ENOUGH = 5  # leaks: whoever looks for the fault needs no more
DELIVERED = 0.7  # of the steps; the messages of the others wait for the next
WORD = re.compile(r"w[0-9a-f]{6}\d{6}")
Say = Callable[[str], None]


@dataclass
class Walked:
    """`steps` by name, `refused` those that could not be done then; `leaks` in words, none if all is well."""

    steps: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    words: int = 0
    leaks: list[str] = field(default_factory=list)


def run(federation: Federation, chambers: Sequence[Chamber], *, steps: int, seed: int, say: Say) -> Walked:
    """Of two chambers or more, members or not yet."""
    chance = random.Random(seed)  # noqa: S311  # a walk that can be walked again, no secret
    walked, parts = Walked(), walks()
    others = [*chambers[1:], chambers[0]]
    worlds = [World(here, other.pk, federation, chance) for here, other in zip(chambers, others, strict=True)]
    for world in worlds:
        _begin(world)
    every = [step for part in parts for step in part.steps]
    for number in range(steps):
        world = chance.choice(worlds)
        _step(world, chance.choice(every), walked)
        if chance.random() < DELIVERED and deliver(world.chamber):
            _look(world, parts, walked, f"step {number}")
        if len(walked.leaks) >= ENOUGH:
            return walked
        if number % 500 == 499:
            say(f"{number + 1} steps, {len(walked.leaks)} leaks")
    for world in worlds:
        deliver(world.chamber)
        _look(world, parts, walked, "the end")
    return walked


def _begin(world: World) -> None:
    """With what was accepted before the walk."""
    with in_federation():
        mine = Membership.objects.of(world.federation.pk).active().filter(chamber_id=world.chamber.pk)
        for item in [item for member in mine for item in member.items]:
            world.give(f"item:{item}")


def _step(world: World, step: Any, walked: Walked) -> None:
    """What cannot be done now has changed nothing."""
    secretary = Actor("秘书长", permissions=frozenset({EVERYTHING}), chamber_id=world.chamber.pk)
    live, sent = dict(world.live), dict(world.sent)
    with acting_as(secretary), in_chamber(world.chamber):
        newest = Message.objects.order_by("id").last()
        try:
            with transaction.atomic():
                step(world)
        except (ValidationError, WrongState):
            world.live, world.sent = live, sent
            walked.refused[step.__name__] += 1
            return
        walked.steps[step.__name__] += 1
        world.suspects.update(_without_consent(world, newest, step.__name__))


def _without_consent(world: World, newest: Message | None, step: str) -> Iterator[tuple[uuid.UUID, str]]:
    """What went into the outbox just now with a word that lacks a consent: the federation must refuse it."""
    left = Message.objects.filter(pk__gt=newest.pk) if newest else Message.objects.all()
    for message in left.exclude(name__in=ENDINGS):
        said = WORD.findall(" ".join(words_of(message.content)))
        if bare := [word for word in said if word not in world.sent]:
            yield message.pk, f"{step}: {message.name} left with {', '.join(bare)}"


def _accepted(world: World) -> list[str]:
    """Suspects that the federation took all the same."""
    with in_chamber(world.chamber):
        taken = Message.objects.filter(pk__in=world.suspects, state=Message.State.DELIVERED)
        found = [world.suspects[key] for key in taken.values_list("pk", flat=True)]
    world.suspects = {}
    return found


def _look(world: World, parts: Sequence[Walk], walked: Walked, when: str) -> None:
    walked.looks += 1
    walked.leaks += _accepted(world)
    with in_federation():
        for part in parts:
            seen = part.seen(world)
            walked.words += len(seen)
            walked.leaks += [f"{when}: {part.name} shows {word}" for word in sorted(seen - world.sent.keys())]
