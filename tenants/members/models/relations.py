"""Who is related to whom: spouses, partners, relatives, between members or with people outside. [000 研究会员]"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.personal import Erased, OnErasure
from huiguan.records import Record
from tenants.members.models.contacts import Contact
from tenants.members.models.members import Member


class Relation(Record):
    """Read the same from both sides, so it is entered once."""

    class Kind(models.TextChoices):
        SPOUSE = "spouse", _("Husband and wife")
        FAMILY = "family", _("Parent and child")
        SIBLING = "sibling", _("Brothers and sisters")
        RELATIVE = "relative", _("Relatives")
        PARTNER = "partner", _("Business partners")
        FRIEND = "friend", _("Friends")
        OTHER = "other", _in("relation", "Other")

    erasure = OnErasure(Erased.GONE)

    member = models.ForeignKey(Member, models.CASCADE, related_name="relations", verbose_name=_("member"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="relations", verbose_name=_("who of them")
    )
    kind = models.CharField(_("related as"), max_length=8, choices=Kind, default=Kind.SPOUSE)
    other = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="relations_from", verbose_name=_("the other member")
    )
    other_name = models.CharField(_("the other person"), max_length=40, blank=True)
    note = models.CharField(_in("relation", "note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        there = " · ".join(filter(None, [self.other.name if self.other else "", self.other_name]))
        return f"{self.member} — {there}"

    def clean(self) -> None:
        if self.other is None and not self.other_name:
            raise ValidationError({"other_name": _now("Name the other person, or choose the other member.")})
        if self.other_id is not None and self.other_id == self.member_id and not self.other_name:
            raise ValidationError({"other_name": _now("Within one member, name the other person.")})

    def seen_from(self, member: Member) -> dict[str, Any]:
        """The other side, for the page of one."""
        is_mine = self.member_id == member.pk
        there = self.other if is_mine else self.member
        name = self.other_name if is_mine else (self.contact.name if self.contact else "")
        here = (self.contact.name if self.contact else "") if is_mine else self.other_name
        return {"relation": self, "kind": self.get_kind_display(), "member": there, "name": name, "here": here}
