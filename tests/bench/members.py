"""A long register, read, checked, previewed and imported."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.bench.figures import line
from tests.bench.machine import Cost
from tests.bench.places import Places
from tests.bench.sides import Side

ROWS, ALL_ROWS = 2_000, 10_000


class Round(NamedTuple):
    """What it cost to import a register, row by row and by the product, and then to undo it and read it again."""

    plain: Cost
    product: Cost
    undone: Cost
    again: Cost
    megabytes: float


def import_members(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """The baseline is one save for each record, on the same engine and with the same trail, and checks nothing."""
    rows = ALL_ROWS if chambers >= 200 else ROWS
    with Side(places, "ours") as ours:
        ours.do("write_register", rows=rows)
        rounds = [_round(ours, rows) for _number in range(pairs)]
    facts = {"rows": rows, "megabytes": round(max(each.megabytes for each in rounds))}
    plain = [each.plain for each in rounds]
    product = [each.product for each in rounds]
    yield line("import.members", [c.wall for c in product], [c.wall for c in plain], **facts)
    yield line("import.members.cpu", [c.cpu for c in product], [c.cpu for c in plain], unit="CPU s", **facts)
    yield line("import.members.undo", [each.undone.wall for each in rounds], rows=rows)
    yield line("import.members.undo.cpu", [each.undone.cpu for each in rounds], unit="CPU s", rows=rows)
    yield line("import.members.again", [each.again.wall for each in rounds], rows=rows)
    yield line("import.members.again.cpu", [each.again.cpu for each in rounds], unit="CPU s", rows=rows)


def _round(ours: Side, rows: int) -> Round:
    """Each into a new chamber."""
    slugs = ours.do("open_one")[1], ours.do("open_one")[1]
    product, found = ours.do("import_register", rows=rows, slug=slugs[0])
    plain, others = ours.do("import_row_by_row", rows=rows, slug=slugs[1])
    assert found["members"] == others["members"] == rows, (found, others)
    undone, left = ours.do("undo_import", slug=slugs[0])
    again, read = ours.do("read_register_again", slug=slugs[0])
    assert (left, read) == (0, rows + 1), (left, read)
    return Round(plain, product, undone, again, found["megabytes"])
