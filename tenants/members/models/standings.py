"""How a member stands with the chamber, as last worked out: kept, so that a long list can be sorted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import Merged, Record
from tenants.members.layers import Layer
from tenants.members.models.members import Member


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

    class Meta:
        verbose_name = _("standing of a member")
        verbose_name_plural = _("standings of members")
        indexes = [models.Index(fields=["-risk"], name="members_at_risk", condition=models.Q(risk__gt=0))]

    def __str__(self) -> str:
        return str(self.member)
