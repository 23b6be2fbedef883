"""A mailing: the links of many members' contacts, sent for one of the own pages; who has not answered is seen."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, Stateful, move
from huiguan.together import own_pages


def page_named(url: str) -> str:
    """In the words of the portal; whoever is sent nowhere begins on its first page."""
    found = next((page for page in own_pages() if page.url == url), None)
    return str(found.label if found else _("All my pages"))


class Mailing(Stateful, Record):
    """What is written to whom stands before the first goes out."""

    class By(models.TextChoices):
        SMS = "sms", _in("mailing", "Text message")
        EMAIL = "email", _in("mailing", "E-mail")
        EITHER = "either", _in("mailing", "Text message, or e-mail where there is no mobile number")

    class Whom(models.TextChoices):
        FIRST = "first", _("The first contact of each member who can be reached")
        ALL = "all", _("Every contact who can be reached")

    class Status(models.TextChoices):
        SENDING = "sending", _in("mailing", "Being sent")
        SENT = "sent", _in("mailing", "Sent")
        STOPPED = "stopped", _in("mailing", "Stopped")

    trail_words: ClassVar[TrailWords] = {"to": page_named}
    status_levels: ClassVar[dict[str, str]] = {"sending": "info", "sent": "success", "stopped": "neutral"}

    to = models.CharField(_("opens the page"), max_length=60, blank=True)
    words = models.TextField(_("what it says"), max_length=300, blank=True)
    channel = models.CharField(_in("mailing", "by"), max_length=6, choices=By, default=By.EITHER)
    whom = models.CharField(_("to whom"), max_length=5, choices=Whom, default=Whom.FIRST)
    round = models.PositiveSmallIntegerField(_("times sent"), default=1, editable=False)
    number = models.PositiveIntegerField(_("members"), default=0, editable=False)
    by = models.CharField(_in("mailing", "by whom"), max_length=40, editable=False)
    by_id = models.UUIDField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.SENDING, editable=False)

    class Meta:
        verbose_name = _("mailing of links")
        verbose_name_plural = _("mailings of links")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.page_label()} · {self.created_at:%Y-%m-%d}"

    def page_label(self) -> str:
        return page_named(self.to)

    page_label.short_description = _("opens the page")  # type: ignore[attr-defined]

    @move(Status.SENDING, to=Status.SENT, permission="own.send", label=_in("mailing", "Sent"))
    def finish(self) -> Facts:
        return {"round": self.round}

    @move(Status.SENDING, to=Status.STOPPED, permission="own.send", label=_in("mailing", "Stop"), danger=True)
    def stop(self) -> Facts:
        """What has gone out has gone out; the others are not written to."""
        return None

    @move(Status.SENT, Status.STOPPED, to=Status.SENDING, permission="own.send", label=_("Remind those who are silent"))
    def remind(self) -> Facts:
        """Once more to those who could be reached and have not answered."""
        from huiguan.own.mailing import call_again

        self.round += 1
        return {"members": call_again(self)}


class InvitedQuerySet(RecordQuerySet):
    """Questions to those who were written to."""

    def waiting(self) -> "InvitedQuerySet":
        return self.filter(outcome=Invited.Outcome.WAITING)


class Invited(Record):
    """One contact of a mailing; without a contact, a member of whom nobody can be reached."""

    is_trailed = False  # the mailing and each delivery are told

    class Outcome(models.TextChoices):
        WAITING = "waiting", _in("invited", "Not sent yet")
        SENT = "sent", _in("invited", "Sent")
        UNREACHABLE = "unreachable", _("No address")

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="invited")
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="invited", verbose_name=_("member"))
    contact = models.ForeignKey("members.Contact", models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=11, choices=Outcome, default=Outcome.WAITING)
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(InvitedQuerySet)()

    class Meta:
        verbose_name = _("invited contact")
        verbose_name_plural = _("invited contacts")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.member)
