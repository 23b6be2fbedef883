"""What of the reports waits for a person: that a year is over and nobody was told what it was worth."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.value.models import Report

MONTHS = (12, 1, 2)  # when a year is reported on


def waiting(actor: Actor) -> Iterator[Item]:
    today = localdate()
    year = today.year if today.month == max(MONTHS) else today.year - 1
    if today.month not in MONTHS or Report.objects.sent().filter(year=year).exists():
        return
    title, url = _("Reports of value for {year}").format(year=year), f"{reverse('value-make')}?year={year}"
    yield Item(title, url, _("Members have not been told yet"), datetime.date(year + 1, 2, 28), "due", _("Make"))
