"""Who a person is in a place now, for work that they asked for and that goes on without them."""

import uuid

from huiguan.accounts.middleware import actor_for
from huiguan.accounts.models import Person
from huiguan.actors import NOBODY, Actor
from huiguan.tenancy.binding import in_site
from huiguan.tenancy.hosts import Host


def standing_of(person_id: uuid.UUID, host: Host) -> Actor:
    """With the rights that they have today, which may be fewer than when they asked; NOBODY when they are gone."""
    with in_site():
        person = Person.objects.with_appointments().filter(pk=person_id, is_active=True).first()
        return actor_for(person, host) if person else NOBODY
