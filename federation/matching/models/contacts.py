"""The contacts that two sides give each other, for one introduction."""

from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.interests import ExpressionOfInterest
from huiguan.records import SharedRecord


class ContactDisclosure(SharedRecord):
    """A contact that one side gave for one introduction. Its words are in no trail and on no coordinator's page."""

    trail_excludes: ClassVar[frozenset[str]] = SharedRecord.trail_excludes | {"contact_name", "contact_phone"}

    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="disclosures")
    chamber_id = models.UUIDField()
    contact_name = models.CharField(_("contact"), max_length=40)
    contact_phone = models.CharField(_("telephone"), max_length=30)
    disclosed_at = models.DateTimeField(_("given"), default=now)

    class Meta:
        verbose_name = _("contact given")
        verbose_name_plural = _("contacts given")
        constraints = [models.UniqueConstraint(fields=["interest", "chamber_id"], name="a_side_gives_one_contact")]

    def __str__(self) -> str:
        return str(self.interest)
