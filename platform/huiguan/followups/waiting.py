"""Follow-ups in the task list of their owner."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.followups.models import FollowUp

SOON = datetime.timedelta(days=3)


def mine(actor: Actor) -> Iterator[Item]:
    """The task list itself marks what is late."""
    soon = localdate() + SOON
    for each in FollowUp.objects.open_of(actor.person_id):
        url = reverse("followups-followup-detail", args=[each.pk])
        level = "due" if each.due_on <= soon else "waiting"
        yield Item(each.title, url, why=each.record_text, due=each.due_on, level=level, action_label=_("Report"))
