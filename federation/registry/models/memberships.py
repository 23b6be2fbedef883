"""A chamber's membership of a federation, and the items it accepted, each with the version it read and the day."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item, known, labels
from federation.registry.models.federations import Federation
from federation.registry.models.places import FromRegion
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move
from huiguan.tenancy.models import Chamber


def _since(item: Item) -> Callable[["Membership"], str]:
    """A column of the matrix: since when an item is accepted, under which version. Reads prefetched acceptances."""

    def since(member: "Membership") -> str:
        standing = (a for a in member.acceptances.all() if a.item == item and a.withdrawn_on is None)
        return next((a.reading() for a in standing), "—")

    since.short_description = item.label  # type: ignore[attr-defined]
    return since


class MembershipQuerySet(TrailedQuerySet):
    """Questions to the register."""

    def active(self) -> Self:
        return self.filter(status=Membership.Status.ACTIVE)

    def of(self, federation_id: Any) -> Self:
        return self.filter(federation_id=federation_id)

    def sharing(self, item: str) -> Self:
        """Members that accepted an item and have not taken it back."""
        return self.active().filter(items__contains=[item])


class AcceptanceQuerySet(TrailedQuerySet):
    """Questions to what was accepted and taken back."""

    def taken_back(self, *, federation_id: Any, item: str) -> Self:
        """Also by a chamber that has left since, or has joined anew."""
        return self.filter(membership__federation_id=federation_id, item=item, taken_back_at__isnull=False)


class Membership(FromRegion, Stateful, SharedRecord):
    """From joining to leaving. A chamber that comes back gets a new one; the old one stays with its dates."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Joined")
        LEFT = "left", _("Has left")

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="memberships", verbose_name=_("federation"))
    chamber_id = models.UUIDField(db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Chamber.Kind, default=Chamber.Kind.NATIVE_PLACE)
    joined_on = models.DateField(_("joined on"), default=localdate)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE, editable=False)
    items = ArrayField(models.CharField(max_length=20, choices=Item), default=list, verbose_name=_("accepted items"))

    objects: ClassVar[Any] = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        verbose_name = _("member chamber")
        verbose_name_plural = _("member chambers")
        ordering = ["joined_on", "id"]
        indexes = [GinIndex(fields=["items"], name="membership_items")]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "chamber_id"],
                condition=models.Q(status="active"),
                name="a_chamber_is_a_member_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status="active", left_on=None)
                | models.Q(status="left", left_on__isnull=False, items=[]),
                name="who_left_shares_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.chamber_name

    @move(Status.ACTIVE, to=None, permission="registry.receive", label=_("Change accepted items"))
    def accept(
        self, *, items: Iterable[str], version: int, on: datetime.date, at: datetime.datetime | None = None
    ) -> Facts:
        """Accept exactly these items under this version; what is missing is taken back, at the moment it was said."""
        wanted = known(items)
        missing = self.acceptances.filter(withdrawn_on=None).exclude(item__in=wanted)
        missing.update(withdrawn_on=on, taken_back_at=at or now())
        standing = dict(self.acceptances.filter(withdrawn_on=None).values_list("item", "version"))
        for item in wanted:
            self._accept_one(item, standing.get(item), version, on)
        self.items = wanted
        return {"version": version}

    @move(Status.ACTIVE, to=Status.LEFT, permission="registry.receive", label=_("Leave"), danger=True)
    def leave(self, *, on: datetime.date, at: datetime.datetime | None = None) -> Facts:
        """Every item is taken back."""
        self.acceptances.filter(withdrawn_on=None).update(withdrawn_on=on, taken_back_at=at or now())
        self.items, self.left_on = [], on
        return None

    def item_labels(self) -> list[str]:
        return labels(self.items)

    item_labels.short_description = _("Accepted items")  # type: ignore[attr-defined]

    since_directory = _since(Item.DIRECTORY)
    since_liaison = _since(Item.LIAISON)
    since_matching = _since(Item.MATCHING)
    since_data_calls = _since(Item.DATA_CALLS)
    since_benchmarking = _since(Item.BENCHMARKING)

    def is_lead(self) -> bool:
        """Whether the federation is led by this chamber."""
        return self.federation.lead_chamber_id == self.chamber_id

    is_lead.short_description = _("Lead chamber")  # type: ignore[attr-defined]

    def _accept_one(self, item: str, standing: int | None, version: int, on: datetime.date) -> None:
        """An item accepted under an older version gets a second acceptance; the first ends on the same day."""
        if standing == version:
            return
        if standing is not None:
            self.acceptances.filter(item=item, withdrawn_on=None).update(withdrawn_on=on)
        Acceptance(membership=self, item=item, version=version, accepted_on=on).save()


class Acceptance(SharedRecord):
    """One item, accepted on a day under a version of the agreement, until it was taken back.

    `taken_back_at` is empty when it ended because a newer version was accepted.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="acceptances")
    item = models.CharField(_("item"), max_length=20, choices=Item)
    version = models.PositiveSmallIntegerField(_("version"))
    accepted_on = models.DateField(_("accepted on"))
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(AcceptanceQuerySet)()

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["accepted_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "item"], condition=models.Q(withdrawn_on=None), name="an_item_is_accepted_once"
            )
        ]

    def __str__(self) -> str:
        words = [str(self.get_item_display()), self.reading()]
        if self.withdrawn_on:
            words.append(_t("taken back on {day}").format(day=date_format(self.withdrawn_on, "DATE_FORMAT")))
        return " · ".join(words)

    def reading(self) -> str:
        """Since when, and which version was read."""
        day = date_format(self.accepted_on, "DATE_FORMAT")
        return _t("{day} · version {version}").format(day=day, version=self.version)
