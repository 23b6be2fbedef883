"""A need and an offer as the engine sees them: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

NATIONWIDE, ONLINE = "000000", "ONLINE"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody looks for. `budget` is in yuan for one unit of what is offered; None is no limit.

    `visible_to` is None when every chamber of the federation may see it.
    """

    id: str
    chamber: str
    title: str
    text: str
    category: str | None
    region: str
    region_hard: bool
    quantity: Decimal | None
    unit: str
    starts_on: date
    ends_on: date
    budget: Decimal | None
    visible_to: frozenset[str] | None = None
    status: str = OPEN
    expires_on: date = date.max

    @classmethod
    def from_labelled(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of a labelled set (`tests/data/matching_dev.json`)."""
        return cls(
            id=row["id"],
            chamber=row["chamber"],
            title=row["title"],
            text=row["text"],
            category=row["category"],
            region=row["region"],
            region_hard=row["region_hard"],
            quantity=_decimal(row["quantity_min"]),
            unit=row["quantity_unit"],
            starts_on=date.fromisoformat(row["window_from"]),
            ends_on=date.fromisoformat(row["window_to"]),
            budget=_decimal(row["budget_max_cny"]),
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody has to give, available in a window, and shown until it expires. `visible_to` as for a need."""

    id: str
    chamber: str
    title: str
    text: str
    category: str
    regions: tuple[str, ...]
    capacity: Decimal | None
    unit: str
    starts_on: date
    ends_on: date
    price: Decimal
    slots: int = 1
    visible_to: frozenset[str] | None = None
    status: str = OPEN
    expires_on: date = date.max

    @classmethod
    def from_labelled(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of a labelled set (`tests/data/matching_dev.json`)."""
        visible_to = row["visible_to"]
        return cls(
            id=row["id"],
            chamber=row["chamber"],
            title=row["title"],
            text=row["text"],
            category=row["category"],
            regions=tuple(row["regions_served"]),
            capacity=_decimal(row["capacity"]),
            unit=row["capacity_unit"],
            starts_on=date.fromisoformat(row["available_from"]),
            ends_on=date.fromisoformat(row["available_to"]),
            price=_decimal(row["price_cny"]) or Decimal(0),
            slots=row["slots"],
            visible_to=None if visible_to == "ALL" else frozenset(visible_to),
            status=row["status"],
        )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
