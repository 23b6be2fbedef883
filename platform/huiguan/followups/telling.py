"""Who may own a follow-up, and how they learn of it."""

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiguan.accounts.staff import Colleague, colleagues
from huiguan.actors import current_actor
from huiguan.deliveries.actions import notify
from huiguan.deliveries.models import Notice
from huiguan.tenancy.binding import bound_chamber

if TYPE_CHECKING:
    from huiguan.followups.models import FollowUp


def possible_owners() -> list[Colleague]:
    """Those who may also report it as done."""
    chamber = bound_chamber()
    return [each for each in colleagues(chamber) if each.can("followups.change")]


def owner_of(person_id: uuid.UUID) -> Colleague:
    found = next((each for each in possible_owners() if each.person_id == person_id), None)
    if found is None:
        raise ValidationError(_("This person has no role in the chamber with which follow-ups are done."))
    return found


def tell_owner(follow_up: "FollowUp") -> None:
    """Nobody is told what they took on themselves."""
    who = current_actor()
    if follow_up.owner_id == who.person_id:
        return
    lines = [follow_up.title, _("About: {record}").format(record=follow_up.record_text), follow_up.why]
    lines.append(_("Due: {day}").format(day=date_format(follow_up.due_on, "DATE_FORMAT")))
    subject = _("{name} hands you a task: {title}").format(name=who.name, title=follow_up.title)
    notify(
        about=follow_up,
        person_id=follow_up.owner_id,
        notice=Notice.NEW_TASK,
        subject=subject,
        body="\n".join(filter(None, lines)),
    )
