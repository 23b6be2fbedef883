"""Jobs of the exchange."""

import datetime
from uuid import UUID

from django.utils.timezone import now

from federation.matching.searching import newly_published
from federation.registry.items import Item
from federation.registry.queries import members
from huiguan.celery import chamber_task, site_task
from tenants.exchange.looking import look

WITHIN = datetime.timedelta(minutes=15)


@site_task
def tell_news() -> int:
    """Where something was published lately, each chamber that takes part looks for itself. Returns how many."""
    federations = newly_published(since=now() - WITHIN)
    chambers = {member.chamber_id for key in federations for member in members(key, Item.MATCHING)}
    return sum(1 for pk in chambers if tell_news_of.delay(str(pk)))


@chamber_task
def tell_news_of(chamber_id: str) -> int:
    return len(look(chamber_id=UUID(chamber_id)))
