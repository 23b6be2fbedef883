"""By what means a chamber sends: how it signs, when it is quiet, its approved text messages, its robots."""

import datetime
import hashlib
import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedCharField
from huiguan.deliveries.providers import PROVIDERS, Provider
from huiguan.deliveries.purposes import choices
from huiguan.records import Record

VARIABLE = re.compile(r"\$\{(\w+)\}")
NO_BRACKETS = RegexValidator(r"^[^\[\]【】]*$", _("Leave the brackets out: they are set when it is sent."))


class SendingSettings(Record):
    """The one row of a chamber; until it is written, what stands here."""

    place = models.CharField(max_length=5, default="house", unique=True, editable=False)
    sender_name = models.CharField(_("name of the sender"), max_length=40, blank=True)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    quiet_from = models.TimeField(_("quiet from"), default=datetime.time(21))
    quiet_until = models.TimeField(_("quiet until"), default=datetime.time(8))
    sms_signature = models.CharField(
        _("signature of text messages"), max_length=12, blank=True, validators=[NO_BRACKETS]
    )

    class Meta:
        verbose_name = _("sending settings")
        verbose_name_plural = _("sending settings")

    def __str__(self) -> str:
        return _now("Sending settings")

    @classmethod
    def current(cls) -> "SendingSettings":
        return cls.objects.first() or cls()


class ApprovedText(Record):
    """A text that the provider approved. Text messages are sent as approved, with only the variables filled in."""

    purpose = models.CharField(_("purpose"), max_length=60, choices=choices)
    code = models.CharField(_("template code"), max_length=40, validators=[RegexValidator(r"^\w+$")])
    text = models.TextField(_("approved text"), max_length=500)

    class Meta:
        verbose_name = _("approved text message")
        verbose_name_plural = _("approved text messages")
        ordering = ["purpose", "-id"]
        constraints = [models.UniqueConstraint(fields=["purpose", "code"], name="an_approved_text_is_named_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.code}"

    @classmethod
    def newest_for(cls, purpose: str) -> "ApprovedText | None":
        found: ApprovedText | None = cls.objects.filter(purpose=purpose).order_by("-id").first()
        return found

    def variables(self) -> list[str]:
        return VARIABLE.findall(self.text)

    def filled(self, values: dict[str, str]) -> str:
        return VARIABLE.sub(lambda found: values[found[1]], self.text)


class Robot(Record):
    """A robot in a group chat. Who knows its address can write there: it is kept out of lists, trail and exports."""

    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"address", "secret"}

    name = models.CharField(_("name"), max_length=40)
    provider = models.CharField(_in("robot", "provider"), max_length=10, choices=Provider)
    address = EncryptedCharField(_("webhook address"), max_length=300)
    secret = EncryptedCharField(_("signing secret"), max_length=100, blank=True)
    digest = models.CharField(max_length=12, editable=False)

    class Meta:
        verbose_name = _("chat robot")
        verbose_name_plural = _("chat robots")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The trail tells that the address or the secret changed, and not what they are."""
        self.digest = hashlib.sha256(f"{self.address}\n{self.secret}".encode()).hexdigest()[:12]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Only its provider's own host, however the address is written."""
        provider = PROVIDERS.get(self.provider)
        if provider and self.address and not provider.is_address(self.address):
            said = _now("This is no address of a robot of {provider}: it begins with {start}.")
            told = said.format(provider=Provider(self.provider).label, start=provider.start)
            raise ValidationError({"address": told})

    def masked_address(self) -> str:
        return f"{self.address.partition('?')[0][:40]}…{self.address[-4:]}"

    masked_address.short_description = _("webhook address")  # type: ignore[attr-defined]


def robot_of(key: Any) -> Robot | None:
    """None once it was removed."""
    found: Robot | None = Robot.objects.filter(pk=key).first()
    return found
