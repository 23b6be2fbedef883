"""A long register, read, checked, previewed and imported."""

from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side

ROWS, ALL_ROWS = 2_000, 10_000


def import_members(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """The baseline is one save for each record, on the same engine and with the same trail, and checks nothing."""
    rows = ALL_ROWS if chambers >= 200 else ROWS
    with Side(places, "ours") as ours:
        rounds = [_round(ours, rows) for _number in range(pairs)]
    product, plain = zip(*rounds, strict=True)
    megabytes = max(found["megabytes"] for _cost, found in product)
    facts = {"rows": rows, "megabytes": round(megabytes)}
    yield line("import.members", [c.wall for c, _ in product], [c.wall for c, _ in plain], **facts)
    yield line("import.members.cpu", [c.cpu for c, _ in product], [c.cpu for c, _ in plain], unit="CPU s", **facts)


def _round(ours: Side, rows: int) -> tuple[tuple, tuple]:
    """Each into a new chamber."""
    slugs = ours.do("open_one")[1], ours.do("open_one")[1]
    product = ours.do("import_register", rows=rows, slug=slugs[0])
    plain = ours.do("import_row_by_row", rows=rows, slug=slugs[1])
    assert product[1]["members"] == plain[1]["members"] == rows, (product, plain)
    return product, plain
