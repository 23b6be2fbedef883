"""Tells each colleague in the morning which of their tasks are overdue, from whatever folder they come."""

import logging
from typing import Any

from django.urls import set_urlconf
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.about import CHAMBER_URLS
from huiguan.accounts.middleware import actor_for
from huiguan.accounts.models import Person
from huiguan.accounts.staff import Colleague, colleagues
from huiguan.actors import acting_as
from huiguan.deliveries.actions import notify
from huiguan.deliveries.models import Notice
from huiguan.screens.workbench import gather
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.hosts import Host, absolute_url, primary_host
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
MOST = 20  # lines of one message; the task list shows all


def tell_overdue_of(chamber: Chamber) -> int:
    """Returns how many colleagues were told. One whose tasks cannot be read does not keep the others from theirs."""
    told = 0
    set_urlconf(CHAMBER_URLS)  # the sources of the task list write links
    try:
        for person in colleagues(chamber):
            told += _tell(chamber, person)
    finally:
        set_urlconf(None)
    return told


def _tell(chamber: Chamber, person: Colleague) -> int:
    actor = actor_for(Person.objects.with_appointments().get(pk=person.person_id), Host("chamber", chamber=chamber))
    host = primary_host(chamber)
    try:
        with in_chamber(chamber):
            with acting_as(actor):
                late = [item for item in gather("chamber", actor) if item["level"] == "late"]
            return _write(person, late, host) if late else 0
    except Exception:
        log.exception("overdue tasks could not be told", extra={"person_id": str(person.person_id)})
        return 0


def _write(person: Colleague, late: list[dict[str, Any]], host: str) -> int:
    number = len(late)
    subject = ngettext("{number} task is overdue", "{number} tasks are overdue", number).format(number=number)
    lines = [f"· {item['title']}\n  {absolute_url(host, item['url'])}" for item in late[:MOST]]
    if number > MOST:
        lines.append(_("All of them: {link}").format(link=absolute_url(host, "/tasks/")))
    dedupe = f"{Notice.OVERDUE}:{person.person_id}:{localdate():%Y%m%d}"
    said = {"subject": subject, "body": "\n".join(lines), "dedupe": dedupe}
    return int(bool(notify(about=None, person_id=person.person_id, notice=Notice.OVERDUE, **said)))
