"""Members as the matching of payments sees them: their names, their people, what they owe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownPayer:
    """Somebody who was confirmed to have paid for a member before."""

    name: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Payee:
    """A member to whom a payment may belong. Amounts are in fen.

    `dues` is what was assessed for a year; `dues_fen` stands for years that are not in it, and is None where nobody
    knows. `open` is what is open by the payments on record. A note in a register that a year is paid is no such
    record: the line of the statement proves it, so a year that is only noted as paid must not be in `open` as 0. Such
    notes go into `noted`; they tell how much is due where nothing else does, and which of two years was meant.
    """

    key: str
    name: str
    short_name: str = ""
    former_names: tuple[str, ...] = ()
    legal_representative: str = ""
    contacts: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    kind: str = ""  # enterprise, individual, household, group
    credit_code: str = ""
    joined_on: date | None = None
    left_on: date | None = None
    has_left: bool = False  # also where nobody knows when
    dues_fen: int | None = None
    dues: Mapping[int, int] = field(default_factory=dict)
    open: Mapping[int, int] = field(default_factory=dict)
    noted: Mapping[int, int] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    known_payers: tuple[KnownPayer, ...] = ()

    def due(self, year: int) -> int | None:
        return self.dues.get(year, self.noted.get(year) if self.dues_fen is None else self.dues_fen)

    def is_gone(self, on: date) -> bool:
        """Whether the member had left by that day; also if it left and nobody knows when."""
        return self.left_on <= on if self.left_on else self.has_left

    @property
    def people(self) -> tuple[str, ...]:
        """Who may pay for it in their own name; an individual member is one of them."""
        own = (self.name,) if self.kind == "individual" else ()
        return tuple(dict.fromkeys(name for name in (*own, self.legal_representative, *self.contacts) if name))
