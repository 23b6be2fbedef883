"""What a chamber published of itself in a federation's directory."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.registry.models.federations import Federation
from federation.registry.models.memberships import Membership
from federation.registry.models.places import InRegion
from huiguan.records import SharedRecord
from huiguan.tenancy.models import Chamber


class Profile(InRegion, SharedRecord):
    """Exists only while the chamber is a member and shares the item `directory`. Its words are kept in no trail."""

    trail_excludes: ClassVar[frozenset[str]] = SharedRecord.trail_excludes | {
        "introduction", "strengths", "website", "contact_name", "contact_phone"
    }  # fmt: skip

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="+", verbose_name=_("federation"))
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="profile", verbose_name=_("chamber"))
    kind = models.CharField(_("kind"), max_length=20, choices=Chamber.Kind)
    introduction = models.TextField(_("about the chamber"), max_length=2000)
    strengths = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("strengths"))
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("office telephone"), max_length=30, blank=True)
    published_at = models.DateTimeField(_("published at"), default=now)

    class Meta:
        verbose_name = _("directory entry")
        verbose_name_plural = _("directory")
        ordering = ["membership__joined_on", "id"]

    def __str__(self) -> str:
        return self.membership.chamber_name
