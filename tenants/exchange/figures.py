"""Numbers of the exchange on the workbench."""

from federation.matching.queries import waiting_for
from huiguan.actors import current_actor
from tenants.exchange.models import Listing

Number = tuple[float | None, float | None]


def live_listings() -> Number:
    return float(Listing.objects.live().count()), None


def waiting_introductions() -> Number:
    chamber_id = current_actor().chamber_id
    return float(len(waiting_for(chamber_id=chamber_id))) if chamber_id else 0.0, None
