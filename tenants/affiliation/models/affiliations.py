"""The chamber's standing with a federation, as the chamber itself decided it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item, known, labels
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class AffiliationQuerySet(RecordQuerySet):
    """Questions about the chamber's federations."""

    def current(self) -> Self:
        return self.filter(status=Affiliation.Status.MEMBER)


class Affiliation(Stateful, Record):
    """Accepted items, and the version of the agreement they were read in. Every change is a message."""

    class Status(models.TextChoices):
        MEMBER = "member", _("Joined")
        LEFT = "left", _("Has left")
        DECLINED = "declined", _("Turned down")

    status_levels: ClassVar[dict[str, str]] = {"member": "success"}
    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"federation_id"}  # its name is in the trail

    federation_id = models.UUIDField(editable=False)
    federation_name = models.CharField(_("federation"), max_length=80)
    items = ArrayField(models.CharField(max_length=20, choices=Item), default=list, verbose_name=_("accepted items"))
    version = models.PositiveSmallIntegerField(_("version of the agreement"))
    joined_on = models.DateField(_("joined on"), default=localdate)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.MEMBER, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(AffiliationQuerySet)()

    class Meta:
        verbose_name = _("federation")
        verbose_name_plural = _("federations")
        ordering = ["joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation_id"], condition=models.Q(status="member"), name="one_affiliation_per_federation"
            )
        ]

    def __str__(self) -> str:
        return self.federation_name

    @move(Status.MEMBER, to=None, permission="affiliation.change", label=_("Change accepted items"))
    def change_items(self, *, items: Iterable[str], version: int) -> Facts:
        """Accept exactly these items under this version. Without the item the directory entry is a draft again."""
        self.items, self.version = known(items), version
        self.send("affiliation.items_changed", {"items": self.items, "version": version})
        if Item.DIRECTORY not in self.items:
            self._forget_entry()
        return {"items": self.items, "version": version}

    @move(Status.MEMBER, to=Status.LEFT, permission="affiliation.change", label=_("Leave the federation"), danger=True)
    def leave(self, *, reason: str = "") -> Facts:
        """Everything accepted is taken back; what was published disappears from the directory."""
        self.items, self.left_on, self.reason = [], localdate(), reason
        self.send("affiliation.left", {"reason": reason})
        self._forget_entry()
        return None

    def send(self, name: str, content: dict[str, Any]) -> Message:
        """One message of this affiliation: they arrive in the order they were sent."""
        basis = _now("Sharing agreement of {federation}, version {version}, accepted by the chamber")
        return publish(
            self,
            name,
            to=self.federation_id,
            recipient=self.federation_name,
            content=content,
            basis=basis.format(federation=self.federation_name, version=self.version),
        )

    def item_labels(self) -> list[str]:
        return labels(self.items)

    item_labels.short_description = _("Accepted items")  # type: ignore[attr-defined]

    def trouble(self) -> Message | None:
        """The newest message of this affiliation that the federation refused, if nothing arrived after it."""
        newest: Message | None = (
            Message.objects.filter(record_id=self.pk).exclude(state="pending").order_by("-id").first()
        )
        return newest if newest and newest.state == Message.State.REFUSED else None

    def _forget_entry(self) -> None:
        for entry in self.entries.filter(status="published"):
            entry.unpublish()
