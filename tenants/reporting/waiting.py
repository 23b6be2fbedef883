"""What data calls want of this chamber. What is on its way is not asked again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.calls import queries
from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.reporting.models import on_its_way


def items(actor: Actor) -> Iterator[Item]:
    if actor.chamber_id is None:
        return
    for call in queries.calls(chamber_id=actor.chamber_id):
        if call.is_to_answer and not on_its_way(call.id):
            why = _("Sent back: {reason}").format(reason=call.reason) if call.reason else _("The federation asks.")
            level = "late" if call.due_on < localdate() else "due"
            yield Item(call.title, reverse("reporting-call", args=[call.id]), why, call.due_on, level, _("Answer"))
