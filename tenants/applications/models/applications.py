"""An application to become a member 入会申请: what the applicant said of itself, and how far it has come. [S1]"""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedCharField, EncryptedEmailField
from huiguan.credit_codes import CREDIT_CODE
from huiguan.personal import Erased, OnErasure, Personal, mask
from huiguan.records import Record, RecordQuerySet
from tenants.applications.models.progress import Progress

FACTS = (
    "kind", "name", "credit_code", "legal_representative", "industry", "business_scope", "native_place", "region",
    "address", "referrer",
)  # fmt: skip
OF_THE_PERSON = ("contact_name", "contact_role", "contact_phone", "contact_email")


class ApplicationQuerySet(RecordQuerySet):
    """Questions to the applications."""

    def underway(self) -> "ApplicationQuerySet":
        """Neither decided against nor a member yet."""
        return self.filter(status__in=Application.UNDERWAY)

    def to_erase(self, before: datetime.date) -> "ApplicationQuerySet":
        """Refused or withdrawn before a day: nothing justifies to keep them any longer."""
        return self.filter(status__in=Application.ENDED, ended_on__lt=before)


class Application(Progress, Record):
    """One applicant. What identifies a person stands in the record alone, so that it can be erased. [PIPL 47]"""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        INDIVIDUAL = "individual", _("Individual")
        HOUSEHOLD = "household", _("Household")
        GROUP = "group", _("Group member")

    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {
        *OF_THE_PERSON, "name", "legal_representative", "native_place", "address", "referrer", "motive", "consent_text",
        "form_key", "stepped_on",
    }  # fmt: skip
    personal: ClassVar[Mapping[str, Personal]] = {
        "contact_name": Personal.NAME, "legal_representative": Personal.NAME, "referrer": Personal.NAME,
        "contact_phone": Personal.CONTACT, "contact_email": Personal.CONTACT,
    }  # fmt: skip
    erasure = OnErasure(Erased.GONE)
    move_forms: ClassVar[dict[str, str]] = {
        "ask": "tenants.applications.forms.steps.QuestionForm",
        "approve": "tenants.applications.forms.steps.ApprovalForm",
        "refuse": "tenants.applications.forms.steps.RefusalForm",
        "withdraw": "tenants.applications.forms.steps.WithdrawalForm",
    }

    kind = models.CharField(_("kind of member"), max_length=12, choices=Kind, default=Kind.ENTERPRISE)
    name = models.CharField(_("name"), max_length=120)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True, validators=[CREDIT_CODE])
    legal_representative = models.CharField(_("legal representative"), max_length=40, blank=True)
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    business_scope = models.TextField(_("what the firm does"), max_length=1000, blank=True)
    native_place = models.CharField(_("native place"), max_length=40, blank=True)
    region = models.CharField(_("district"), max_length=40, blank=True)
    address = models.CharField(_in("of a member", "address"), max_length=200, blank=True)
    referrer = models.CharField(_("introduced by"), max_length=60, blank=True)
    motive = models.TextField(_("why you would like to join"), max_length=1000, blank=True)
    contact_name = models.CharField(_("contact"), max_length=40)
    contact_role = models.CharField(_in("in a firm", "role"), max_length=40, blank=True)
    contact_phone = EncryptedCharField(_("mobile"), max_length=30, is_searched=True)
    contact_email = EncryptedEmailField(_("e-mail"), blank=True, is_searched=True)
    agreed = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    consent_text = models.TextField(_("what was agreed to"), blank=True, editable=False)
    consented_at = models.DateTimeField(_("agreed at"), null=True, editable=False)
    is_own = models.BooleanField(_("by the form"), default=False, editable=False)
    language = models.CharField(max_length=10, blank=True, editable=False)
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    opinion = models.TextField(_("opinion of the secretariat"), max_length=1000, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ApplicationQuerySet)()

    class Meta:
        verbose_name = _in("to become a member", "application")
        verbose_name_plural = _in("to become a member", "applications")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["credit_code"], name="applications_by_code", condition=~models.Q(credit_code="")),
            models.Index(fields=["ended_on"], name="applications_to_erase", condition=~models.Q(ended_on=None)),
        ]

    def __str__(self) -> str:
        return self.name

    def trail_text(self) -> str:
        """A person's name goes when the application is erased."""
        return mask(Personal.NAME, self.name) if self.kind == self.Kind.INDIVIDUAL else self.name

    def facts(self) -> dict[str, Any]:
        """As the fields of a member."""
        return {name: getattr(self, name) for name in FACTS}

    def person(self) -> dict[str, str]:
        """As the fields of a member's contact."""
        return {name.removeprefix("contact_"): getattr(self, name) for name in OF_THE_PERSON}

    def alike(self) -> Any:
        """Other applications that may be of the same applicant, those that ended among them."""
        same = models.Q(name=self.name) | models.Q(contact_phone=self.contact_phone)
        same |= models.Q(credit_code=self.credit_code) if self.credit_code else models.Q()
        return Application.objects.filter(same).exclude(pk=self.pk).order_by("-id")

    def erased_on(self) -> datetime.date | None:
        """The day from which an application that ended is gone."""
        from tenants.applications.erasing import last_day_of

        return last_day_of(self.ended_on) if self.ended_on and self.status in self.ENDED else None

    erased_on.short_description = _("will be erased on")  # type: ignore[attr-defined]

    @property
    def days_waiting(self) -> int:
        """Since anything last happened to it."""
        return (localdate() - self.stepped_on).days if self.stepped_on else 0
