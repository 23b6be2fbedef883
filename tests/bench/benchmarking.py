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
            read.append(ours.do("read_figures", federation=few)[0].wall)
            asked.append(ours.do("fan_out")[0].wall)
            thousand.append(ours.do("read_figures", federation=many)[0].wall)
    yield line("kpi.read", read, asked, chambers=present)
    yield line("kpi.read.1000", thousand, chambers=1000)
