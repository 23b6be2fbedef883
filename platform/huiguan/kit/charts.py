"""A chart as data: the page draws it with ECharts and keeps the same figures as a table for those who cannot see it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["bar", "line", "pie"]


@dataclass(frozen=True)
class Series:
    """One row of figures, one for each category; None where there is none."""

    name: str
    values: Sequence[float | None]
    kind: Kind | None = None


@dataclass(frozen=True)
class Chart:
    """`label` names the picture, `unit` follows each figure, `stacked` piles the series up."""

    label: str
    categories: Sequence[str]
    series: Sequence[Series]
    kind: Kind = "bar"
    unit: str = ""
    stacked: bool = False
    sideways: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)

    def as_spec(self) -> dict[str, Any]:
        """What the browser draws: plain JSON, translations resolved."""
        spec = asdict(self)
        return spec | {
            "label": str(self.label),
            "unit": str(self.unit),
            "categories": [str(category) for category in self.categories],
            "series": [_plain(series) for series in self.series],
        }

    def rows(self) -> list[tuple[str, list[Any]]]:
        """The table beside the picture: a category and the value of each series."""
        return [
            (str(category), [series.values[at] if at < len(series.values) else None for series in self.series])
            for at, category in enumerate(self.categories)
        ]


def _plain(series: Series) -> dict[str, Any]:
    return {"name": str(series.name), "values": list(series.values), "kind": series.kind}
