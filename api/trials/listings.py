"""The needs and offers of a labelled set as a secretariat writes and publishes them."""

from decimal import Decimal
from typing import Any

from api.trials.house import House
from federation.matching import inference, taxonomy
from federation.matching.profiles import OPEN, Need, Offer
from federation.matching.text import analyse
from huiguan.tenancy.binding import in_chamber
from tenants.exchange.models import Listing

LONGEST_TITLE, LONGEST_TEXT = 40, 600
MOST_SLOTS = 32_000


def publish(house: House, one: Need | Offer) -> str:
    """Write it in its chamber and publish it through the chamber's own move. Returns the listing's key."""
    federation = house.federation
    assert federation is not None, "the house is open"
    with in_chamber(house.chambers[one.chamber]):
        listing = Listing(**_fields(house, one))
        listing.full_clean(exclude=["unit"])  # a set may count in units that the form does not offer
        listing.save()
        listing.publish(federation=(federation.pk, federation.name), version=0)
        if one.status != OPEN:
            listing.withdraw()
    return str(listing.pk)


def _fields(house: House, one: Need | Offer) -> dict[str, Any]:
    starts_on, ends_on = sorted((one.starts_on, one.ends_on))
    readers = one.visible_to
    return {
        "title": one.title[:LONGEST_TITLE],
        "text": f"{one.title[LONGEST_TITLE:]}{one.text}"[:LONGEST_TEXT],
        "unit": one.unit[:20],
        "starts_on": starts_on,
        "ends_on": ends_on,
        "visibility": Listing.Visibility.FEDERATION if readers is None else Listing.Visibility.SELECTED,
        "chosen": house.keys(readers or ()),
        **(_of_need(one) if isinstance(one, Need) else _of_offer(one)),
    }


def _of_need(need: Need) -> dict[str, Any]:
    """A category that the house does not know is none: the words decide."""
    return {
        "kind": Listing.Kind.NEED,
        "category": need.category if need.category in taxonomy.categories() else "",
        "regions": [need.region],
        "region_hard": need.region_hard,
        "quantity": _amount(need.quantity),
        "price": _amount(need.budget),
    }


def _of_offer(offer: Offer) -> dict[str, Any]:
    return {
        "kind": Listing.Kind.OFFER,
        "category": _category(offer),
        "regions": list(offer.regions),
        "quantity": _amount(offer.capacity),
        "price": _amount(offer.price),
        "slots": min(max(offer.slots, 0), MOST_SLOTS),
    }


def _category(offer: Offer) -> str:
    """An offer must have one: the secretary would choose the nearest that there is."""
    if offer.category in taxonomy.categories():
        return offer.category
    guess, _sureness = inference.guess(analyse(offer.title, offer.text), offer.unit)
    family = taxonomy.family(offer.category)
    near = [code for code in taxonomy.categories() if taxonomy.family(code) == family]
    return max(near or taxonomy.categories(), key=lambda code: (guess.get(code, 0.0), code))


def _amount(told: Decimal | None) -> Decimal | None:
    return None if told is None else round(told, 2)
