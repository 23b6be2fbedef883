"""Groups of members: committees 专委会, regional groups, the party branch 党支部. [S1, 002 §1: 会员代表/小组长]"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.records import Merged, Record
from tenants.members.models.members import Member, OfMember, forget_standings


class Group(Record):
    """Members who do something together. Who leads them has a place among them."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("Committee")
        REGIONAL = "regional", _("Regional group")
        PARTY_BRANCH = "party_branch", _("Party branch")
        OTHER = "other", _("Other group")

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind of group"), max_length=12, choices=Kind, default=Kind.COMMITTEE)
    purpose = models.TextField(_in("of a group", "purpose"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    def size(self) -> int:
        return len(self.present())

    def present(self) -> "list[GroupPlace]":
        """The places that are held now."""
        return [place for place in self.places.all() if place.left_on is None]

    def leader_name(self) -> str:
        return next((place.member.name for place in self.present() if place.is_leader), "")

    size.short_description = _("Members")  # type: ignore[attr-defined]
    leader_name.short_description = _("leader")  # type: ignore[attr-defined]

    @transaction.atomic
    def take_in(self, members: Iterable[Member]) -> int:
        """Give each a place; who left comes back to the old one. How many were not there before."""
        current_actor().require("members.change")
        trail.take_turn()
        by_key = {member.pk: member for member in members}
        places = self.places.filter(member__in=by_key)
        known = set(places.values_list("member_id", flat=True))
        back = places.exclude(left_on=None).update(left_on=None)
        new = [GroupPlace(group=self, member=member) for key, member in by_key.items() if key not in known]
        made = GroupPlace.objects.bulk_create(new)
        forget_standings(by_key)
        return int(back) + len(made)


class GroupPlace(OfMember):
    """A member's place in a group."""

    when_merged = Merged.ONE_STAYS

    group = models.ForeignKey(Group, models.CASCADE, related_name="places", verbose_name=_("group"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="groups", verbose_name=_("member"))
    role = models.CharField(_in("in a group", "role"), max_length=40, blank=True)
    is_leader = models.BooleanField(_("leader of the group"), default=False, editable=False)
    represents = models.BooleanField(_("member representative"), default=False, editable=False)
    left_on = models.DateField(_in("a group", "left"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("groups")
        ordering = ["group__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="one_place_per_group"),
            models.UniqueConstraint(fields=["group"], condition=models.Q(is_leader=True), name="one_leader_per_group"),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(is_leader=False, represents=False),
                name="who_left_a_group_speaks_for_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.member}"

    @transaction.atomic
    def lead(self) -> None:
        """Instead of whoever led until now."""
        current_actor().require("members.change")
        trail.take_turn()
        self._refuse_who_left()
        GroupPlace.objects.filter(group=self.group_id, is_leader=True).update(is_leader=False)
        self.is_leader = True
        self.save()

    def represent(self, represents: bool) -> None:
        """Speak for the members of the group, or no longer."""
        current_actor().require("members.change")
        if represents:
            self._refuse_who_left()
        self.represents = represents
        self.save()

    def leave(self, *, on: datetime.date | None = None) -> None:
        """The place is kept, so that one sees who was there; leading and speaking for others end."""
        current_actor().require("members.change")
        self.left_on, self.is_leader, self.represents = on or localdate(), False, False
        self.save()

    def _refuse_who_left(self) -> None:
        if self.left_on is not None:
            raise ValidationError(_now("“{member}” has left this group.").format(member=self.member))

    def duties(self) -> list[Any]:
        """What the member does in the group."""
        leads = _("leader of the group") if self.is_leader else ""
        represents = _("member representative") if self.represents else ""
        return [said for said in (leads, represents, self.role) if said]
