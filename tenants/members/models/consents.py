"""What a member agreed to, for which purpose, until withdrawn.

[T12; Personal Information Protection Law, articles 14, 15, 23]
"""

import datetime
from collections.abc import Mapping
from typing import ClassVar

from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.personal import Erased, OnErasure, Personal
from huiguan.records import Merged
from tenants.members.models.members import Member, OfMember


class Consent(OfMember):
    """Separate for each purpose. Nothing about a member leaves the chamber without a live one."""

    class Purpose(models.TextChoices):
        MATCHING = "matching", _("Needs and offers in a federation")
        PARTNERS = "partners", _("Partners that the chamber let in")

    when_merged = Merged.ONE_STAYS
    personal: ClassVar[Mapping[str, Personal]] = {"given_by": Personal.NAME}
    erasure = OnErasure(Erased.BLANKED, also=("evidence",))

    member = models.ForeignKey(Member, models.CASCADE, related_name="consents", verbose_name=_("member"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    given_on = models.DateField(_in("consent", "given"), default=localdate)
    contact = models.ForeignKey(
        "members.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="consents",
        verbose_name=_("contact"),
    )
    given_by = models.CharField(_("given by"), max_length=40)
    evidence = models.CharField(_("how"), max_length=200, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose"], condition=models.Q(withdrawn_on=None), name="one_live_consent_per_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.given_on:%Y-%m-%d}"

    @transaction.atomic
    def withdraw(self, on: datetime.date | None = None) -> None:
        """From now on; whatever stands on it ends in the same moment."""
        from tenants.members.consenting import end_everything

        self.withdrawn_on = on or localdate()
        self.save(verb="withdraw")
        end_everything(self.purpose, self.member)


def shown_to_partners(members: "models.QuerySet[Member]") -> "models.QuerySet[Member]":
    """Members with a live consent for partners; the others do not exist for a partner."""
    live = Consent.objects.filter(member=models.OuterRef("pk"), purpose=Consent.Purpose.PARTNERS, withdrawn_on=None)
    return members.filter(models.Exists(live), status=Member.Status.ACTIVE)
