"""What a folder calls when something was promised for one of its records."""

import datetime
import uuid

from django.db import models, transaction

from huiguan.followups.models import FollowUp
from huiguan.followups.telling import owner_of, tell_owner


@transaction.atomic
def follow_up(
    *, about: models.Model, title: str, owner_id: uuid.UUID, due_on: datetime.date, why: str = ""
) -> FollowUp:
    """Write down who will do what for a record until when; it stands in the owner's tasks, and they are told.

    Raises ValidationError for an owner who is not one of the chamber's people, or may not change anything.
    """
    owner = owner_of(owner_id)
    made = FollowUp(title=title[:120], why=why, owner_id=owner.person_id, owner=owner.name, due_on=due_on)
    made.point_to(about)
    made.save()
    tell_owner(made)
    return made
