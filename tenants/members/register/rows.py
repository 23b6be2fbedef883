"""One spreadsheet row and what it became."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tenants.members.register.problems import Problem


class RowClass(StrEnum):
    MEMBER = "member"
    DUPLICATE = "duplicate"  # of another row of this register
    UNIMPORTABLE = "unimportable"  # without a person's decision
    WITHDRAWN = "withdrawn"
    IGNORED = "ignored"  # headings, totals, notes, empty rows


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which a duplicate contradicts the row it repeats."""

    field: str
    here: Any
    main: Any

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "here": self.here, "main": self.main}


@dataclass(slots=True)
class Row:
    """`row` is the number that the spreadsheet shows; `reason` says why a row is unimportable or ignored."""

    sheet: str
    row: int
    row_class: RowClass
    reason: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)  # heading to text, as the cells say it
    written_name: str = ""
    written_code: str = ""
    order: int = 0  # of all rows of the register
    extras: dict[str, str] = field(default_factory=dict)  # cells of columns that nobody mapped
    duplicate_of: "Row | None" = None
    how: str = ""  # why it is a duplicate
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def duplicate_of_row(self) -> int | None:
        return self.duplicate_of.row if self.duplicate_of else None

    @property
    def questions(self) -> list[Problem]:
        """The problems that a person must decide."""
        return [problem for problem in self.problems if problem.asks]

    @property
    def is_member_like(self) -> bool:
        return self.row_class is not RowClass.IGNORED

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"sheet": self.sheet, "row": self.row, "class": self.row_class.value}
        if self.reason:
            said["reason"] = self.reason
        said |= {
            "fields": self.fields,
            "duplicate_of_row": self.duplicate_of_row,
            "problems": [p.as_json() for p in self.problems],
        }
        if self.duplicate_of:
            said |= {"duplicate_of_sheet": self.duplicate_of.sheet, "how": self.how}
            said["conflicts"] = [conflict.as_json() for conflict in self.conflicts]
        return said | ({"extras": self.extras} if self.extras else {})
