"""Groups of members: committees 专委会, regional groups, the party branch 党支部. [S1, 002 §1: 小组长]"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Merged, Record
from tenants.members.models.members import Member, OfMember


class Group(Record):
    """Members who do something together, with a leader."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("Committee")
        REGIONAL = "regional", _("Regional group")
        PARTY_BRANCH = "party_branch", _("Party branch")
        OTHER = "other", _("Other group")

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind of group"), max_length=12, choices=Kind, default=Kind.COMMITTEE)
    leader = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="leads", verbose_name=_("leader")
    )
    purpose = models.TextField(_in("of a group", "purpose"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    def size(self) -> int:
        return sum(place.left_on is None for place in self.places.all())

    size.short_description = _("Members")  # type: ignore[attr-defined]


class GroupPlace(OfMember):
    """A member's place in a group."""

    when_merged = Merged.ONE_STAYS

    group = models.ForeignKey(Group, models.CASCADE, related_name="places", verbose_name=_("group"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="groups", verbose_name=_("member"))
    role = models.CharField(_in("in a group", "role"), max_length=40, blank=True)
    left_on = models.DateField(_in("a group", "left"), null=True, blank=True)

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("groups")
        ordering = ["group__name", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="one_place_per_group")]

    def __str__(self) -> str:
        return f"{self.group} · {self.member}"
