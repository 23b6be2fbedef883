"""A contact's link to the pages of their member: until when, whether it still holds, when it was last used."""

import datetime
import hashlib
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.deliveries.models import Channel
from huiguan.personal import Erased, OnErasure
from huiguan.records import Merged, Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move

LIFE = datetime.timedelta(days=30)
SEALED = ("name", "phone", "email")  # who has another of these is another person, or was reached at a wrong address


def end_of_life() -> datetime.datetime:
    return now() + LIFE


class LinkQuerySet(RecordQuerySet):
    """Questions to the links."""

    def live(self) -> "LinkQuerySet":
        """As far as the database can tell; `is_live` also asks whether the contact is still the same."""
        return self.filter(status=Link.Status.LIVE, expires_at__gt=now())


class Link(Stateful, Record):
    """One for each contact. It ends when its time is over, when it is revoked, and when the contact is another."""

    class Status(models.TextChoices):
        LIVE = "live", _in("link", "Works")
        REVOKED = "revoked", _in("link", "Revoked")

    status_levels: ClassVar[dict[str, str]] = {"live": "success", "revoked": "neutral"}
    when_merged = Merged.FOLLOWS
    erasure = OnErasure(Erased.GONE)
    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"seal", "openings"}

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="links", verbose_name=_("member"))
    contact = models.ForeignKey("members.Contact", models.CASCADE, related_name="links", verbose_name=_("contact"))
    expires_at = models.DateTimeField(_("works until"), default=end_of_life, editable=False)
    opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)
    openings = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    seal = models.JSONField(default=dict, editable=False)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.LIVE, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(LinkQuerySet)()

    class Meta:
        verbose_name = _("member's link")
        verbose_name_plural = _("members' links")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(status="live"), name="one_live_link_for_a_contact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.contact.name}"

    def trail_text(self) -> str:
        return str(self.member)

    @property
    def is_live(self) -> bool:
        in_time = self.status == self.Status.LIVE and self.expires_at > now()
        is_theirs = self.contact.member_id == self.member_id and self.member.status == "active"
        return in_time and is_theirs and self._is_the_same_person()

    def address(self) -> str:
        from huiguan.own.actions import address_of

        return address_of(self)

    def bind(self, *only: str) -> None:
        """To the contact as they are now; or to some of what they are known by, the rest stays as it was."""
        self.seal = {**self.seal, **{n: self._digest(getattr(self.contact, n)) for n in only or SEALED if n in SEALED}}

    def open(self) -> None:
        """It was used; told in the trail under whoever acts."""
        self.opened_at, self.openings = now(), self.openings + 1
        self.save(verb="opened", update_fields=["opened_at", "openings"])

    @move(Status.LIVE, to=None, permission="own.send", label=_("Send by text message"))
    def send_as_text(self) -> Facts:
        return self._send(Channel.SMS)

    @move(Status.LIVE, to=None, permission="own.send", label=_("Send by e-mail"))
    def send_as_mail(self) -> Facts:
        return self._send(Channel.EMAIL)

    @move(Status.LIVE, to=None, permission="own.send", label=_("Thirty more days"))
    def prolong(self) -> Facts:
        """From today; bound to the contact as they are now."""
        self.member_id = self.contact.member_id
        self.expires_at = end_of_life()
        self.bind()
        return None

    @move(Status.LIVE, to=Status.REVOKED, permission="own.send", label=_("Revoke"), danger=True)
    def revoke(self) -> Facts:
        """It works no more, also where it is open at this moment."""
        return None

    def how_long(self) -> str:
        """What the chamber should know before it relies on it."""
        if self.status == self.Status.REVOKED:
            return str(self.Status.REVOKED.label)
        return str(_("Works")) if self.is_live else str(_in("link", "Ended"))

    def contact_name(self) -> str:
        return self.contact.name

    how_long.short_description = _("status")  # type: ignore[attr-defined]
    contact_name.short_description = _("contact")  # type: ignore[attr-defined]

    def _send(self, channel: Channel) -> Facts:
        from huiguan.own.actions import send

        return {"channel": channel.label, "status": send(self, channel=channel).get_status_display()}

    def _is_the_same_person(self) -> bool:
        """Something added is no other person; something changed may be."""
        empty = self._digest("")
        known = ((self.seal.get(name, empty), self._digest(getattr(self.contact, name))) for name in SEALED)
        return all(before in (empty, after) for before, after in known)

    def _digest(self, text: str) -> str:
        return hashlib.sha256(f"{self.pk}\n{text}".encode()).hexdigest()[:16] if text else ""
