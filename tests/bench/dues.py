"""A year's dues, assessed for many members."""

from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side

MEMBERS, ALL_MEMBERS = 2_000, 10_000


def dues_assess(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """The baseline saves one charge and one entry after another, with the same trail."""
    members = ALL_MEMBERS if chambers >= 200 else MEMBERS
    with Side(places, "ours") as ours:
        rounds = [_round(ours, members) for _number in range(pairs)]
    product, plain = zip(*rounds, strict=True)
    yield line("dues.assess", [c.wall for c, _ in product], [c.wall for c, _ in plain], members=members)
    cpu = [c.cpu for c, _ in product], [c.cpu for c, _ in plain]
    yield line("dues.assess.cpu", *cpu, unit="CPU s", members=members)


def _round(ours: Side, members: int) -> tuple[tuple, tuple]:
    """Each in a new chamber with the same members; both charge the same."""
    slugs = ours.do("open_one")[1], ours.do("open_one")[1]
    for slug in slugs:
        ours.do("dues_chamber", members=members, slug=slug)
    product, plain = ours.do("assess", slug=slugs[0]), ours.do("assess_one_by_one", slug=slugs[1])
    assert product[1] == plain[1], (product, plain)
    return product, plain
