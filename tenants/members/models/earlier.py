"""A membership that ended before the member was admitted again."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import Record
from tenants.members.models.belonging import Belonging, Why
from tenants.members.models.members import Member


class EarlierMembership(Record):
    """From when to when, and why it ended."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="earlier", verbose_name=_("member"))
    joined_on = models.DateField(_("joined"), null=True, blank=True)
    joined_precision = models.CharField(
        _("known to the"), max_length=5, choices=Belonging.Precision, default=Belonging.Precision.DAY
    )
    left_on = models.DateField(_("left"))
    left_why = models.CharField(_("kind of reason"), max_length=10, choices=Why, blank=True)
    left_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True)
    resolution = models.CharField(_("resolution"), max_length=120, blank=True)
    was_removed = models.BooleanField(_("removed"), default=False)

    class Meta:
        verbose_name = _("earlier membership")
        verbose_name_plural = _("earlier memberships")
        ordering = ["-left_on", "-id"]

    def __str__(self) -> str:
        return f"{self.member} · {self.left_on:%Y-%m-%d}"

    @staticmethod
    def covering(day: Any) -> models.Q:
        """Those that held on a day; an entry date that is unknown is no limit."""
        return (models.Q(joined_on=None) | models.Q(joined_on__lte=day)) & models.Q(left_on__gt=day)
