"""Each permission opens exactly the addresses that say they need it: without it these answer 403, and no other. [G5]"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.apps import apps

from api.isolation.actors import Actor, actors, operator
from api.isolation.asking import Question, ask
from api.isolation.running import every_address
from api.isolation.stage import Stage, stage
from api.isolation.values import Found, find
from huiguan.capability import Place, capabilities
from huiguan.states import Stateful, moves
from huiguan.verifying import Options, Result, Say
from huiguan.verifying.addresses import Address

WORKERS = {Place.CHAMBER: "secretary_general", Place.FEDERATION: "coordinator", Place.SITE: "operator"}
BY_MESSAGE = frozenset(
    each.permission for model in apps.get_models() if issubclass(model, Stateful) for each in moves(model)
)  # moves ask for one of their own; some of these no role holds, because a message makes them
HELD = "huiguan.accounts.middleware.permissions_of"


@dataclass
class Seen:
    """`missing`: open without its permission. `extra`: closed by the loss of another permission than it declares."""

    requests: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def roles(options: Options, say: Say) -> Result:
    """Goal G5. With `every_pair` each address is asked without each permission; else without its own alone."""
    with stage(say) as opened:
        return tried(opened, say, every_pair=options["every_pair"])


def tried(opened: Stage, say: Say, *, every_pair: bool = False, every: int = 1) -> Result:
    seen, known = Seen(), {actor.name: actor for actor in [*actors(opened), operator()]}
    for place in Place:
        worker, everything = known[WORKERS[place]], _declared(place)
        for address in [a for a in every_address() if a.place == place and a.needs in everything][::every]:
            _try(address, opened, worker, everything, seen, every_pair=every_pair)
        say(f"{place}: {len(everything)} permissions, {seen.requests:,} requests so far")
    number = sum(len(_declared(place)) for place in Place)
    figure = f"{len(seen.missing)} missing, {len(seen.extra)} extra: {number} permissions, {seen.requests:,} requests"
    details = {"permissions": number, "requests": seen.requests, "missing": seen.missing, "extra": seen.extra}
    return Result(figure, not (seen.missing or seen.extra), details)


def _try(
    address: Address, opened: Stage, worker: Actor, everything: frozenset[str], seen: Seen, *, every_pair: bool
) -> None:
    """First with all permissions, then with all but one."""
    with _holding(everything | BY_MESSAGE):
        found = find(address, opened, worker)
        is_open = _status(address, found, worker, seen) != 403
    if not is_open:
        seen.extra.append(f"{address} is closed to whoever holds everything")
    for left_out in sorted(everything) if every_pair else [str(address.needs)]:
        with _holding((everything | BY_MESSAGE) - {left_out}):
            is_closed = _status(address, found, worker, seen) == 403
        if left_out == address.needs and not is_closed:
            seen.missing.append(f"{address} without {left_out}")
        if left_out != address.needs and is_closed and left_out not in _asked_inside(address, opened, found):
            seen.extra.append(f"{address} without {left_out}")


@contextmanager
def _holding(permissions: frozenset[str]) -> Iterator[None]:
    with patch(HELD, lambda _roles, _place: permissions):
        yield


def _status(address: Address, found: Found, worker: Actor, seen: Seen) -> int:
    seen.requests += 1
    return ask(Question(found.method, worker.host, address.at(found.own), worker.cookies)).status


def _declared(place: Place) -> frozenset[str]:
    return frozenset(name for capability in capabilities(place) for name in capability.permission_names)


def _asked_inside(address: Address, opened: Stage, found: Found) -> set[str]:
    """What a move asks for besides: it says so itself, and the matrix of permissions shows it."""
    rows: dict[str, Any] = {**opened.common.rows, **opened.mine.rows}
    models = [type(rows[label]) for label in found.labels.values() if label in rows]
    return {m.permission for model in models if issubclass(model, Stateful) for m in moves(model)}
