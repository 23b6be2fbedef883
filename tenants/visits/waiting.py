"""What of the visits waits for a person: those to make, those to record, members nobody has seen for a year."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.visits.coverage import MONTHS, still_to_visit
from tenants.visits.models import Visit

AHEAD = datetime.timedelta(days=7)
MOST = 20


def my_visits(actor: Actor) -> Iterator[Item]:
    """This person's visits of the coming week, and those whose record is missing."""
    planned = Visit.objects.planned().of(actor.person_id).filter(on__lte=localdate() + AHEAD)
    for visit in planned.select_related("member").in_order_of_the_way()[:MOST]:
        is_ahead = visit.on > localdate()
        label = _("Look") if is_ahead else _("Record")
        url = reverse("visits-visit-detail", args=[visit.pk]) if is_ahead else reverse("visits-record", args=[visit.pk])
        yield Item(str(visit), url, visit.where() or visit.purpose[:80], visit.on, "due", label)


def unseen(actor: Actor) -> Iterator[Item]:
    """A number, with the way to plan: nothing while no visit was ever made."""
    number = still_to_visit() if Visit.objects.made().exists() else 0
    if number:
        said = ngettext("{n} member was not visited for a year", "{n} members were not visited for a year", number)
        url = f"{reverse('visits-coverage')}?unseen={MONTHS}&planned=no"
        yield Item(said.format(n=number), url, _("No visit is planned."), level="info", action_label=_("Plan visits"))
