"""Reading key figures of all chambers, against asking every schema."""

from collections.abc import Iterator

from tests.bench.figures import line
from tests.bench.places import Places
from tests.bench.sides import Side


def kpi_read(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """Ten figures of each chamber; and, from synthetic rows, of a thousand chambers."""
    with Side(places, "ours") as ours:
        ours.do("open_up_to", number=chambers)
        present = ours.do("chambers")[1]
        few, many = ours.do("send_figures", chambers=present)[1], ours.do("send_figures", chambers=1000)[1]
        ours.do("read_figures", federation=few), ours.do("fan_out")  # both warm
        read, asked, thousand = [], [], []
        for _number in range(pairs):
            read.append(ours.do("read_figures", federation=few)[0])
            asked.append(ours.do("fan_out")[0])
            thousand.append(ours.do("read_figures", federation=many)[0])
    yield line("kpi.read", [c.wall for c in read], [c.wall for c in asked], chambers=present)
    yield line("kpi.read.cpu", [c.cpu for c in read], [c.cpu for c in asked], unit="CPU s", chambers=present)
    yield line("kpi.read.1000", [c.wall for c in thousand], chambers=1000)
    yield line("kpi.read.1000.cpu", [c.cpu for c in thousand], unit="CPU s", chambers=1000)
