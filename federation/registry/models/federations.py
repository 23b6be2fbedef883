"""A federation 联合会: chambers that agreed to share some things."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import SharedRecord
from huiguan.tenancy.models import SLUG


class Federation(SharedRecord):
    """Led by a chamber or by a team of coordinators. Its slug is its address; both are given out once."""

    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    slug = models.CharField(_("address"), max_length=30, unique=True, validators=[SLUG])
    description = models.TextField(_("about the federation"), max_length=2000, blank=True)
    lead_chamber_id = models.UUIDField(null=True, blank=True)
    accent = models.CharField(_("colour"), max_length=7, default="#1d4e89")

    class Meta:
        verbose_name = _("federation")
        verbose_name_plural = _("federations")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name
