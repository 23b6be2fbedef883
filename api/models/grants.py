"""A grant: one chamber lets one partner read or do named things until a day. Revocable at once. [A1]"""

import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.tenancy.models import Chamber

PARTNER = "partner"


class GrantQuerySet(TrailedQuerySet):
    def live(self, on: datetime.date) -> "GrantQuerySet":
        """Neither revoked nor past its last day."""
        return self.filter(revoked_at=None, expires_on__gte=on)


class Grant(SharedRecord):
    """`member_fields` are those of a member that the chamber shows; only members who agreed are shown at all."""

    client = models.ForeignKey(
        settings.OAUTH2_PROVIDER_APPLICATION_MODEL, models.PROTECT, related_name="grants", verbose_name=_("partner")
    )
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="+")
    scopes = models.JSONField(_("may"), default=list)
    member_fields = models.JSONField(_("fields of a member"), default=list)
    purpose = models.CharField(_("purpose"), max_length=200)
    expires_on = models.DateField(_("until"))
    granted_by = models.CharField(max_length=40, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(GrantQuerySet)()

    class Meta:
        verbose_name = _("grant to a partner")
        verbose_name_plural = _("partners")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.client.name)

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_on >= localdate()

    @cached_property
    def actor(self) -> Actor:
        """The partner as it acts in the chamber: what its scopes stand for, and nothing else."""
        from api.scopes import permissions_of

        return Actor(
            name=self.client.name,
            roles=frozenset({PARTNER}),
            permissions=permissions_of(self.scopes),
            chamber_id=self.chamber_id,
        )

    def revoke(self) -> None:
        """The partner's next call is refused."""
        self.revoked_at = now()
        self.save(verb="revoked")
