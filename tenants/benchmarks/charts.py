"""The trend of the chamber's rates over the last quarters, for people who would rather look than read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Kind, Series
from huiguan.kpis import Kpi, quarter_name
from tenants.benchmarks.showing import Row
from tenants.benchmarks.targets import Standing


def trend_chart(rows: Sequence[Row], quarters: Sequence[tuple[int, int]]) -> Chart | None:
    """A line for each rate that has at least two values; None when there is nothing to see."""
    lines = [row for row in rows if row.kpi.unit == "%" and sum(v is not None for v in row.trend) > 1]
    if not lines:
        return None
    series = [Series(str(row.kpi.label), row.trend) for row in lines]
    return Chart(_("Own rates by quarter"), [quarter_name(y, q) for y, q in quarters], series, kind="line", unit="%")


def band_chart(kpi: Kpi, standings: Sequence[Standing]) -> Chart | None:
    """The own value beside the quartiles of the federation, by release; None where nothing was published."""
    shown = [each for each in reversed(standings) if each.seen.median is not None]
    if not shown:
        return None
    lines = {
        _("Own value"): [each.own for each in shown],
        _("Lower quartile"): [each.seen.lower for each in shown],
        _("Median"): [each.seen.median for each in shown],
        _("Upper quartile"): [each.seen.upper for each in shown],
    }
    series = [Series(name, [_tenth(value) for value in values]) for name, values in lines.items() if any(values)]
    kind: Kind = "line" if len(shown) > 1 else "bar"
    unit = "%" if kpi.unit == "%" else ""
    return Chart(str(kpi.label), [each.seen.release for each in shown], series, kind=kind, unit=unit)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
