"""A need and an offer as the engine sees them: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol, Self

NATIONWIDE, ONLINE = "000000", "ONLINE"
OPEN = "open"
URGENT_HOURS, URGENT_WITHIN = 72, timedelta(days=14)


class Window(Protocol):
    """Anything that is wanted between two days."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


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
        """Read a row of a labelled set (`tests/data/matching_dev.json`). What it does not say is no limit."""
        return cls(
            id=row["id"],
            chamber=row["chamber"],
            title=row["title"],
            text=row.get("text") or "",
            category=row.get("category") or None,
            region=row.get("region") or NATIONWIDE,
            region_hard=bool(row.get("region_hard")),
            quantity=_decimal(row.get("quantity_min")),
            unit=row.get("quantity_unit") or "",
            starts_on=_day(row.get("window_from"), date.min),
            ends_on=_day(row.get("window_to"), date.max),
            budget=_decimal(row.get("budget_max_cny")),
            visible_to=_readers(row),
            status=row.get("status") or OPEN,
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
    lead_time_hours: int = 0

    @classmethod
    def from_labelled(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of a labelled set (`tests/data/matching_dev.json`)."""
        return cls(
            id=row["id"],
            chamber=row["chamber"],
            title=row["title"],
            text=row.get("text") or "",
            category=row.get("category") or "",
            regions=tuple(row.get("regions_served") or (NATIONWIDE,)),
            capacity=_decimal(row.get("capacity")),
            unit=row.get("capacity_unit") or "",
            starts_on=_day(row.get("available_from"), date.min),
            ends_on=_day(row.get("available_to"), date.max),
            price=_decimal(row.get("price_cny")) or Decimal(0),
            slots=int(row.get("slots", 1)),
            visible_to=_readers(row),
            status=row.get("status") or OPEN,
        )


def is_urgent(need: Window, *, on: date) -> bool:
    """It starts within three days and is over within two weeks: one that is open for months is not urgent."""
    return on <= need.ends_on <= on + URGENT_WITHIN and hours_left(need, on=on) < URGENT_HOURS


def hours_left(need: Window, *, on: date) -> int:
    """From the morning of that day until noon of the day it starts, or of the day itself once it has begun."""
    return max((need.starts_on - on).days, 0) * 24 + 12


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(told: str | None, otherwise: date) -> date:
    return date.fromisoformat(told) if told else otherwise


def _readers(row: Mapping[str, Any]) -> frozenset[str] | None:
    told = row.get("visible_to") or "ALL"
    return None if told == "ALL" else frozenset(told)
