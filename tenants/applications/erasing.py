"""Applications that came to nothing are erased when their time is over, with the messages about them. [PIPL 19, 47]"""

import datetime
from typing import Any

from django.db import transaction

from huiguan import trail
from huiguan.deliveries.models import Delivery
from huiguan.months import months_after
from tenants.applications.models import Application, Reception


@transaction.atomic
def erase_all(due: Any) -> int:
    """The trail keeps that there was one, and no word of a person."""
    trail.take_turn()
    keys = list(due.values_list("pk", flat=True))
    _erase_messages(keys)
    due.delete()
    return len(keys)


@transaction.atomic
def erase(application: Application) -> None:
    """One at the wish of the applicant, before its time."""
    trail.take_turn()
    _erase_messages([application.pk])
    application.delete()


def last_day_of(ended_on: datetime.date) -> datetime.date:
    """The last day on which an application that ended is kept."""
    return months_after(ended_on, Reception.current().months_kept)


def _erase_messages(keys: list[Any]) -> None:
    Delivery.objects.filter(record_label=Application._meta.label, record_id__in=keys).delete()
