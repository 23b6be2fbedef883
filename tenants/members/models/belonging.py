"""Since when a member belongs to the chamber, how it left, and that it came back. [S1 退会、除名]"""

import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.states import Facts, Stateful, move


class Why(models.TextChoices):
    """Why a membership ends; more can be said in words."""

    OWN_WISH = "own_wish", _("At its own wish")
    CLOSED = "closed", _("The firm was closed")
    MOVED = "moved", _("Moved away")
    BUSINESS = "business", _("Other business now")
    DUES = "dues", _("Dues not paid")
    CHARTER = "charter", _("Against the charter")
    DIED = "died", _("Died")
    OTHER = "other", _in("reason for leaving", "Other")


class Belonging(Stateful):
    """One membership at a time; those that ended before it are kept beside it."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Member")
        LEFT = "left", _("Left")
        REMOVED = "removed", _("Removed")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    status = models.CharField(_("membership"), max_length=10, choices=Status, default=Status.ACTIVE, editable=False)
    joined_on = models.DateField(_("joined"), null=True, blank=True)
    joined_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, default=Precision.DAY)
    left_on = models.DateField(_("left"), null=True, blank=True, editable=False)
    left_why = models.CharField(_("kind of reason"), max_length=10, choices=Why, blank=True, editable=False)
    left_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True, editable=False)
    resolution = models.CharField(_("resolution"), max_length=120, blank=True, editable=False)

    class Meta:
        abstract = True

    @move(
        Status.ACTIVE, to=Status.LEFT, permission="members.change", label=_("Record that the member left"), danger=True
    )
    def leave(self, *, reason: str, why: str = Why.OTHER, on: datetime.date | None = None) -> Facts:
        """At its own wish or because it is no more: its positions and places in groups end with it."""
        return self._end(on or localdate(), why, reason)

    @move(
        Status.ACTIVE,
        to=Status.REMOVED,
        permission="members.remove",
        label=_("Remove by resolution"),
        danger=True,
        description=_("Only after the body that decides on it has resolved so, by the charter."),
    )
    def remove(self, *, why: str, resolution: str, reason: str, on: datetime.date | None = None) -> Facts:
        """除名: `resolution` names the body, its meeting and the number of what it decided."""
        self.resolution = resolution
        return {**self._end(on or localdate(), why, reason), "resolution": resolution}

    @move(Status.LEFT, Status.REMOVED, to=Status.ACTIVE, permission="members.change", label=_("Readmit"))
    def readmit(self, *, on: datetime.date | None = None) -> Facts:
        """A new membership begins; the one that ended is kept."""
        self._refuse_second_code()
        names = ("joined_on", "joined_precision", "left_on", "left_why", "left_reason", "resolution")
        kept = {name: getattr(self, name) for name in names}
        _objects("EarlierMembership").create(member=self, was_removed=self.status == self.Status.REMOVED, **kept)
        self.joined_on, self.joined_precision, self.left_on = on or localdate(), self.Precision.DAY, None
        self.left_why = self.left_reason = self.resolution = ""
        return None

    def joined(self) -> str:
        """As precisely as it is known: a year, a month or a day."""
        if self.joined_on is None:
            return ""
        pattern = {"year": _now("{d:%Y}"), "month": _now("{d:%Y-%m}")}.get(self.joined_precision, _now("{d:%Y-%m-%d}"))
        return pattern.format(d=self.joined_on)

    joined.short_description = _in("member", "Joined")  # type: ignore[attr-defined]

    def _end(self, on: datetime.date, why: str, reason: str) -> dict[str, Any]:
        if self.joined_on and on < self.joined_on:
            said = _now("It joined on {day} only: it cannot have left before.")
            raise ValidationError(said.format(day=f"{self.joined_on:%Y-%m-%d}"))
        self.left_on, self.left_why, self.left_reason = on, why, reason
        self._lay_down_duties(on)
        return {"why": why, "reason": reason}

    def _lay_down_duties(self, on: datetime.date) -> None:
        """Who is no member holds no position, leads no group and presides no more."""
        positions, places, turns = (_objects(name) for name in ("Position", "GroupPlace", "Turn"))
        positions.held(on).filter(member=self).update(ends_on=on)
        places.filter(member=self, left_on=None).update(left_on=on, is_leader=False, represents=False)
        turns.filter(member=self, starts_on__gt=on).delete()

    def _refuse_second_code(self) -> None:
        mine: Any = self
        others = type(mine).objects.active().filter(credit_code=mine.credit_code).exclude(pk=mine.pk)
        if mine.credit_code and (other := others.first()):
            said = _now("“{name}” is a member with the same credit code: merge the two instead.")
            raise ValidationError(said.format(name=other))


def _objects(name: str) -> Any:
    """Of a model that points to members."""
    return apps.get_model(f"members.{name}").objects
