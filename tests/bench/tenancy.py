"""Opening and migrating chambers, against django-tenants as it comes."""

from collections.abc import Callable, Iterator

from tests.bench.figures import line
from tests.bench.machine import Cost
from tests.bench.places import Places
from tests.bench.sides import Side

Pair = tuple[Cost, Cost]
EVERY = 1_000


def provisioning_claim(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    yield from _provisioning(places, pairs, "provisioning.claim", lambda ours: ours.do("spare", wanted=1))


def provisioning_replay(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    yield from _provisioning(places, pairs, "provisioning.replay", lambda ours: ours.do("no_spare"))


def migrate_apply(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """One column and one index. Each round is a new release: both sides start anew with it, as a deploy does."""
    _fill(places, chambers)
    measured = [_round_of_migration(places) for _number in range(pairs)]
    yield from _both_costs("migrate.apply", measured, chambers=chambers)


def migrate_noop(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """And of a thousand: rows of chambers at head, whose schemas are not made, for nothing looks at them."""
    _fill(places, chambers)
    with Side(places, "ours") as ours, Side(places, "stock") as stock:
        ours.do("migrate"), stock.do("migrate")
        measured = [(ours.do("migrate")[0], stock.do("migrate")[0]) for _number in range(pairs)]
        with_rows = [ours.do("migrate_a_thousand", number=EVERY)[1] for _number in range(pairs)]
    yield from _both_costs("migrate.noop", measured, chambers=chambers)
    yield line("migrate.noop.1000", with_rows, chambers=EVERY, synthetic=True)


def _provisioning(places: Places, pairs: int, name: str, ready: Callable[[Side], object]) -> Iterator[str]:
    with Side(places, "ours") as ours, Side(places, "stock") as stock:
        measured: list[Pair] = []
        for _number in range(pairs):
            ready(ours)
            measured.append((ours.do("open_one")[0], stock.do("open_one")[0]))
        tables = ours.do("tables")[1]
    yield from _both_costs(name, measured, tables=tables)


def _round_of_migration(places: Places) -> Pair:
    places.grow()
    with Side(places, "ours") as ours, Side(places, "stock") as stock:
        ours.do("behind")  # connects, so that both sides are warm
        return ours.do("migrate")[0], stock.do("migrate")[0]


def _fill(places: Places, chambers: int) -> None:
    with Side(places, "ours") as ours, Side(places, "stock") as stock:
        ours.do("open_up_to", number=chambers)
        stock.do("open_up_to", number=chambers)


def _both_costs(name: str, measured: list[Pair], **facts: int) -> Iterator[str]:
    yield line(name, [o.wall for o, _ in measured], [s.wall for _, s in measured], **facts)
    yield line(f"{name}.cpu", [o.cpu for o, _ in measured], [s.cpu for _, s in measured], unit="CPU s", **facts)
