"""What of the applications waits for a person."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.applications.models import Application

MOST = 20
LONG_DAYS = 7  # without an answer, or without a look

Status = Application.Status


def to_review(actor: Actor) -> Iterator[Item]:
    """New ones to look at, questions without an answer for a week, approved ones to welcome."""
    for each in Application.objects.filter(status__in=[Status.RECEIVED, Status.APPROVED])[:MOST]:
        label = _("Welcome") if each.status == Status.APPROVED else _("Look at it")
        level = "late" if each.days_waiting > LONG_DAYS else "waiting"
        yield Item(str(each), _url(each), each.get_status_display(), level=level, action_label=label)
    for each in Application.objects.filter(status=Status.ASKED)[:MOST]:
        if each.days_waiting >= LONG_DAYS:
            days = each.days_waiting
            why = ngettext("No answer for {n} day", "No answer for {n} days", days).format(n=days)
            yield Item(str(each), _url(each), why, level="due", action_label=_("Call"))


def to_decide(actor: Actor) -> Iterator[Item]:
    """How many the council has before it."""
    number = Application.objects.filter(status=Status.SUBMITTED).count()
    if number:
        said = ngettext(
            "{n} application is before the council", "{n} applications are before the council", number
        ).format(n=number)
        url = f"{reverse('applications-application-list')}?status={Status.SUBMITTED}"
        yield Item(said, url, _("Record what was resolved."), level="info", action_label=_("Look"))


def _url(application: Application) -> str:
    return reverse("applications-application-detail", args=[application.pk])
