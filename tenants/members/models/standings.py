"""How a member stands with the chamber, as last worked out: kept, so that a long list can be sorted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import Record
from tenants.members.models.members import Member


class Standing(Record):
    """Worked out once a day, and again when it is asked for after something it stands on was changed."""

    is_trailed = False  # nobody writes it

    member = models.OneToOneField(Member, models.CASCADE, related_name="standing", verbose_name=_("member"))
    worked_out_on = models.DateField(_("as of"))
    completeness = models.PositiveSmallIntegerField(_("profile filled (%)"))

    class Meta:
        verbose_name = _("standing of a member")
        verbose_name_plural = _("standings of members")

    def __str__(self) -> str:
        return str(self.member)
