"""What could not be read, said to a secretary. A problem either asks for a decision or only mentions what was done."""

from dataclasses import dataclass
from typing import Any

from tenants.members.register.texts import FIELDS, NOTICES, PROBLEMS


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a field of a row (or of a sheet), with the text of the cell as it was written."""

    code: str
    field: str = ""
    value: str = ""
    options: tuple[str, ...] = ()
    params: tuple[tuple[str, Any], ...] = ()  # what else the text names

    @property
    def asks(self) -> bool:
        """Whether a person must decide; otherwise it is only mentioned."""
        return self.code not in NOTICES

    @property
    def text(self) -> str:
        known = {"field": str(FIELDS.get(self.field, self.field)), "value": self.value[:60]}
        return str(PROBLEMS[self.code]) % {**known, "options": "、".join(self.options), **dict(self.params)}

    def as_json(self) -> dict[str, Any]:
        said = {"code": self.code, "field": self.field, "text": self.text, "value": self.value, "asks": self.asks}
        return {**said, "options": list(self.options)} if self.options else said
