"""The chamber's standing with a federation, as the chamber itself decided it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item, known, labels
from federation.registry.taking_back import Whose, carry_out, foretold
from huiguan import regions
from huiguan.inbox.handlers import digest_of
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, Stateful, move
from huiguan.tenancy.binding import bound_chamber
from huiguan.tenancy.models import Chamber

Ends = dict[str, list[str]]


class ReadAgain(ValidationError):
    """What would end is no longer what was read; nothing has happened."""


def kind_name(kind: str) -> str:
    return str(dict(Chamber.Kind.choices).get(kind, kind))


# What a federation is told of a chamber, as the ledger says it.
CHAMBER_WORDS: TrailWords = {"kind": kind_name, "region": regions.name_of, "home_region": regions.name_of}


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

    trail_words: ClassVar[TrailWords] = CHAMBER_WORDS
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
    def change_items(self, *, items: Iterable[str], version: int, read: str | None = None) -> Facts:
        """Accept exactly these items under this version; what was shared under any other ends.

        `read` is the digest of what was foretold: nobody confirms something else than they read.
        """
        ends = self._foretold_as_read(items, read)
        self.items, self.version = known(items), version
        said = {"items": self.items, "version": version}
        self.send("affiliation.items_changed", {**said, **_told(ends)})
        carry_out(self._whose(), ends)
        return said

    @move(Status.MEMBER, to=Status.LEFT, permission="affiliation.change", label=_("Leave the federation"), danger=True)
    def leave(self, *, reason: str = "", read: str | None = None) -> Facts:
        """Everything accepted is taken back, and what was shared under it ends."""
        ends = self._foretold_as_read((), read)
        self.items, self.left_on, self.reason = [], localdate(), reason
        self.send("affiliation.left", {"reason": reason, **_told(ends)})
        carry_out(self._whose(has_left=True), ends)
        return None

    def foretold(self, keeping: Iterable[str] = ()) -> Ends:
        """What ends when exactly these items are kept: by item that is not, sentences with numbers."""
        return foretold(self._whose(), [item for item in Item if item not in known(keeping)])

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

    def _whose(self, *, has_left: bool = False) -> Whose:
        chamber = bound_chamber()
        return Whose(chamber.pk, self.federation_id, has_left)

    def _foretold_as_read(self, keeping: Iterable[str], read: str | None) -> Ends:
        ends = self.foretold(keeping)
        if read is not None and read != digest_of(ends):
            raise ReadAgain(_now("Something has changed meanwhile. Read again what will end."))
        return ends


def _told(ends: Ends) -> dict[str, list[str]]:
    """What the message says of it: nothing when nothing ends."""
    said = [sentence for sentences in ends.values() for sentence in sentences]
    return {"ends": said} if said else {}
