"""The trend of the chamber's rates over the last quarters, for people who would rather look than read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huiguan.kit.charts import Chart, Series
from huiguan.kpis import quarter_name
from tenants.benchmarks.showing import Row


def trend_chart(rows: Sequence[Row], quarters: Sequence[tuple[int, int]]) -> Chart | None:
    """A line for each rate that has at least two values; None when there is nothing to see."""
    lines = [row for row in rows if row.kpi.unit == "%" and sum(v is not None for v in row.trend) > 1]
    if not lines:
        return None
    series = [Series(str(row.kpi.label), row.trend) for row in lines]
    return Chart(_("Own rates by quarter"), [quarter_name(y, q) for y, q in quarters], series, kind="line", unit="%")
