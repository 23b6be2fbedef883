"""What has been read of one row so far: its fields, and the problems found on the way."""

from typing import Any

from huiguan.spreadsheets.grids import Broken, Value, shown
from huiguan.spreadsheets.problems import Doubt
from tenants.members.register.cells import Cells, Frame
from tenants.members.register.problems import Problem


class Reading:
    """Fields and problems of one row, filled field by field."""

    def __init__(self, cells: Cells, frame: Frame) -> None:
        self.cells, self.frame = cells, frame
        self.fields: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def put(self, field: str, value: Any) -> None:
        if value not in (None, "", [], {}):
            self.fields[field] = value

    def doubt(self, field: str, doubt: Doubt | None, value: Value = None) -> None:
        if doubt:
            text = shown(self.cells.value(field) if value is None else value)
            self.problems.append(Problem(doubt.code, field, text[:500], doubt.options))

    def usable(self, field: str) -> Value:
        """The value of a field, or None with a problem if the cell shows an error or an uncalculated formula."""
        value = self.cells.value(field)
        if isinstance(value, Broken):
            self.doubt(field, Doubt("formula_not_calculated" if value.is_formula else "cell_has_error"))
            return None
        return value
