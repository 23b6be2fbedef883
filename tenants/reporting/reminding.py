"""Tells those who answer calls that one waits: 7, 3 and 1 days before its day, and when it comes back. [F3]"""

from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.calls import queries
from federation.calls.queries import SeenCall
from huiguan.about import CHAMBER_URLS
from huiguan.deliveries.actions import announce
from huiguan.tenancy.binding import bound_chamber
from tenants.reporting.models import Answer, on_its_way

DAYS_BEFORE = (1, 3, 7)


def remind() -> int:
    """Returns how many are told. Safe to run at any time: nobody is told the same twice, whatever was restarted."""
    waiting = [c for c in queries.calls(chamber_id=bound_chamber().pk) if c.is_to_answer and not on_its_way(c.id)]
    return sum(_tell_returned(call) if call.is_returned else _tell_due(call) for call in waiting)


def _tell_due(call: SeenCall) -> int:
    """The step that is due; one that nobody worked at on its day is told on the next, not all at once."""
    left = (call.due_on - localdate()).days
    step = next((days for days in DAYS_BEFORE if left <= days), None)
    if step is None or left < 0:
        return 0
    words = _("“{call}” is to be answered by {day}")
    subject = format_lazy(words, call=call.title, day=f"{call.due_on:%Y-%m-%d}")
    return _tell(call, subject, f"reporting.reminder:{call.id}:{step}")


def _tell_returned(call: SeenCall) -> int:
    answer = Answer.objects.of(call)
    if answer.status != Answer.Status.RETURNED:
        answer.follow(call=call)
    subject = format_lazy(_("The coordinator sent back the answer to “{call}”"), call=call.title)
    return _tell(call, subject, f"reporting.returned:{call.id}:{call.version}")


def _tell(call: SeenCall, subject: Any, dedupe: str) -> int:
    url = reverse("reporting-call", args=[call.id], urlconf=CHAMBER_URLS)
    about = Answer.objects.of(call)
    return len(announce(about=about, permission="reporting.answer", subject=subject, url=url, dedupe=dedupe))
