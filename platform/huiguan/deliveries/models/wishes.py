"""What people want to be sent: opt-outs of anyone outside, and what colleagues want to hear by which channel."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Left
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedCharField
from huiguan.ciphers.values import HEAD
from huiguan.deliveries import purposes
from huiguan.deliveries.addresses import mail_address, masked, mobile_number
from huiguan.deliveries.models.channels import TO_A_PERSON, Channel
from huiguan.deliveries.purposes import Purpose, refusable
from huiguan.personal import Erased, OnErasure, Personal
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class OptOutQuerySet(RecordQuerySet):
    """Questions about opt-outs."""

    def against(self, *, channel: str, address: str, purpose: Purpose) -> "OptOutQuerySet":
        """Those that keep a message of this purpose from this address; none where the law wants it told."""
        if not purpose.may_be_refused:
            return self.none()
        stands = self.filter(status=OptOut.Status.STANDS, channel=channel, address=address)
        return stands.filter(purpose__in=["", purpose.name])


class OptOut(Stateful, Record):
    """Somebody wants no messages of one purpose, or none of any that can be refused, at an address."""

    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"address"}

    class Status(models.TextChoices):
        STANDS = "stands", _("Wants none")
        WITHDRAWN = "withdrawn", _("Wants them again")

    personal: ClassVar[Mapping[str, Personal]] = {"name": Personal.NAME, "address": Personal.CONTACT}
    erasure = OnErasure(Erased.STAYS, _("So that nobody writes to this address again."))

    channel = models.CharField(_("channel"), max_length=10, choices=TO_A_PERSON)
    address = EncryptedCharField(_in("message", "address"), max_length=254, is_searched=True)
    purpose = models.CharField(_("purpose"), max_length=60, choices=refusable, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_own_doing = models.BooleanField(_("by the recipient"), default=False, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.STANDS, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(OptOutQuerySet)()

    class Meta:
        verbose_name = _("opt-out")
        verbose_name_plural = _("opt-outs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "channel",
                Left("address", HEAD),  # what encrypted forms of the same address begin with
                "purpose",
                condition=models.Q(status="stands"),
                name="an_opt_out_is_said_once",
            ),
        ]

    def trail_text(self) -> str:
        return str(self.purpose_label())

    def __str__(self) -> str:
        return f"{self.name or self.masked_address()} · {self.purpose_label()}"

    def clean(self) -> None:
        self.address = normalised(self.channel, self.address) if self.channel else ""
        if not self.address:
            raise ValidationError({"address": _now("Enter an e-mail address, or a mainland mobile number.")})
        same = {"channel": self.channel, "address": self.address, "purpose": self.purpose, "status": self.Status.STANDS}
        if OptOut.objects.filter(**same).exclude(pk=self.pk).exists():
            raise ValidationError(_now("This opt-out is entered already."))

    def masked_address(self) -> str:
        return masked(self.address)

    def purpose_label(self) -> str:
        return str(self.get_purpose_display()) if self.purpose else _now("everything that can be refused")

    @move(Status.STANDS, to=Status.WITHDRAWN, permission="deliveries.change", label=_("Wants them again"))
    def withdraw(self) -> Facts:
        return None

    masked_address.short_description = _in("message", "address")  # type: ignore[attr-defined]
    purpose_label.short_description = _("purpose")  # type: ignore[attr-defined]


class Notice(models.TextChoices):
    """What a colleague may be told of their own work."""

    NEW_TASK = purposes.NEW_TASK.name, _("A task was handed to me")
    OVERDUE = purposes.OVERDUE.name, _("Every morning: what of mine is overdue")
    ARRIVAL = purposes.ARRIVAL.name, _("Something came in from outside: an application, a correction, a wish")


class Preference(Record):
    """By which channels one colleague hears one notice. Without a row: by e-mail."""

    person_id = models.UUIDField()
    notice = models.CharField(_("notice"), max_length=60, choices=Notice)
    channels = models.JSONField(_("channels"), default=list)

    class Meta:
        verbose_name = _("notification wish")
        verbose_name_plural = _("notification wishes")
        constraints = [models.UniqueConstraint(fields=["person_id", "notice"], name="one_wish_per_notice")]

    def __str__(self) -> str:
        return str(self.get_notice_display())

    @classmethod
    def channels_for(cls, person_id: uuid.UUID, notice: str) -> list[str]:
        said = cls.objects.filter(person_id=person_id, notice=notice).first()
        return [Channel.EMAIL.value] if said is None else list(said.channels)


def normalised(channel: str, address: str) -> str:
    """As it is sent to and compared; empty when nothing can be sent there."""
    return {Channel.EMAIL: mail_address, Channel.SMS: mobile_number}.get(Channel(channel), str.strip)(address)
