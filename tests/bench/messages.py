"""Messages from chambers to a federation: how many a second one worker delivers, and what looking for none costs."""

from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.machine import Cost
from tests.bench.places import Places
from tests.bench.sides import Side

MESSAGES = 500


def outbox_deliver(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """The stock library has nothing like it: no baseline."""
    with Side(places, "ours") as ours:
        ours.do("open_up_to", number=chambers)
        delivered = [_deliver(ours) for _number in range(pairs)]
        swept = [ours.do("sweep")[0] for _number in range(pairs)]
        present = ours.do("chambers")[1]
    yield line("outbox.deliver", [MESSAGES / cost.wall for cost in delivered], unit="messages/s", digits=0)
    yield line("outbox.deliver.cpu", [1000 * cost.cpu / MESSAGES for cost in delivered], unit="CPU ms each")
    yield line("outbox.sweep", [cost.wall for cost in swept], chambers=present)
    yield line("outbox.sweep.cpu", [cost.cpu for cost in swept], unit="CPU s", chambers=present)


def _deliver(ours: Side) -> Cost:
    ours.do("publish", number=MESSAGES)
    cost, number = ours.do("deliver")
    assert number == MESSAGES, number
    return cost
