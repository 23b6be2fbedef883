"""How a member stands with the chamber, as last worked out: kept, so that a long list can be sorted."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import Merged, Record, RecordQuerySet
from tenants.members.layers import Layer
from tenants.members.models.members import Member


class StandingQuerySet(RecordQuerySet):
    """Questions to how members stand."""

    def at_risk_within(self, layer: int) -> Any:
        """Those at risk down to a layer, the nearest first: read from an index, however many they are."""
        members = self.filter(member__status=Member.Status.ACTIVE, member__merged_into=None)
        return members.filter(risk__gt=0, layer__lte=layer).order_by("layer", "-risk", "id")


class Standing(Record):
    """Worked out once a day, and again when it is asked for after something it stands on was changed."""

    is_trailed = False  # nobody writes it
    when_merged = Merged.STAYS

    member = models.OneToOneField(Member, models.CASCADE, related_name="standing", verbose_name=_("member"))
    worked_out_on = models.DateField(_("as of"))
    completeness = models.PositiveSmallIntegerField(_("profile filled (%)"))
    layer = models.PositiveSmallIntegerField(_("layer"), choices=Layer)
    score = models.PositiveSmallIntegerField(_("engagement"), null=True)
    known = models.PositiveSmallIntegerField(default=0)
    risk = models.PositiveSmallIntegerField(_("risk"), default=0)

    objects: ClassVar[Any] = models.Manager.from_queryset(StandingQuerySet)()

    class Meta:
        verbose_name = _("standing of a member")
        verbose_name_plural = _("standings of members")
        indexes = [
            models.Index(fields=["layer", "-risk", "id"], name="members_at_risk", condition=models.Q(risk__gt=0))
        ]

    def __str__(self) -> str:
        return str(self.member)
