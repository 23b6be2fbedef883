"""When members are reminded of what is due, by which channels, in which words. [002 §3 提前提醒]"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as _in

from huiguan.blanks import asks_for, unknown
from huiguan.deliveries.models.channels import TO_A_PERSON
from huiguan.records import Record, RecordQuerySet

FILLED_IN = frozenset({"chamber", "member", "title", "amount", "due", "code", "days", "link"})


def by_mail() -> list[str]:
    return ["email"]


class ReminderRuleQuerySet(RecordQuerySet):
    """Questions to the rules."""

    def active(self) -> "ReminderRuleQuerySet":
        return self.filter(is_active=True)


class ReminderRule(Record):
    """One reminder. `days` counts from the due day: -30 is a month before it, 7 a week after."""

    name = models.CharField(_in("of a reminder", "name"), max_length=40)
    days = models.SmallIntegerField(_("days from the due day"), help_text=_("Before it: a negative number."))
    channels = ArrayField(
        models.CharField(max_length=10, choices=TO_A_PERSON), default=by_mail, verbose_name=_("channels")
    )
    subject = models.CharField(_in("of a message", "subject"), max_length=100)
    body = models.TextField(
        _in("of a message", "text"),
        max_length=1000,
        help_text=_(
            "In braces, these are filled in: member, title, amount, due, code, days (late), chamber, "
            "link (to the member's own page, to pay there)."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReminderRuleQuerySet)()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["days", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Words in braces that nobody fills in are found when they are written, not when they are sent."""
        for text in (self.subject, self.body):
            for word in unknown(text, FILLED_IN):
                raise ValidationError(_now("Nobody fills in {place}.").format(place=word))

    def when(self) -> str:
        """`days` in words: nobody reads a month before in “-30”."""
        if not self.days:
            return _now("on the due day")
        before = ngettext("{days} day before", "{days} days before", -self.days)
        after = ngettext("{days} day after", "{days} days after", self.days)
        return (before if self.days < 0 else after).format(days=abs(self.days))

    when.short_description = _in("of a reminder", "when")  # type: ignore[attr-defined]

    @property
    def has_link(self) -> bool:
        return asks_for(self.body, "link")
