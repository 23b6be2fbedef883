"""What a need or an offer says when it leaves the chamber: these fields and no others."""

from decimal import Decimal
from typing import Any


def content_of(listing: Any) -> dict[str, Any]:
    """Plain JSON, word for word. The member and the contact are not in it."""
    return {
        "listing_id": str(listing.pk),
        "version": listing.version + 1,
        "kind": listing.kind,
        "category": listing.category,
        "title": listing.title,
        "text": listing.text,
        "regions": list(listing.regions),
        "region_hard": listing.region_hard,
        "quantity": _plain(listing.quantity),
        "unit": listing.unit,
        "starts_on": listing.starts_on.isoformat(),
        "ends_on": listing.ends_on.isoformat(),
        "budget" if listing.is_need else "price": _plain(listing.price),
        "slots": listing.slots,
        "lead_time_hours": listing.lead_time_hours,
        "visible_to": [str(key) for key in listing.chosen]
        if listing.visibility == listing.Visibility.SELECTED
        else None,
        "anonymous": not listing.is_named,
        "for": listing.beneficiary,
        "valid_until": listing.valid_until().isoformat(),
    }


def _plain(amount: Any) -> str | None:
    """A decimal as text, without zeros that say nothing."""
    return None if amount is None else f"{Decimal(str(amount)).normalize():f}"
