"""How a chamber of the better quarter does it, as long as it shares that. [federation.md B.5]"""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item
from federation.registry.models import Federation
from federation.registry.queries import members
from huiguan.capability import kpi_label
from huiguan.records import SharedRecord, TrailedQuerySet


class PracticeQuerySet(TrailedQuerySet):
    """Questions to the cards."""

    def on_offer(self, federation_id: uuid.UUID) -> Self:
        """Of chambers that take part in benchmarking now."""
        sharing = [member.chamber_id for member in members(federation_id, Item.BENCHMARKING)]
        return self.filter(federation_id=federation_id, chamber_id__in=sharing)


class Practice(SharedRecord):
    """One card of one chamber for one key figure. It goes when the chamber no longer shares it.

    `takes_mentees`: it receives others for a visit or an hour online. No page shows this but the chamber's own.
    """

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="+")
    chamber_id = models.UUIDField()
    chamber_name = models.CharField(_("chamber"), max_length=80)
    code = models.CharField(_("KPI"), max_length=10)
    title = models.CharField(_("what helps"), max_length=80)
    text = models.TextField(_("how it is done"), max_length=2000)
    takes_mentees = models.BooleanField(default=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(PracticeQuerySet)()

    class Meta:
        verbose_name = _("practice card")
        verbose_name_plural = _("practice cards")
        ordering = ["chamber_name"]
        constraints = [
            models.UniqueConstraint(fields=["federation", "chamber_id", "code"], name="one_practice_per_kpi"),
        ]

    def __str__(self) -> str:
        return f"{kpi_label(self.code)} · {self.title}"
